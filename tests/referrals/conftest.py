"""What tests of referrals share: a calendar, and requests that were entered."""

from __future__ import annotations

import pytest

from portal.config import Settings
from portal.referrals.business_days import Calendar
from portal.referrals.calendars import calendar_of
from tests.referrals.clockwork import Clockwork


@pytest.fixture
def calendar(tmp_path) -> Calendar:
    """The calendar of Massachusetts."""
    return calendar_of(Settings(instance=tmp_path, testing=True))


@pytest.fixture
def clockwork(writable_app, monkeypatch) -> Clockwork:
    """A writable portal whose clock stands at a Monday morning in March."""
    return Clockwork(writable_app, monkeypatch)
