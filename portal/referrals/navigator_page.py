"""A request as its navigator sees it: what to do, whom to call, what has happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import clock
from portal.accounts.signing import settings
from portal.i18n import long_date
from portal.referrals import queries_navigator as queries
from portal.referrals.calendars import calendar_of
from portal.referrals.chaining import facts_of, words_of
from portal.referrals.clock_letters import about
from portal.referrals.codes import HandOff, Reason, UnmetCode
from portal.referrals.conditions import day_of
from portal.referrals.due_words import due_in_words
from portal.referrals.models import MOVE, NOTE, REMINDER, Event, Referral
from portal.referrals.moving import last_move
from portal.referrals.navigating import UNMET_CODE, said_unmet
from portal.referrals.navigator_forms import HAND_OFF, AnswerForm, NoteForm, SaidForm, UnmetForm
from portal.referrals.next_programs import NextProgram, best_of_others
from portal.referrals.queries_navigator import Waiting, Work
from portal.referrals.reminding import call_due_at
from portal.referrals.standing import PROGRAM
from portal.referrals.states import UNANSWERED, WITHOUT_CHILD_UNMET, Role, Status, transition
from portal.referrals.wording import REASON, ROLE, STATUS, UNMET

DO = {
    Work.CALL_COMPANY: _l("Call the company"),
    Work.CALL_PROGRAM: _l("Call the program"),
    Work.FIND_PROGRAM: _l("Find another program"),
}
REMINDED = {
    "intake": _l("The program was reminded"),
    "alternate": _l("The program's alternate was reminded"),
    "navigator": _l("The navigator was told"),
    "managers": _l("It went on the managers' list"),
    "company": _l("The company was reminded"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened: when, what, by whom, and the words that came with it."""

    at: datetime
    what: str
    who: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A request in the queue: what to do, by when, what it is about."""

    referral: Referral
    work: Work
    do: str
    due: str
    late_days: int
    is_late: bool
    about: tuple[str, ...]


def queue_lines() -> list[QueueLine]:
    """Return what waits for a navigator, the longest due first."""
    found = [(waiting, clock_of(waiting)) for waiting in queries.queue()]
    found.sort(key=lambda pair: (pair[1], pair[0].referral.reference))
    calendar, now = calendar_of(settings()), clock.now()
    return [
        QueueLine(
            waiting.referral,
            waiting.work,
            str(DO[waiting.work]),
            due_in_words(due, calendar),
            max(0, (now - due).days),
            due < now,
            tuple(about(waiting.referral.episode)),
        )
        for waiting, due in found
    ]


def clock_of(waiting: Waiting) -> datetime:
    """Return until when a navigator has done what waits."""
    referral = waiting.referral
    if referral.status == Status.DRAFT or referral.due_at is None:
        return call_due_at(referral.begun_at, calendar_of(settings()))
    return referral.due_at


def page(
    referral: Referral, *, status: int = 200, meanwhile: bool = False, **forms: Any
) -> ResponseReturnValue:
    """Show a request; `forms` are those that were sent and could not be taken."""
    seen, stands = last_move(referral), Status(referral.status)
    is_covered, work = queries.is_covered(referral), queries.work_of(referral)
    code = said_unmet(referral)
    may_say = referral.mover == PROGRAM and stands is not Status.DRAFT
    text = render_template(
        "referrals/navigator_request.html",
        referral=referral,
        service=referral.service,
        details=referral.episode.details if is_covered else None,
        about=about(referral.episode),
        status_label=STATUS[stands],
        do=DO[work] if work else "",
        due=due_in_words(clock_of(Waiting(referral, work)), calendar_of(settings()))
        if work
        else "",
        drafts=queries.phone_drafts(referral) if stands is Status.DRAFT else [],
        said=_form(forms.get("said"), SaidForm, seen, status=stands) if may_say else None,
        answer=_form(forms.get("answer"), AnswerForm, seen) if _may_answer(referral) else None,
        unmet=_form(forms.get("unmet"), UnmetForm, seen) if stands in WITHOUT_CHILD_UNMET else None,
        unmet_said=UNMET[UnmetCode(code)] if code else "",
        note=forms.get("note") or NoteForm(formdata=None),
        may_pass_on=may_pass_on(referral),
        programs=_programs(referral),
        lines=[_line(event, is_covered) for event in queries.events_of(referral)],
        meanwhile=meanwhile,
        no_program=forms.get("no_program"),
    )
    return text, 409 if meanwhile else status


def may_pass_on(referral: Referral) -> bool:
    """Whether another program can be found for a request."""
    stands = Status(referral.status)
    if referral.sent_at is None or referral.episode.details.erased_at is not None:
        return False
    if stands in WITHOUT_CHILD_UNMET:
        return True
    row = transition(stands, Status.REDIRECTED)
    return stands in UNANSWERED and row is not None and Role.NAVIGATOR in row.who


def _programs(referral: Referral) -> list[NextProgram]:
    return best_of_others(referral) if may_pass_on(referral) else []


def _may_answer(referral: Referral) -> bool:
    return referral.status == Status.INFORMATION_REQUESTED and queries.is_covered(referral)


def _form(sent: Any, kind: Any, seen: int, **more: Any) -> Any:
    """Return a form as it was sent, or a blank one."""
    form = sent if sent is not None else kind(formdata=None, **more)
    form.seen.data = str(seen)
    return form


def _line(event: Event, is_covered: bool) -> Line:
    who = str(ROLE[Role(event.role)])
    facts = facts_of(event)
    if facts.get("recorded_by"):
        who = _("%(who)s, written down by the navigator", who=who)
    # What company and program wrote to each other is theirs, unless the company agreed.
    may_read = is_covered or event.role == Role.NAVIGATOR
    words = words_of(event).values() if may_read else ()
    return Line(event.at, _what(event), who, (*_of_facts(facts), *words))


def _what(event: Event) -> str:
    if event.kind == MOVE:
        return str(STATUS[Status(event.action)])
    if event.kind == NOTE:
        return str(_("Note"))
    if event.kind == REMINDER:
        return str(REMINDED.get(event.action, event.action))
    if event.action == UNMET_CODE:
        return str(_("No program was found"))
    return str(_("Written down"))


def _of_facts(facts: dict[str, str]) -> list[str]:
    found = []
    if facts.get("reason"):
        found.append(str(REASON[Reason(facts["reason"])]))
    if facts.get("hand_off"):
        found.append(str(HAND_OFF[HandOff(facts["hand_off"])]))
    if facts.get("unmet"):
        found.append(str(UNMET[UnmetCode(facts["unmet"])]))
    found += [
        long_date(day_of(facts[name]))
        for name in ("contact_on", "expected_on", "starts_on")
        if facts.get(name)
    ]
    return found
