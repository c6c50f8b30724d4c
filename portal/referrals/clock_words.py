"""A due moment as offices say it, and what is to be done by then, in the language of the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

from babel.dates import format_datetime
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.i18n import LOCALES, current_language
from portal.referrals.business_days import Calendar
from portal.referrals.standing import COMPANY, NAVIGATOR, PROGRAM, Standing
from portal.referrals.states import Status

# Hours are said without minutes where there are none; 5 pm and not 5 PM.
_DAYS = {"en": "EEEE, d MMMM", "es": "EEEE d 'de' MMMM", "pt": "EEEE, d 'de' MMMM"}
_YEARS = {"en": " y", "es": " 'de' y", "pt": " 'de' y"}
_HOURS = {"en": ("h a", "h:mm a"), "es": ("H:mm", "H:mm"), "pt": ("H'h'", "H'h'mm")}


def due_words(due: datetime, *, now: datetime, zone: tzinfo) -> str:
    """Write a moment with its weekday: "Tuesday, 1 December, 5 pm"; the year if it is another.

    Args:
        due: aware.
        now: the present moment.
        zone: of the state's offices.
    """
    language, local = current_language(), due.astimezone(zone)
    is_this_year = local.year == now.astimezone(zone).year
    day = _DAYS[language] + ("" if is_this_year else _YEARS[language])
    hour = _HOURS[language][bool(local.minute)]
    locale = LOCALES[language]
    shown = format_datetime(local, day, locale=locale)
    return f"{shown}, {format_datetime(local, hour, locale=locale).lower()}"


def late_days(due: datetime | None, *, now: datetime, calendar: Calendar) -> int | None:
    """Return for how many days something is late; None when it is not, 0 when since today."""
    if due is None or due >= now:
        return None
    return (calendar.day_of(now) - calendar.day_of(due)).days


def late_words(days: int) -> str:
    """Say for how many days something is late."""
    if days < 1:
        return str(_("late since today"))
    return str(ngettext("%(num)s day late", "%(num)s days late", days))


# What the program does next, each with the moment.
_TO_DO: dict[Status, Callable[[str], str]] = {
    Status.SENT: lambda when: _("Answer by %(when)s", when=when),
    Status.RECEIVED: lambda when: _("Answer by %(when)s", when=when),
    Status.ACCEPTED: lambda when: _("Contact them by %(when)s", when=when),
    Status.CONTACT_MADE: lambda when: _("Say by %(when)s whether they join", when=when),
    Status.WAITLISTED: lambda when: _("On the waiting list until %(when)s", when=when),
    Status.ENROLLED: lambda when: _("Say by %(when)s how it went", when=when),
}


def move_words(standing: Standing, *, now: datetime, calendar: Calendar) -> str:
    """Say whose move it is and until when, to the program; blank where nobody's clock runs."""
    if standing.due_at is None:
        return ""
    when = due_words(standing.due_at, now=now, zone=calendar.zone)
    if standing.mover == PROGRAM:
        return str(_TO_DO[standing.status](when))
    if standing.mover == COMPANY:
        return str(_("Waiting for the company until %(when)s", when=when))
    if standing.mover == NAVIGATOR:
        return str(_("Another program is looked for until %(when)s", when=when))
    return ""
