"""Prints how long a page of the inbox takes with 10,000 requests of one organization."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert, select

from portal import clock
from portal.database import write_unit
from portal.directory.models import Organization, Service
from portal.extensions import db
from portal.referrals.models import Details, Episode, Referral
from portal.referrals.operations import new_reference
from portal.referrals.standing import COMPANY, NAVIGATOR, NOBODY, PROGRAM
from portal.referrals.states import Status
from tests.bench.portals import filled_app
from tests.factories import Make
from tests.signed_browser import SignedBrowser

REQUESTS = 10_000
ROUNDS = 40
LIMIT_MS = 100
ADDRESSES = (
    "/staff/requests",
    "/staff/requests?page=200",
    "/staff/requests?show=us",
    "/staff/requests?show=ended",
    "/staff/requests?q=gear+4321",
)
STANDS = (
    (Status.SENT, PROGRAM),
    (Status.RECEIVED, PROGRAM),
    (Status.ACCEPTED, PROGRAM),
    (Status.INFORMATION_REQUESTED, COMPANY),
    (Status.ENROLLED, PROGRAM),
    (Status.DECLINED, NAVIGATOR),
    (Status.COMPLETED, NOBODY),
)


def main() -> None:
    """Print median and 95th percentile of each page."""
    with tempfile.TemporaryDirectory() as folder:
        app = filled_app(Path(folder))
        seed(app, REQUESTS)
        make = Make(app)
        browser = SignedBrowser(app, make)
        browser.sign_in(make.staff("massmep"))
        for address in ADDRESSES:
            browser.client.get(address)  # the first one compiles templates
            times = [_time(browser, address) for _ in range(ROUNDS)]
            median, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
            over = "" if p95 <= LIMIT_MS else f"  more than {LIMIT_MS} ms"
            print(f"{address:34} median {median:6.1f} ms   p95 {p95:6.1f} ms{over}")


def _time(browser: SignedBrowser, address: str) -> float:
    began = time.perf_counter()
    answer = browser.client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return (time.perf_counter() - began) * 1e3


def seed(app: Flask, count: int) -> None:
    """Fill in requests to one organization as rows; they have no events."""
    with app.app_context(), write_unit():
        owner = db.session.scalars(select(Organization).where(Organization.slug == "massmep")).one()
        services = list(
            db.session.scalars(select(Service.id).where(Service.organization_id == owner.id))
        )
        rows = list(_rows(count, owner.id, services, clock.now()))
        for number, table in enumerate((Episode, Details, Referral)):
            db.session.execute(insert(table), [row[number] for row in rows])
        db.session.commit()
        db.session.remove()


def _rows(
    count: int, owner: uuid.UUID, services: list[uuid.UUID], now: datetime
) -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    chance = random.Random(7)
    for number in range(count):
        id_, begun = uuid.uuid4(), now - timedelta(hours=chance.randrange(1, 5_000))
        status, mover = chance.choice(STANDS)
        yield (
            {
                **dict.fromkeys(("audience", "industry", "size", "held_for", "shares_text"), ""),
                "id": id_,
                "idempotency_key": f"{number:032x}",
                "channel": "web",
                "kind": "help",
                "is_warm": False,
                "language": "en",
                "created_at": begun,
                "need": "process-improvement",
                "form": "process-improvement",
                "region": "western",
                "contact_digest": f"{number:064x}",
                "shares_with_state": False,
            },
            {
                **dict.fromkeys(("phone", "postal_code", "best_time"), ""),
                "episode_id": id_,
                "need_text": "Less scrap",
                "name": f"Owner {number}",
                "company": f"Gear {number}",
                "email": f"owner{number}@shop.example",
            },
            {
                **dict.fromkeys(("consent_version", "consent_text", "knew_before"), ""),
                "id": uuid.uuid4(),
                "reference": new_reference(),
                "episode_id": id_,
                "service_id": services[number % len(services)],
                "organization_id": owner,
                "via_navigator": False,
                "response_days": 2,
                "contact_days": 5,
                "contact_name": "",
                "status": status,
                "since_at": begun,
                "begun_at": begun,
                "sent_at": begun,
                "response_due_at": begun + timedelta(days=2),
                "mover": mover,
                "due_at": begun + timedelta(days=2) if mover else None,
                "reminders": 0,
            },
        )
