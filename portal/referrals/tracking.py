"""How a request stands, as its company reads it: status, whose move, what happened, what it may."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from portal.config import Settings
from portal.extensions import db
from portal.i18n import long_date
from portal.referrals.addressees import navigator_name
from portal.referrals.business_days import Calendar
from portal.referrals.calendars import calendar_of
from portal.referrals.chaining import facts_of, words_of
from portal.referrals.codes import Outcome, Reason
from portal.referrals.due_words import day_in_words, due_in_words
from portal.referrals.introducing import AGREED, BEGUN, REFUSED
from portal.referrals.models import MOVE, NOTE, OTHER, PHONE, Episode, Event, Referral
from portal.referrals.standing import COMPANY, NAVIGATOR
from portal.referrals.states import ENDED, REOPENABLE, UNANSWERED, Role, Status, targets
from portal.referrals.wording import OUTCOME, REASON, STATUS_FOR_COMPANY

SHARED = "shared"  # action of a note that company and program both read
# Words of events that the company may read; any other stays with those who wrote it.
_READABLE = ("contact_name", "question", "answer", "note", "why")


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened: when, what, by whom, and the words that came with it."""

    at: datetime
    what: str
    by: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Track:
    """One referral as its company sees it.

    Attributes:
        referral: the row.
        status: in words.
        turn: whose move it is and by when, in words; blank where nobody's.
        is_late: whether that moment is over.
        happenings: the oldest first.
        may: where the company may move it.
        question: of the program, while it waits for an answer.
        seen: number of the last move.
    """

    referral: Referral
    status: str
    turn: str
    is_late: bool
    happenings: tuple[Happening, ...]
    may: frozenset[str]
    question: str
    seen: int

    @property
    def has_ended(self) -> bool:
        """Whether nothing more is waited for."""
        return self.referral.status in ENDED

    @property
    def is_without_program(self) -> bool:
        """Whether another program is looked for."""
        return self.referral.mover == NAVIGATOR


def tracks_of(episode: Episode, settings: Settings, now: datetime) -> list[Track]:
    """Return the referrals of a request, those first whose move is the company's."""
    calendar, navigator = calendar_of(settings), navigator_name()
    found = [
        _track(referral, calendar, navigator, now)
        for referral in episode.referrals
        if referral.status != Status.ENTERED_IN_ERROR
    ]
    return sorted(
        found,
        key=lambda t: (t.has_ended, not t.question, t.referral.begun_at, t.referral.service.name),
    )


def _track(referral: Referral, calendar: Calendar, navigator: str, now: datetime) -> Track:
    events = list(
        db.session.scalars(
            select(Event).where(Event.referral_id == referral.id).order_by(Event.number)
        )
    )
    moves = [event for event in events if event.kind == MOVE]
    is_asked = referral.status == Status.INFORMATION_REQUESTED
    return Track(
        referral=referral,
        status=str(STATUS_FOR_COMPANY[Status(referral.status)]),
        turn=_turn(referral, calendar, navigator),
        is_late=referral.due_at is not None and referral.due_at < now,
        happenings=tuple(_happenings(referral, events, navigator)),
        may=frozenset(targets(Status(referral.status), Role.OWNER)),
        question=words_of(moves[-1]).get("question", "") if is_asked else "",
        seen=moves[-1].number,
    )


def _turn(referral: Referral, calendar: Calendar, navigator: str) -> str:
    """Say whose move it is and by when."""
    if referral.due_at is None:
        return ""
    program = referral.organization.name
    who = navigator if referral.via_navigator else program
    when = due_in_words(referral.due_at, calendar)
    day = day_in_words(referral.due_at, calendar)
    if referral.mover == COMPANY:
        return str(_turn_of_company(referral, navigator, day))
    if referral.mover == NAVIGATOR:
        said = _("%(who)s: says by %(when)s which other program may help", who=navigator, when=day)
    elif referral.status in UNANSWERED:
        said = _("%(who)s: answers by %(when)s", who=who, when=when)
    elif referral.status == Status.ACCEPTED:
        said = _("%(who)s: gets in touch with you by %(when)s", who=program, when=when)
    else:
        said = _("%(who)s: says by %(when)s how it goes on", who=program, when=day)
    return str(said)


def _turn_of_company(referral: Referral, navigator: str, day: str) -> str:
    if referral.status == Status.INFORMATION_REQUESTED:
        return str(_("You: answer their question by %(when)s", when=day))
    if referral.status == Status.DRAFT and referral.episode.channel == PHONE:
        return str(_("%(who)s: calls you and asks whether it may be sent", who=navigator))
    return str(_("You: confirm it by %(when)s with the link that we mailed you", when=day))


def _happenings(referral: Referral, events: list[Event], navigator: str) -> Iterator[Happening]:
    names = _names(referral, navigator)
    for event in events:
        what = _what(event)
        if what:
            yield Happening(event.at, what, names[Role(event.role)], tuple(_words(event)))


def _what(event: Event) -> str:
    """Say what happened; blank for what is none of the company's."""
    if event.kind == MOVE:
        return _what_moved(event.source, Status(event.action))
    said = {
        (NOTE, SHARED): _("Note"),
        (OTHER, "erased"): _("Your data was deleted"),
        (OTHER, BEGUN): _("A partner was asked, without your name"),
        (OTHER, AGREED): _("The partner agreed to be introduced to you"),
        (OTHER, REFUSED): _("The partner did not agree; they look for another"),
    }
    return str(said.get((event.kind, event.action), ""))


def _what_moved(source: str, target: Status) -> str:
    if target is Status.AWAITING_CONFIRMATION:
        return ""  # of the portal's own making; what is waited for stands above
    if target is Status.RECEIVED and source == Status.INFORMATION_REQUESTED:
        return str(_("Question answered"))
    if target is Status.RECEIVED:
        return str(_("Opened again") if source in REOPENABLE else _("Read"))
    plain = {Status.DRAFT: _("Written"), Status.SENT: _("Sent")}
    return str(plain.get(target) or STATUS_FOR_COMPANY[target])


def _words(event: Event) -> Iterator[str]:
    said, facts = words_of(event), facts_of(event)
    if event.kind == MOVE and facts.get("reason"):
        yield str(_("Reason: %(reason)s", reason=str(REASON[Reason(facts["reason"])])))
    if facts.get("outcome"):
        yield str(OUTCOME[Outcome(facts["outcome"])])
    for name in ("contact_on", "expected_on", "starts_on"):
        if facts.get(name):
            yield long_date(date.fromisoformat(facts[name]))
    yield from (said[name] for name in _READABLE if said.get(name))


def _names(referral: Referral, navigator: str) -> Mapping[Role, str]:
    creator = referral.episode.creator_organization
    return {
        Role.OWNER: str(_("You")),
        Role.STAFF: creator.name if creator else str(_("Staff who asked in your name")),
        Role.NAVIGATOR: navigator,
        Role.PROGRAM: referral.organization.name,
        Role.MANAGER: str(_("A manager of the portal")),
        Role.SYSTEM: str(_("The portal")),
        Role.CREATOR: str(_("Whoever entered it")),
    }
