"""Days on which an answer can be expected: Monday to Friday, holidays left out (pure)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

CLOSING = time(17)  # an answer is due by the end of the office's day
_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Where and when offices are open.

    Attributes:
        zone: of the state's offices.
        is_holiday: whether a day is one, at the federal or the state's level.
    """

    zone: tzinfo
    is_holiday: Callable[[date], bool]

    def is_open(self, day: date) -> bool:
        """Whether offices work on a day."""
        return day.weekday() < _SATURDAY and not self.is_holiday(day)

    def day_of(self, moment: datetime) -> date:
        """Return the day that a moment lies on, as the offices count it."""
        return moment.astimezone(self.zone).date()


def due_at(start: datetime, days: int, calendar: Calendar) -> datetime:
    """Return when something is due that may take a number of business days.

    The day of the start is not counted, whatever its hour; the last day counts to CLOSING.

    Args:
        start: aware.
        days: business days, at least 1.
        calendar: of the offices.

    Returns:
        A moment in UTC.

    Raises:
        ValueError: fewer than one day.
    """
    if days < 1:
        raise ValueError(days)
    day = calendar.day_of(start)
    while days:
        day += _DAY
        days -= calendar.is_open(day)
    return end_of(day, calendar)


def end_of(day: date, calendar: Calendar) -> datetime:
    """Return the moment, in UTC, when offices close on a day."""
    return datetime.combine(day, CLOSING, calendar.zone).astimezone(UTC)


def days_left(now: datetime, due: datetime, calendar: Calendar) -> int:
    """Return how many business days lie between now and a due moment: today not counted.

    0 on the due day itself and after it; never less.
    """
    day, last, left = calendar.day_of(now), calendar.day_of(due), 0
    while day < last:
        day += _DAY
        left += calendar.is_open(day)
    return left
