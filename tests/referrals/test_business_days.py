"""Business days of Massachusetts; expected days are counted by hand on a paper calendar."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from portal.referrals.business_days import days_left, due_at

BOSTON = ZoneInfo("America/New_York")


def boston(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BOSTON)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-11-23T09:00", 2, "2026-11-25T17:00"),  # Monday: Tuesday, Wednesday
        ("2026-11-24T20:00", 2, "2026-11-27T17:00"),  # over Thanksgiving
        ("2026-11-27T16:59", 2, "2026-12-01T17:00"),  # Friday, over a weekend
        ("2026-11-28T10:00", 1, "2026-11-30T17:00"),  # Saturday
        ("2026-04-17T10:00", 1, "2026-04-21T17:00"),  # Patriots' Day, Massachusetts only
        ("2026-06-18T10:00", 1, "2026-06-22T17:00"),  # Juneteenth on a Friday
        ("2026-07-02T10:00", 1, "2026-07-06T17:00"),  # Fourth of July kept on Friday the 3rd
        ("2026-12-24T10:00", 5, "2027-01-04T17:00"),  # Christmas and New Year
    ],
)
def test_business_days_leave_out_weekends_and_holidays(calendar, start, days, due):
    assert due_at(boston(start), days, calendar) == boston(due)


def test_the_hour_is_that_of_the_offices_when_clocks_change(calendar):
    # The clocks go back on 1 November 2026: 17:00 is 21:00 UTC before it and 22:00 after.
    assert due_at(boston("2026-10-29T09:00"), 1, calendar) == datetime(2026, 10, 30, 21, tzinfo=UTC)
    assert due_at(boston("2026-10-30T09:00"), 1, calendar) == datetime(2026, 11, 2, 22, tzinfo=UTC)


def test_late_in_the_evening_in_utc_is_still_the_same_day_in_boston(calendar):
    # 02:00 UTC on Tuesday is 21:00 on Monday.
    start = datetime(2026, 11, 24, 2, tzinfo=UTC)

    assert due_at(start, 1, calendar) == boston("2026-11-24T17:00")


@pytest.mark.parametrize(
    ("now", "left"),
    [("2026-11-24T09:00", 2), ("2026-11-25T09:00", 1), ("2026-11-27T09:00", 0)],
)
def test_days_left_count_business_days_after_today(calendar, now, left):
    assert days_left(boston(now), boston("2026-11-27T17:00"), calendar) == left


def test_fewer_than_one_day_is_refused(calendar):
    with pytest.raises(ValueError, match="0"):
        due_at(boston("2026-11-24T09:00"), 0, calendar)
