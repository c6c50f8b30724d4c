"""How long a request keeps what names somebody, counted in calendar months (pure)."""

from __future__ import annotations

import calendar
from datetime import datetime

DEFAULT_MONTHS = 24
FEWEST_MONTHS, MOST_MONTHS = 6, 120
_MONTHS_OF_A_YEAR = 12


def months_before(moment: datetime, months: int) -> datetime:
    """Return the same time so many months earlier; the month's last day where it has no such day.

    Args:
        moment: aware.
        months: 0 or more.
    """
    number = moment.year * _MONTHS_OF_A_YEAR + moment.month - 1 - months
    year, month = number // _MONTHS_OF_A_YEAR, number % _MONTHS_OF_A_YEAR + 1
    last = calendar.monthrange(year, month)[1]
    return moment.replace(year=year, month=month, day=min(moment.day, last))
