"""What the pages of those who answer call moves, events and faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.i18n import long_date
from portal.referrals.codes import Outcome, Reason
from portal.referrals.models import MOVE, NOTE, REMINDER
from portal.referrals.queries_page import Happening
from portal.referrals.states import REOPENABLE, Role, Status
from portal.referrals.wording import OUTCOME, REASON, ROLE

# Heading and button of each move.
MOVES: Mapping[Status, tuple[LazyString, LazyString]] = {
    Status.ACCEPTED: (_l("Accept"), _l("Accept the request")),
    Status.INFORMATION_REQUESTED: (_l("Ask a question first"), _l("Send the question")),
    Status.DECLINED: (_l("Decline"), _l("Decline the request")),
    Status.REDIRECTED: (_l("Pass it on to another program"), _l("Ask the company to agree")),
    Status.CONTACT_MADE: (_l("We have talked"), _l("Write down the contact")),
    Status.WAITLISTED: (_l("Put them on the waiting list"), _l("Put them on the list")),
    Status.ENROLLED: (_l("They join the program"), _l("Write down that they join")),
    Status.NOT_ENROLLED: (_l("They do not join"), _l("Write down that they do not")),
    Status.COMPLETED: (_l("It is completed"), _l("Write down the result")),
    Status.DISCONTINUED: (_l("It ended early"), _l("Write down that it ended")),
    Status.RECEIVED: (_l("Open it again"), _l("Open the request again")),
    Status.ENTERED_IN_ERROR: (_l("It was entered by mistake"), _l("Mark it as a mistake")),
}
# What a move was, in a list of all that happened.
_DONE: Mapping[Status, LazyString] = {
    Status.DRAFT: _l("Request entered"),
    Status.AWAITING_CONFIRMATION: _l("Asked to confirm the e-mail address"),
    Status.AWAITING_CONSENT: _l("The company was asked to agree"),
    Status.SENT: _l("Sent to the program"),
    Status.RECEIVED: _l("Opened"),
    Status.ACCEPTED: _l("Accepted"),
    Status.DECLINED: _l("Declined"),
    Status.INFORMATION_REQUESTED: _l("Question asked"),
    Status.REDIRECTED: _l("Passed on to another program"),
    Status.EXPIRED: _l("Expired without an answer"),
    Status.CONTACT_MADE: _l("Contact made"),
    Status.WAITLISTED: _l("Put on the waiting list"),
    Status.ENROLLED: _l("Joined the program"),
    Status.NOT_ENROLLED: _l("Did not join"),
    Status.COMPLETED: _l("Completed"),
    Status.DISCONTINUED: _l("Ended early"),
    Status.WITHDRAWN: _l("Taken back"),
    Status.CLOSED_UNMET: _l("Closed, need unmet"),
    Status.ENTERED_IN_ERROR: _l("Marked as a mistake"),
}
_OTHER: Mapping[str, LazyString] = {
    "internal": _l("Note for colleagues"),
    "shared": _l("Note, shared with the company"),
    "assigned": _l("Given to somebody"),
    "suggested": _l("Another program was suggested"),
    "erased": _l("The company had its details deleted"),
    "contact_shown": _l("Name and contact shown after a code"),
    "introduction": _l("Introduction begun"),
    "follow_up": _l("The company was asked how it went"),
    "follow_up_answer": _l("The company said how it went"),
    "follow_ups_stopped": _l("The company wants no more letters about it"),
    "released": _l("Looked at and released"),
    "introduction_agreed": _l("The other side agreed to meet"),
    "introduction_refused": _l("The other side does not want to meet"),
}
# The order in which what came with an event is told.
_FACTS: Mapping[str, Callable[[str], str]] = {
    "reason": lambda code: str(REASON[Reason(code)]),
    "outcome": lambda code: str(OUTCOME[Outcome(code)]),
    "contact_on": lambda day: _("on %(date)s", date=_day(day)),
    "expected_on": lambda day: _("expected on %(date)s", date=_day(day)),
    "starts_on": lambda day: _("begins on %(date)s", date=_day(day)),
}


def done_words(happening: Happening) -> str:
    """Say in a few words what an event was."""
    if happening.kind == REMINDER:
        return str(_("Reminder sent"))
    if happening.kind != MOVE:
        named = _OTHER.get(happening.action)
        return str(named or (_("Note") if happening.kind == NOTE else _("Something was noted")))
    target = Status(happening.action)
    if target is Status.RECEIVED and happening.source == Status.INFORMATION_REQUESTED:
        return str(_("Question answered"))
    if target is Status.RECEIVED and happening.source in set(REOPENABLE):
        return str(_("Opened again"))
    return str(_DONE[target])


def who_words(happening: Happening) -> str:
    """Say who did it: by name where an account did."""
    return happening.actor or str(ROLE[Role(happening.role)])


def part_words(happening: Happening) -> str:
    """Say in which part somebody did it, without a name."""
    return str(ROLE[Role(happening.role)])


def fact_words(happening: Happening) -> str:
    """Say the codes and days of an event; blank where it has none."""
    found = [say(happening.facts[name]) for name, say in _FACTS.items() if name in happening.facts]
    return " · ".join(found)


def _day(text: str) -> str:
    return long_date(date.fromisoformat(text))
