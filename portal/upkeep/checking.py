"""Checks the addresses of listings: each once a week, one at a time for each website."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import delete, select

from portal import clock
from portal.config import Settings
from portal.database import write_unit
from portal.directory.models import Service
from portal.extensions import db
from portal.upkeep.asking import Answer, ask
from portal.upkeep.models import BROKEN, UNCLEAR, LinkCheck

EVERY = timedelta(days=7)
AGAIN_AFTER = timedelta(days=1)  # what was unclear, before it is called broken
BROKEN_AFTER = 3  # unclear answers in a row
LEASE = timedelta(minutes=5)  # longer than any address takes
LOOK_FOR_NEW = timedelta(hours=1)
BETWEEN_S = 1.0  # requests to one website

LOOKED_AT = "upkeep-looked-at"


def weekly_step(settings: Settings) -> None:
    """Check one address that is due; the worker comes again soon, so that mail never waits."""
    if settings.check_links:
        check_next(settings)


def check_next(settings: Settings, *, allow_loopback: bool = False) -> bool:
    """Check one address that is due; whether there was one.

    Claim and result are two transactions: no lock is held while a website answers.
    """
    now = clock.now()
    looked_at: datetime | None = current_app.extensions.get(LOOKED_AT)
    if looked_at is None or now - looked_at >= LOOK_FOR_NEW:
        note_addresses(now)
        current_app.extensions[LOOKED_AT] = now
    is_due = _due(now) is not None
    db.session.rollback()
    if not is_due:
        return False
    with write_unit():
        row = _due(now)
        if row is None:
            db.session.rollback()
            return False
        row.leased_until, url = now + LEASE, row.url
        db.session.commit()
    answer = ask(
        url,
        user_agent=f"{settings.site_name} link check (+{settings.public_url})",
        allow_loopback=allow_loopback,
        pause=lambda left: time.sleep(min(BETWEEN_S, left)),
    )
    with write_unit():
        kept = db.session.get(LinkCheck, url)
        if kept is not None:
            settle(kept, answer, now=clock.now())
        db.session.commit()
    return True


def note_addresses(now: datetime) -> None:
    """Bring the table to the addresses that the offered listings name."""
    with write_unit():
        rows = db.session.execute(
            select(Service.url, Service.application_url).where(Service.status != "inactive")
        )
        named = {url for row in rows for url in row if url}
        known = set(db.session.scalars(select(LinkCheck.url)))
        db.session.execute(delete(LinkCheck).where(LinkCheck.url.in_(known - named)))
        for url in sorted(named - known):
            db.session.add(
                LinkCheck(
                    url=url,
                    host=urlsplit(url).hostname or "",
                    outcome="",
                    detail="",
                    failures=0,
                    checked_at=None,
                    due_at=now,
                    leased_until=None,
                )
            )
        db.session.commit()


def settle(row: LinkCheck, answer: Answer, *, now: datetime) -> None:
    """Note what an address answered; what stays unclear for days is broken."""
    row.failures = row.failures + 1 if answer.outcome == UNCLEAR else 0
    is_broken = answer.outcome == UNCLEAR and row.failures >= BROKEN_AFTER
    row.outcome = BROKEN if is_broken else answer.outcome
    row.detail, row.checked_at, row.leased_until = answer.detail, now, None
    row.due_at = now + (AGAIN_AFTER if answer.outcome == UNCLEAR else EVERY)


def _due(now: datetime) -> LinkCheck | None:
    """Return an address that is due and whose website nobody asks or has just asked."""
    busy = select(LinkCheck.host).where(
        (LinkCheck.leased_until > now) | (LinkCheck.checked_at > now - timedelta(seconds=BETWEEN_S))
    )
    return db.session.scalars(
        select(LinkCheck)
        .where(LinkCheck.due_at <= now, LinkCheck.host.not_in(busy))
        .order_by(LinkCheck.due_at, LinkCheck.url)
        .limit(1)
    ).first()
