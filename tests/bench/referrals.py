"""Prints what a request of a company takes, from its form to the stored rows and the letter."""

from __future__ import annotations

import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from portal.extensions import db
from portal.mail.models import OutboxMessage
from portal.referrals import asking
from portal.referrals.models import Episode
from tests.bench.portals import filled_app
from tests.referrals.owning import TYPED, Owner

ROUNDS = 100
FORM = "/services/massmep-lean/refer?need=scrap&v=1"


def main() -> None:
    """Print all parts."""
    with tempfile.TemporaryDirectory() as folder:
        _requests(filled_app(Path(folder)))


def _requests(app: Flask) -> None:
    """Send requests of different companies, each with what its form holds."""
    # What is measured is a request that goes its way, and not one that is held as a flood.
    asking.MOST_FOR_ONE = asking.MOST_AT_ONCE = asking.MOST_OF_TEXT = ROUNDS + 1
    owner, took, computed = Owner(app), [], []
    page = owner.get(FORM)
    action = page.select_one("#form")["action"]
    tick = page.select_one("input[name=consent]")["value"]
    for number in range(ROUNDS):
        data = {
            **TYPED,
            "email": f"owner{number}@example.com",
            "stamp": owner.stamp(age=timedelta(minutes=1)),
            "consent": tick,
        }
        # Each from a network of its own: one network sends at most a few an hour.
        network = {"REMOTE_ADDR": f"10.0.{number}.1"}
        began, busy = time.perf_counter(), time.process_time()
        answer = owner.client.post(action, data=data, environ_overrides=network)
        took.append(time.perf_counter() - began)
        computed.append(time.process_time() - busy)
        if answer.status_code != 302:
            raise RuntimeError(f"a request answered {answer.status_code}")
    with app.app_context():
        stored = db.session.scalar(select(func.count(Episode.id)).where(Episode.held_at.is_(None)))
        queued = db.session.scalar(select(func.count(OutboxMessage.id)))
        db.session.remove()
    ordered = sorted(took)
    print(
        f"request accepted, {stored} of {ROUNDS} stored, {queued} letters queued: median "
        f"{statistics.median(took) * 1e3:.1f} ms, 95th percentile "
        f"{ordered[int(ROUNDS * 0.95)] * 1e3:.1f} ms; median on the processor "
        f"{statistics.median(computed) * 1e3:.1f} ms"
    )
