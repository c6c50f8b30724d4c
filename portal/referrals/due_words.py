"""Moments by which somebody answers, in words and in the time of the offices."""

from __future__ import annotations

from datetime import datetime

from flask_babel import format_date, format_time, get_locale

from portal.referrals.business_days import CLOSING, Calendar

_DAYS = {"en": "EEEE, d MMMM", "es": "EEEE, d 'de' MMMM", "pt": "EEEE, d 'de' MMMM"}


def due_in_words(moment: datetime, calendar: Calendar) -> str:
    """Write a due moment as people say it: Tuesday, 1 December, 5 pm.

    The hour is said where it is the offices' closing; what is counted in whole days from some
    minute of one names the day.

    Args:
        moment: aware.
        calendar: of the offices, for their zone.
    """
    local, day = moment.astimezone(calendar.zone), day_in_words(moment, calendar)
    if local.time() != CLOSING:
        return day
    if _language() == "pt":
        return f"{day}, {format_time(local, 'HH:mm', rebase=False)}"
    return f"{day}, {local.hour % 12} pm"


def day_in_words(moment: datetime, calendar: Calendar) -> str:
    """Write the day of a due moment: Tuesday, 1 December."""
    day = moment.astimezone(calendar.zone).date()
    return str(format_date(day, _DAYS.get(_language(), _DAYS["en"])))


def _language() -> str:
    return str(getattr(get_locale(), "language", "en"))
