"""The calendar of a state's offices: federal and state holidays from the package `holidays`."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from portal.config import Settings
from portal.lazy import lazy
from portal.referrals.business_days import Calendar

holidays = lazy("holidays")


def calendar_of(settings: Settings) -> Calendar:
    """Return the calendar of this portal's state."""
    return _calendar(settings.time_zone, settings.state_code)


@cache
def _calendar(time_zone: str, state_code: str) -> Calendar:
    # Both: a holiday on a Saturday is kept on Friday by the federal government, and not by all
    # states. Each adds the years that it is asked for.
    federal: Any = holidays.US()
    of_state: Any = holidays.US(subdiv=state_code)

    def is_holiday(day: date) -> bool:
        return day in federal or day in of_state

    return Calendar(ZoneInfo(time_zone), is_holiday)
