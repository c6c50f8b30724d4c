"""The letters that ask a company how it went: two questions, one button, in its language."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext as _

from portal.config import Settings
from portal.mail.languages import in_language
from portal.mail.operations import Letter
from portal.referrals.follow_up_times import Stage
from portal.referrals.models import Referral

PURPOSE = "referral-follow-up"


def follow_up_letter(referral: Referral, stage: Stage, *, token: str, settings: Settings) -> Letter:
    """Ask the company of a referral how it went.

    Args:
        referral: one that was accepted.
        stage: which of the letters.
        token: of the link to answer by, which also turns the letters off.
        settings: of this portal.
    """
    with in_language(referral.episode.language, settings):
        stop_url = url_for("referral_follow_ups.stop", token=token, _external=True)
        shown = {
            "title": _subject(stage, referral.service.name),
            "lead": _(
                "%(organization)s accepted your request through %(site)s. How has it gone since?",
                organization=referral.organization.name,
                site=settings.site_name,
            ),
            "lines": [*_questions(stage), _reason()],
            "button": _("Answer two questions"),
            "url": url_for("referral_follow_ups.follow_up", token=token, _external=True),
            "end": _(
                "You get this because of your request %(reference)s. You need not answer. The "
                "link works for 60 days. No more such letters: %(url)s",
                reference=referral.reference,
                url=stop_url,
            ),
        }
        return Letter(
            purpose=PURPOSE,
            language=referral.episode.language,
            subject=shown["title"],
            text=render_template("email/action.txt", **shown),
            html=render_template("email/action.html", **shown),
            unsubscribe_url=stop_url,
        )


def _subject(stage: Stage, program: str) -> str:
    if stage is Stage.DAY_14:
        return str(_("Are you in contact? %(program)s", program=program))
    if stage is Stage.DAY_90:
        return str(_("Did it help? %(program)s", program=program))
    return str(_("What came of it? %(program)s", program=program))


def _questions(stage: Stage) -> tuple[str, str]:
    if stage in (Stage.DAY_14, Stage.DAY_90):
        return _("1. Have you been in contact with them?"), _("2. Did it help?")
    return (
        _("1. What has changed in your company because of it?"),
        _("2. Would it have happened without them?"),
    )


def _reason() -> str:
    return str(_("Your answer shows the state which help works, and what is missing."))
