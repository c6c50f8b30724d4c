"""The other side of an introduction: asked by the program, agrees or refuses by a link.

It learns what is looked for, and not who looks, before it has agreed. The caller holds the write
unit and commits.
"""

from __future__ import annotations

from datetime import datetime

from flask import current_app, render_template, url_for
from flask_babel import gettext as _

from portal import clock
from portal.accounts.models import Account
from portal.config import Settings
from portal.mail.languages import in_language
from portal.mail.operations import Letter, queue_message
from portal.referrals.chaining import append
from portal.referrals.consent import consent_to_introduction
from portal.referrals.models import CONSENT, INTRODUCTION, OTHER, Event, OtherSide, Referral
from portal.referrals.moving import locked
from portal.referrals.operations import make_link
from portal.referrals.states import BEFORE_SENDING, ENDED, Role
from portal.referrals.telling import tell
from portal.referrals.wording import need_in_words

ASKED, AGREED, REFUSED = "other_side_asked", "other_side_agreed", "other_side_refused"


class NoIntroductionError(Exception):
    """No other side can be asked: none was wanted, it is asked already, or all has ended."""


def ask_other_side(
    referral: Referral, *, name: str, email: str, language: str, by: Account
) -> OtherSide:
    """Ask somebody whether the company may be introduced to them.

    Whoever refused leaves the place to another; one who has agreed, or has not answered, does not.

    Args:
        referral: one of an introduction, at the program.
        name: of the person who is asked.
        email: where; has passed a form.
        language: of the letter.
        by: staff of the program.

    Raises:
        NoIntroductionError: nobody can be asked.
    """
    now, settings = clock.now(), current_app.config["PORTAL"]
    locked(referral.id)
    side = referral.other_side
    if (
        referral.episode.kind != INTRODUCTION
        or referral.status in BEFORE_SENDING | ENDED
        or (side is not None and side.refused_at is None)
    ):
        raise NoIntroductionError
    if side is None:
        side = referral.other_side = OtherSide(referral_id=referral.id)
    side.name, side.email, side.language = name, email, language
    side.asked_at, side.asked_by_id, side.refused_at = now, by.id, None
    side.consent_version = side.consent_text = ""
    side.consent_at = None
    append(referral, kind=OTHER, action=ASKED, role=Role.PROGRAM, now=now, actor_id=by.id)
    letter = _letter(referral, side, settings, now)
    queue_message(letter, to=email, key=current_app.config["SECRET_KEY"], now=now)
    return side


def decide(referral: Referral, *, agrees: bool) -> Event | None:
    """Take down what the other side decided; None: it has decided already, or was asked no more."""
    now = clock.now()
    locked(referral.id)
    side = referral.other_side
    if side is None or not is_asked(referral):
        return None
    if agrees:
        consent = consent_to_introduction(organization=referral.organization.name)
        side.consent_version, side.consent_text = consent.version, consent.text
        side.consent_at = now
    else:
        side.refused_at = now
    action = AGREED if agrees else REFUSED
    event = append(referral, kind=OTHER, action=action, role=Role.PROGRAM, now=now)
    tell(referral, event)
    return event


def is_asked(referral: Referral) -> bool:
    """Whether the other side can still decide."""
    side = referral.other_side
    if side is None or not side.email or referral.status in ENDED:
        return False
    return side.consent_at is None and side.refused_at is None


def _letter(referral: Referral, side: OtherSide, settings: Settings, now: datetime) -> Letter:
    token = make_link(referral.episode, CONSENT, now=now, referral=referral, email=side.email)
    organization = referral.organization.name
    with in_language(side.language, settings):
        subject = _("May %(name)s introduce a company to you?", name=organization)
        shown = {
            "title": subject,
            "lead": _(
                "%(name)s looks for a partner for a company and thought of you. What is looked "
                "for:",
                name=organization,
            ),
            "lines": [
                need_in_words(referral.episode.need),
                _("Neither of you learns the other’s name before you agree."),
            ],
            "button": _("Look and decide"),
            "url": url_for("referral_links.introduction", token=token, _external=True),
            "end": _(
                "You get this once, because %(name)s typed your address at %(site)s. If you do "
                "nothing, nothing happens.",
                name=organization,
                site=settings.site_name,
            ),
        }
        return Letter(
            purpose="introduction",
            language=side.language,
            subject=subject,
            text=render_template("email/action.txt", **shown),
            html=render_template("email/action.html", **shown),
        )
