"""What tests of referrals share: a calendar, and requests that were entered."""

from __future__ import annotations

import pytest

from portal.config import Settings
from portal.referrals.business_days import Calendar
from portal.referrals.calendars import calendar_of
from tests.referrals.owning import Owner


@pytest.fixture
def calendar(tmp_path) -> Calendar:
    """The calendar of Massachusetts."""
    return calendar_of(Settings(instance=tmp_path, testing=True))


@pytest.fixture
def owner(writable_app) -> Owner:
    """Somebody who asks on the web, without an account."""
    return Owner(writable_app)
