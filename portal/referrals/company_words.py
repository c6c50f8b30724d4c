"""What letters to the company say after each move, in the language that is spoken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal.i18n import long_date
from portal.referrals.business_days import Calendar
from portal.referrals.chaining import facts_of, words_of
from portal.referrals.codes import Outcome, Reason
from portal.referrals.due_words import due_in_words
from portal.referrals.models import Event, Referral
from portal.referrals.states import BEFORE_SENDING, REOPENABLE, Role, Status
from portal.referrals.wording import OUTCOME, REASON


@dataclass(frozen=True, slots=True)
class Words:
    """A letter's words: one purpose, one button."""

    title: str
    lead: str
    lines: tuple[str, ...] = ()
    button: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """A move with what a letter about it names."""

    referral: Referral
    event: Event
    calendar: Calendar

    @property
    def program(self) -> str:
        """The program's name."""
        return self.referral.service.name

    @property
    def due(self) -> str:
        """Until when whoever moves next does so, in words."""
        if self.referral.due_at is None:
            return ""
        return due_in_words(self.referral.due_at, self.calendar)

    @property
    def reason(self) -> str:
        """Why, in words."""
        code = facts_of(self.event).get("reason", Reason.OTHER)
        return str(REASON[Reason(code)])

    @property
    def is_one_of_several_to_lapse(self) -> bool:
        """Whether others of the request still wait to be confirmed: the last one tells of all."""
        others = self.referral.episode.referrals
        return self.referral.sent_at is None and any(one.status in BEFORE_SENDING for one in others)

    def day(self, name: str) -> str:
        """A day that the move names."""
        return long_date(date.fromisoformat(facts_of(self.event)[name]))


def words_after(happened: Happened) -> Words | None:
    """Return what the company is told of a move; None: nothing.

    Those that it makes itself it knows of; consent and receipt are letters of their own.
    """
    source, target = happened.event.source, Status(happened.event.action)
    if happened.event.role == Role.OWNER:
        return None
    if target is Status.RECEIVED:
        return _reopened(happened) if source and Status(source) in REOPENABLE else None
    if target is Status.CONTACT_MADE and source == Status.WAITLISTED:
        return None
    if target is Status.EXPIRED and happened.is_one_of_several_to_lapse:
        return None
    write = _WORDS.get(target)
    return write(happened) if write else None


def _accepted(it: Happened) -> Words:
    return Words(
        _("%(program)s accepted your request", program=it.program),
        _(
            "%(name)s is your contact there and gets in touch with you by %(when)s.",
            name=it.referral.contact_name,
            when=it.due,
        ),
        (_("Have you talked already? Say so on your page, and nobody is reminded of it."),),
    )


def _declined(it: Happened) -> Words:
    return Words(
        _("%(program)s cannot help with this", program=it.program),
        _("The reason they give: %(reason)s.", reason=it.reason),
        (_another_by(it),),
    )


def _another_by(it: Happened) -> str:
    return str(
        _(
            "We look for another program with you. By %(when)s you hear of one, or that there is "
            "none. You can also choose one yourself.",
            when=it.due,
        )
    )


def _question(it: Happened) -> Words:
    return Words(
        _("A question about your request"),
        _("%(program)s asks:", program=it.program),
        (
            words_of(it.event).get("question", ""),
            _("Please answer by %(when)s. Until then they wait for you.", when=it.due),
        ),
        _("Answer"),
    )


def _waitlisted(it: Happened) -> Words:
    return Words(
        _("You are on the waiting list of %(program)s", program=it.program),
        _("They expect a place for you around %(day)s.", day=it.day("expected_on")),
    )


def _contact_made(it: Happened) -> Words:
    return Words(
        _("%(program)s says that you are in contact", program=it.program),
        _("So the first step is done. If you have heard nothing, say so in a note on your page."),
    )


def _enrolled(it: Happened) -> Words:
    return Words(
        _("You are in: %(program)s", program=it.program),
        _("They say that it starts on %(day)s.", day=it.day("starts_on")),
    )


def _not_enrolled(it: Happened) -> Words:
    return Words(
        _("%(program)s says that you did not join", program=it.program),
        _("The reason they give: %(reason)s.", reason=it.reason),
        (_another_by(it),),
    )


def _completed(it: Happened) -> Words:
    code = facts_of(it.event).get("outcome", Outcome.OTHER)
    return Words(
        _("%(program)s says that the work is done", program=it.program),
        _("What they say it brought: %(outcome)s.", outcome=str(OUTCOME[Outcome(code)])),
        (_("Is it true for you, too? A note on your page tells them."),),
    )


def _discontinued(it: Happened) -> Words:
    return Words(
        _("%(program)s says that it ended early", program=it.program),
        _("The reason they give: %(reason)s.", reason=it.reason),
        (_another_by(it),),
    )


def _expired(it: Happened) -> Words:
    if it.referral.sent_at is None:
        unsent = [
            one.service.name
            for one in it.referral.episode.referrals
            if one.status == Status.EXPIRED and one.sent_at is None
        ]
        return Words(
            _("Your request was not sent"),
            _(
                "It waited 14 days for your confirmation. No program has heard of it. If you still "
                "need help, ask again: it takes two minutes."
            ),
            tuple(sorted(unsent)),
        )
    if it.event.source == Status.INFORMATION_REQUESTED:
        return Words(
            _("Your request to %(program)s is closed", program=it.program),
            _("They had a question and no answer came for 21 days. You can ask again."),
            (_another_by(it),),
        )
    return Words(
        _("No answer from %(program)s", program=it.program),
        _("We are sorry: in 30 days they did not answer, though we reminded them."),
        (_another_by(it),),
    )


def _closed_unmet(it: Happened) -> Words:
    return Words(
        _("No program was found for your need yet"),
        _(
            "The state keeps the need on its list, without your name, and looks for somebody who "
            "meets it. You can ask again at any time."
        ),
        (it.program,),
    )


def _reopened(it: Happened) -> Words:
    return Words(
        _("%(program)s has opened your request again", program=it.program),
        _("You do not have to do anything. Your page shows who answers next, and by when."),
    )


def _withdrawn(it: Happened) -> Words:
    return Words(
        _("Your request to %(program)s was taken back", program=it.program),
        _("Whoever asked in your name took it back. If you did not want that, ask again."),
    )


_WORDS: Mapping[Status, Callable[[Happened], Words]] = {
    Status.ACCEPTED: _accepted,
    Status.DECLINED: _declined,
    Status.INFORMATION_REQUESTED: _question,
    Status.WAITLISTED: _waitlisted,
    Status.CONTACT_MADE: _contact_made,
    Status.ENROLLED: _enrolled,
    Status.NOT_ENROLLED: _not_enrolled,
    Status.COMPLETED: _completed,
    Status.DISCONTINUED: _discontinued,
    Status.EXPIRED: _expired,
    Status.CLOSED_UNMET: _closed_unmet,
    Status.WITHDRAWN: _withdrawn,
}
