"""The course of a referral as a manager reads it: who did what and when, and no free text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from portal.i18n import long_date
from portal.referrals import follow_up_wording, wording
from portal.referrals.chaining import facts_of
from portal.referrals.follow_up_codes import SEPARATOR
from portal.referrals.follow_up_models import ANSWERED, SENT, STOPPED
from portal.referrals.models import MOVE, NOTE, REMINDER, Event
from portal.referrals.states import REOPENABLE, Role, Status

ERASED = "erased"  # as `operations.erase` calls it


@dataclass(frozen=True, slots=True)
class Line:
    """One event: when, in which part somebody did it, what it was, and its codes."""

    at: datetime
    who: str
    what: str
    details: tuple[str, ...]


def line_of(event: Event) -> Line:
    """Return an event in words, without anything that somebody has written."""
    facts = facts_of(event)
    return Line(event.at, str(wording.ROLE[Role(event.role)]), _what(event), _details(facts))


def _what(event: Event) -> str:
    if event.kind == MOVE:
        if event.action == Status.RECEIVED and event.source in REOPENABLE:
            return str(_("Reopened"))
        moves = {Status.DRAFT: _("Entered"), Status.SENT: _("Sent to the program")}
        return str(moves.get(Status(event.action)) or wording.STATUS[Status(event.action)])
    said = {
        SENT: _("Asked the company how it went"),
        ANSWERED: _("The company said how it went"),
        STOPPED: _("The company wants no more letters about it"),
        ERASED: _("Contact details and free text were deleted"),
    }
    kinds = {NOTE: _("Note"), REMINDER: _("Reminder sent")}
    return str(said.get(event.action) or kinds.get(event.kind) or event.action.replace("_", " "))


def _details(facts: dict[str, str]) -> tuple[str, ...]:
    words = follow_up_wording
    found = []
    for name, labels in (
        ("reason", wording.REASON),
        ("unmet", wording.UNMET),
        ("outcome", wording.OUTCOME),
        ("stage", words.STAGE),
        ("contact", words.CONTACT),
    ):
        if facts.get(name) in labels:
            found.append(str(labels[facts[name]]))  # type: ignore[index]  # keys are StrEnum
    if facts.get("helped") in words.HELPED:
        found.append(_("Did it help? %(answer)s", answer=words.HELPED[facts["helped"]]))
    for code in facts.get("outcomes", "").split(SEPARATOR):
        if code in words.RESULTS:
            band = words.BAND.get(facts.get(f"{code}_band", ""))
            found.append(f"{words.RESULTS[code]} ({band})" if band else str(words.RESULTS[code]))
    if facts.get("anyway") in words.ANYWAY:
        answer = words.ANYWAY[facts["anyway"]]
        found.append(_("Would it have happened without them? %(answer)s", answer=answer))
    for name in ("contact_on", "expected_on", "starts_on"):
        if facts.get(name):
            found.append(_day(name, date.fromisoformat(facts[name])))
    return tuple(str(each) for each in found)


def _day(name: str, day: date) -> str:
    if name == "contact_on":
        return str(_("contact on %(date)s", date=long_date(day)))
    if name == "expected_on":
        return str(_("expected on %(date)s", date=long_date(day)))
    return str(_("starts on %(date)s", date=long_date(day)))
