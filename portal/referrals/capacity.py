"""Pauses of intake: a program says until when it takes no new companies. The caller commits.

A pause ends by itself: a step of each day takes it away, so that the catalogue's number grows and
every reader sees it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from portal import clock
from portal.accounts import audit
from portal.accounts.models import Account
from portal.config import Settings
from portal.directory import changes
from portal.directory.models import Service
from portal.upkeep.daily import once_a_day

LONGEST = timedelta(days=366)
STEP = "intake-pauses"


def pause(service: Service, *, until_on: date, by: Account, now: datetime) -> None:
    """Say that a program takes no new companies before a day."""
    changes.pause_intake(service, until_on=until_on)
    _record("intake:pause", service, now, by, until=until_on.isoformat())


def resume(service: Service, *, by: Account, now: datetime) -> None:
    """Say that a program takes new companies again."""
    if changes.resume_intake(service):
        _record("intake:resume", service, now, by)


def pauses_step(_settings: Settings) -> None:
    """End the pauses whose day has come."""

    def end() -> None:
        now = clock.now()
        for service in changes.end_pauses(now.date()):
            _record("intake:resume", service, now, None)

    once_a_day(STEP, end)


def _record(
    action: str, service: Service, now: datetime, by: Account | None, **details: str
) -> None:
    audit.record(action, object_kind="service", object_id=service.slug, now=now, by=by, **details)
