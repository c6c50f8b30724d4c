"""Letters to the program that was asked, or to the navigator in its place.

None of them holds the company's name or how to reach it: mail is passed on. Each recipient gets a
link of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from flask import render_template, url_for
from flask_babel import gettext as _

from portal.config import LANGUAGES, Settings
from portal.extensions import db
from portal.mail.languages import in_language
from portal.mail.operations import Letter
from portal.referrals.about_words import About, about
from portal.referrals.calendars import calendar_of
from portal.referrals.clock_words import due_words
from portal.referrals.models import INTRODUCTION, MOVE, Event, Link, Referral
from portal.referrals.operations import make_link
from portal.referrals.receiving import answerers_of, asks_navigator
from portal.referrals.states import ENDED, Role, Status
from portal.upkeep.queries import Recipient

PURPOSE = "request"


@dataclass(frozen=True, slots=True)
class _Words:
    """What differs from letter to letter."""

    subject: str
    lead: str
    button: str
    lines: Sequence[str] = ()
    shows_need: bool = True


_Write = Callable[[Referral, About, str], _Words]


def after(referral: Referral, event: Event, settings: Settings) -> Iterator[tuple[str, Letter]]:
    """Return address and letter of each letter that a move causes, written as they are taken.

    The links in them are rows of the same transaction.
    """
    if event.kind != MOVE:
        return
    write = _writer(referral, event)
    if write is not None:
        yield from _letters(referral, event, write, settings)
    if event.action == Status.SENT and referral.parent_id is not None:
        parent = db.session.get_one(Referral, referral.parent_id)
        yield from _letters(parent, event, _agreed(referral), settings)


def _writer(referral: Referral, event: Event) -> _Write | None:
    target = Status(event.action)
    source = Status(event.source) if event.source else None
    if target is Status.SENT:
        return _sent
    if target is Status.WITHDRAWN and referral.sent_at is not None:
        return _withdrawn
    if target is Status.RECEIVED and source is Status.INFORMATION_REQUESTED:
        return _answered
    if target is Status.RECEIVED and source in ENDED and event.role != Role.PROGRAM:
        return _reopened
    return None


def _letters(
    referral: Referral, event: Event, write: _Write, settings: Settings
) -> Iterator[tuple[str, Letter]]:
    people = answerers_of(referral)
    # Alternates are for what stays unanswered.
    for person in [one for one in people if not one.is_alternate] or people:
        yield person.email, _letter(referral, event, write, person, settings)


def _letter(
    referral: Referral, event: Event, write: _Write, person: Recipient, settings: Settings
) -> Letter:
    with in_language(person.language, settings):
        seen = about(referral.episode)
        words = write(referral, seen, _due(referral, event, settings))
        facts = [(str(_("Reference")), referral.reference)]
        if words.shows_need:
            facts = [(str(_("Need")), seen.need), *seen.facts, *facts]
        token = make_link(
            referral.episode, "answer", now=event.at, referral=referral, email=person.email
        )
        shown = {
            "title": words.subject,
            "lead": words.lead,
            "facts": facts,
            "lines": [*_quoted(seen, words), *words.lines],
            "button": words.button,
            "url": url_for("referral_answers.show", token=token, _external=True),
            "end": _why(referral),
        }
        return Letter(
            purpose=PURPOSE,
            language=person.language,
            subject=words.subject,
            text=render_template("email/action.txt", **shown),
            html=render_template("email/action.html", **shown),
        )


def _due(referral: Referral, event: Event, settings: Settings) -> str:
    """Return until when the program may take; blank where that is over, as after a reopening."""
    due = referral.due_at
    if due is None or due <= event.at:
        return ""
    return due_words(due, now=event.at, zone=calendar_of(settings).zone)


def _quoted(seen: About, words: _Words) -> list[str]:
    return [f"“{seen.words}”"] if words.shows_need and seen.words else []


def _why(referral: Referral) -> str:
    name = referral.organization.name
    if asks_navigator(referral):
        why = _(
            "You get this because you are a navigator, and nobody at %(name)s can receive "
            "requests yet.",
            name=name,
        )
    else:
        why = _("You get this because requests to %(name)s go to your address.", name=name)
    return f"{why} {_('The link is for you alone and works for 45 days.')}"


def _sent(referral: Referral, seen: About, due: str) -> _Words:
    if referral.parent_id is not None:
        parent = db.session.get_one(Referral, referral.parent_id)
        lead = _(
            "A company agreed that “%(other)s” passes its request on to “%(program)s”. Answer by "
            "%(due)s: accept, decline or ask.",
            other=parent.service.name,
            program=referral.service.name,
            due=due,
        )
    elif asks_navigator(referral):
        lead = _(
            "A company asks the program “%(program)s”, which cannot receive requests yet. Call "
            "them, and write "
            "down their answer by %(due)s.",
            program=referral.service.name,
            due=due,
        )
    elif referral.episode.kind == INTRODUCTION:
        lead = _(
            "A company asks the program “%(program)s” for an introduction. Answer by %(due)s: "
            "accept, decline or ask.",
            program=referral.service.name,
            due=due,
        )
    else:
        lead = _(
            "A company asks the program “%(program)s” for help. Answer by %(due)s: accept, "
            "decline or ask.",
            program=referral.service.name,
            due=due,
        )
    is_introduction = referral.episode.kind == INTRODUCTION
    return _Words(
        _("A company asks for an introduction: %(need)s", need=seen.need)
        if is_introduction
        else _("A company asks for help: %(need)s", need=seen.need),
        lead,
        _("Answer now"),
        lines=[_("You see the name and contact once you have signed in or typed a code.")],
    )


def _answered(referral: Referral, seen: About, due: str) -> _Words:
    return _Words(
        _("The company answered your question: %(need)s", need=seen.need),
        _(
            "The company answered the question of “%(program)s”. It is your turn again: answer by "
            "%(due)s.",
            program=referral.service.name,
            due=due,
        ),
        _("Read it and answer"),
    )


def _withdrawn(referral: Referral, seen: About, _due: str) -> _Words:
    return _Words(
        _("Request withdrawn: %(need)s", need=seen.need),
        _(
            "The company takes its request to “%(program)s” back. There is nothing left to do.",
            program=referral.service.name,
        ),
        _("Look at the request"),
        shows_need=False,
    )


def _reopened(referral: Referral, seen: About, due: str) -> _Words:
    return _Words(
        _("Request reopened: %(need)s", need=seen.need),
        _(
            "The request to “%(program)s” was opened again. Answer by %(due)s.",
            program=referral.service.name,
            due=due,
        )
        if due
        else _(
            "The request to “%(program)s” was opened again. Its time to answer is over, so please "
            "answer today.",
            program=referral.service.name,
        ),
        _("Answer now"),
    )


def _agreed(child: Referral) -> _Write:
    """Return what writes to the program that suggested another one."""

    def write(_referral: Referral, seen: About, _due: str) -> _Words:
        return _Words(
            _("The company agreed: %(need)s", need=seen.need),
            _(
                "You suggested “%(program)s” of %(name)s. The company agreed, and they have its "
                "request now. Thank you.",
                program=child.service.name,
                name=child.organization.name,
            ),
            _("Look at the request"),
            shows_need=False,
        )

    return write


def code_letter(link: Link, code: str, *, token: str, settings: Settings) -> Letter:
    """Write the code that shows who asks, to the address of a link.

    Args:
        link: to answer, about one referral.
        code: six digits.
        token: of the link, to lead back to its page.
        settings: of this portal.
    """
    referral = link.referral
    assert referral is not None  # noqa: S101  a link to answer is about one
    language = next(
        (person.language for person in answerers_of(referral) if person.email == link.email),
        LANGUAGES[0],
    )
    with in_language(language, settings):
        subject = _("Your code is %(code)s", code=code)
        shown = {
            "title": subject,
            "lead": _(
                "Type it on the page of request %(reference)s to see who asks. It works for ten "
                "minutes.",
                reference=referral.reference,
            ),
            "facts": [],
            "lines": [],
            "button": _("Back to the page"),
            "url": url_for("referral_answers.show", token=token, _external=True),
            "end": _("Somebody asked for it on that page. If it was not you, do nothing."),
        }
        return Letter(
            purpose="code",
            language=language,
            subject=subject,
            text=render_template("email/action.txt", **shown),
            html=render_template("email/action.html", **shown),
        )
