"""Due dates as an iCalendar file (RFC 5545): references only, no company is named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from portal.config import Settings
from portal.lazy import lazy
from portal.referrals.models import Referral
from portal.referrals.states import Status

icalendar: Any = lazy("icalendar")

LENGTH = timedelta(minutes=30)  # the half hour before the moment, so that it shows in a day's view
REFRESHED_EVERY = timedelta(hours=1)


def calendar_file(referrals: Iterable[Referral], *, now: datetime, settings: Settings) -> bytes:
    """Return a calendar with one event for each request that has a time to keep.

    An event's UID is that of its request, so that a later due date moves the event.

    Args:
        referrals: the program's turn, with a due moment.
        now: the present moment.
        settings: of this portal.
    """
    found = icalendar.Calendar()
    found.add("prodid", f"-//{settings.site_name}//requests//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("name", _("Requests to answer"))
    found.add("x-wr-calname", _("Requests to answer"))
    found.add("refresh-interval", REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
    for referral in referrals:
        if referral.due_at is not None:
            found.add_component(_event(referral, referral.due_at, now))
    text: bytes = found.to_ical()
    return text


def _event(referral: Referral, due: datetime, now: datetime) -> Any:
    event = icalendar.Event()
    event.add("uid", f"{referral.id}@referrals")
    event.add("dtstamp", now)
    event.add("last-modified", referral.since_at)
    event.add("dtstart", due - LENGTH)
    event.add("dtend", due)
    event.add("summary", _summary(referral))
    event.add("url", url_for("referral_page.show", reference=referral.reference, _external=True))
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    return event


def _summary(referral: Referral) -> str:
    status, reference = Status(referral.status), referral.reference
    if status in (Status.SENT, Status.RECEIVED):
        return str(_("Answer request %(reference)s", reference=reference))
    if status is Status.ACCEPTED:
        return str(_("Contact the company of request %(reference)s", reference=reference))
    return str(_("Say how request %(reference)s goes on", reference=reference))
