"""Letters to the company that asked, in its language: one purpose and one button each.

A request to several programs is one letter where it is confirmed, consented to or sent. What
somebody typed who has not confirmed the address yet is in none: no stranger is written to with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import render_template, url_for
from flask_babel import gettext as _

from portal import clock
from portal.config import Settings
from portal.i18n import long_date
from portal.mail.languages import in_language
from portal.mail.operations import Letter
from portal.referrals.addressees import navigator_name
from portal.referrals.calendars import calendar_of
from portal.referrals.company_words import Happened, Words, words_after
from portal.referrals.due_words import due_in_words
from portal.referrals.models import CONFIRM, CONSENT, MOVE, TRACK, Episode, Event, Referral
from portal.referrals.operations import make_link
from portal.referrals.states import BEFORE_SENDING, Status

PURPOSE = "referral"
_PAGES = {
    CONFIRM: "referral_links.confirm",
    CONSENT: "referral_links.consent",
    TRACK: "referral_tracking.track",
}


def after(referral: Referral, event: Event, settings: Settings) -> Iterator[tuple[str, Letter]]:
    """Return address and letter of each letter that a move causes."""
    episode = referral.episode
    address = episode.details.email
    if event.kind != MOVE or not address:
        return
    target = Status(event.action)
    if target is Status.AWAITING_CONFIRMATION:
        if waiting := _all_in(episode, target, before={Status.DRAFT}):
            yield address, _confirm(waiting, settings)
    elif target is Status.AWAITING_CONSENT:
        if waiting := _all_in(episode, target, before={Status.DRAFT}):
            yield address, _ask_consent(waiting, settings)
    elif target is Status.SENT:
        if sent := _all_in(episode, target, before=BEFORE_SENDING):
            yield address, _receipt(sent, settings)
    else:
        with in_language(episode.language, settings):
            words = words_after(Happened(referral, event, calendar_of(settings)))
        if words is not None:
            yield address, _tracked(episode, words, settings)


def asked_before(referrals: Sequence[Referral], settings: Settings) -> Letter:
    """Say that these are asked already, and how they stand.

    Args:
        referrals: open ones of one episode.
        settings: of this portal.
    """
    waiting = [one for one in referrals if one.status == Status.AWAITING_CONFIRMATION]
    if waiting:
        return _confirm(waiting, settings)
    episode = referrals[0].episode
    with in_language(episode.language, settings):
        words = Words(
            _("You have asked already"),
            _(
                "Somebody has just asked the same with this address. Your request is on its way, "
                "so we did not send another one:"
            ),
            tuple(
                _(
                    "%(program)s: asked on %(date)s",
                    program=one.service.name,
                    date=long_date(one.begun_at),
                )
                for one in referrals
            ),
        )
    return _tracked(episode, words, settings)


def _all_in(
    episode: Episode, status: Status, *, before: set[Status] | frozenset[Status]
) -> list[Referral]:
    """Return a request's referrals in a status; none while another is still before it."""
    if any(one.status in before for one in episode.referrals):
        return []
    return sorted(
        (one for one in episode.referrals if one.status == status),
        key=lambda one: one.service.name,
    )


def _confirm(referrals: Sequence[Referral], settings: Settings) -> Letter:
    episode = referrals[0].episode
    token = make_link(episode, CONFIRM, now=clock.now())
    with in_language(episode.language, settings):
        words = Words(
            _("Please confirm your request"),
            _(
                "Somebody asked with this address at %(site)s to be contacted by:",
                site=settings.site_name,
            ),
            (
                *(one.service.name for one in referrals),
                _("Nobody there hears of it before you press the button."),
            ),
            _("Look and confirm"),
        )
        end = _(
            "You get this because your address was typed into a form. If it was not you, do "
            "nothing: after 14 days the request lapses, and nobody was told."
        )
        return _letter(episode, words, _address(CONFIRM, token), end)


def _ask_consent(referrals: Sequence[Referral], settings: Settings) -> Letter:
    episode = referrals[0].episode
    token = make_link(episode, CONSENT, now=clock.now())
    with in_language(episode.language, settings):
        if referrals[0].parent is not None:
            lead = _(
                "%(program)s passes your request on. You decide whether the other program may "
                "read it:",
                program=referrals[0].parent.service.name,
            )
        else:
            asker = episode.creator_organization
            lead = _(
                "%(name)s would like to ask for contact in your name. You decide who may read "
                "the request:",
                name=asker.name if asker else navigator_name(),
            )
        words = Words(
            _("May they contact you?"),
            lead,
            (
                *(f"{one.service.name} ({one.organization.name})" for one in referrals),
                _("Nobody there learns your name before you agree."),
            ),
            _("Look and decide"),
        )
        end = _(
            "You get this because somebody asked in your name. If you do not want it, press the "
            "button and say no, or do nothing: after 14 days it lapses."
        )
        return _letter(episode, words, _address(CONSENT, token), end)


def _receipt(referrals: Sequence[Referral], settings: Settings) -> Letter:
    calendar = calendar_of(settings)
    with in_language(referrals[0].episode.language, settings):
        lines = tuple(
            _(
                "%(program)s: %(reader)s answers by %(when)s.",
                program=one.service.name,
                reader=navigator_name() if one.via_navigator else one.organization.name,
                when=due_in_words(one.due_at, calendar) if one.due_at else "",
            )
            for one in referrals
        )
        words = Words(
            _("Your request was sent"),
            _("Keep this letter: its button shows at any time how your request stands."),
            lines,
        )
    return _tracked(referrals[0].episode, words, settings)


def _tracked(episode: Episode, words: Words, settings: Settings) -> Letter:
    """Return a letter whose button opens the tracking page."""
    token = make_link(episode, TRACK, now=clock.now())
    with in_language(episode.language, settings):
        end = _(
            "You get this because you asked programs at %(site)s for contact. On your page you "
            "can take a request back or delete your data; then no more letters come.",
            site=settings.site_name,
        )
        return _letter(episode, words, _address(TRACK, token), end)


def _address(purpose: str, token: str) -> str:
    return url_for(_PAGES[purpose], token=token, _external=True)


def _letter(episode: Episode, words: Words, url: str, end: str) -> Letter:
    shown = {
        "title": words.title,
        "lead": words.lead,
        "lines": words.lines,
        "button": words.button or _("See how it stands"),
        "url": url,
        "end": end,
    }
    return Letter(
        purpose=PURPOSE,
        language=episode.language,
        subject=words.title,
        text=render_template("email/action.txt", **shown),
        html=render_template("email/action.html", **shown),
    )
