"""Moments by which somebody answers, in words and in the time of the offices."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask_babel import format_date, format_time, get_locale

if TYPE_CHECKING:
    from portal.referrals.business_days import Calendar

_DAYS = {"en": "EEEE, d MMMM", "es": "EEEE, d 'de' MMMM", "pt": "EEEE, d 'de' MMMM"}


def due_in_words(moment: datetime, calendar: Calendar) -> str:
    """Write a due moment as people say it: Tuesday, 1 December, 5 pm.

    Args:
        moment: aware.
        calendar: of the offices, for their zone.
    """
    local = moment.astimezone(calendar.zone)
    language = str(getattr(get_locale(), "language", "en"))
    day = format_date(local.date(), _DAYS.get(language, _DAYS["en"]))
    if language != "en":
        return f"{day}, {format_time(local, 'short', rebase=False)}"
    hour = format_time(local, "h:mm a" if local.minute else "h a", rebase=False).lower()
    return f"{day}, {hour}"


def day_in_words(moment: datetime, calendar: Calendar) -> str:
    """Write the day of a due moment: Tuesday, 1 December."""
    language = str(getattr(get_locale(), "language", "en"))
    day = moment.astimezone(calendar.zone).date()
    return str(format_date(day, _DAYS.get(language, _DAYS["en"])))
