"""What tests of referrals share: a calendar, and requests that were entered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from portal import clock
from portal.config import Settings
from portal.referrals.business_days import Calendar
from portal.referrals.calendars import calendar_of
from tests.conftest import NOON
from tests.referrals.courses import Course


@pytest.fixture
def calendar(tmp_path) -> Calendar:
    """The calendar of Massachusetts."""
    return calendar_of(Settings(instance=tmp_path, testing=True))


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[..., datetime]:
    """Set the clock to so many days after noon of 12 March 2026."""

    def set_clock(days: int = 0) -> datetime:
        moment = NOON + timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda: moment)
        return moment

    set_clock()
    return set_clock


@pytest.fixture
def course(writable_app: Flask, at) -> Course:
    """What has happened to the requests of a writable portal, whose clock stands at noon."""
    return Course(writable_app)
