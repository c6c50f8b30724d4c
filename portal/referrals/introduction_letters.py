"""Letters of an introduction: a question to the other side, then contacts to both."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext as _

from portal.config import Settings
from portal.mail.languages import in_language
from portal.mail.operations import Letter
from portal.referrals.about_words import about
from portal.referrals.answer_models import Introduction
from portal.referrals.models import Referral


def question_letter(
    introduction: Introduction, referral: Referral, token: str, settings: Settings
) -> Letter:
    """Ask somebody whether they want to meet a company, whose name is not told yet."""
    with in_language(introduction.language, settings):
        seen = about(referral.episode)
        subject = _("May we introduce a company to you?")
        return _letter(
            "introduction",
            introduction.language,
            subject,
            lead=_(
                "Dear %(name)s, %(organization)s would like to bring you together with a company. "
                "It asked for this, and learns who you are only if you agree.",
                name=introduction.name,
                organization=referral.organization.name,
            ),
            facts=[(str(_("Need")), seen.need), *seen.facts],
            lines=[f"“{seen.words}”"] if seen.words else [],
            button=_("Look and decide"),
            url=url_for("referral_introductions.show", token=token, _external=True),
            end=_(
                "You get this because %(organization)s gave us your address for this one "
                "question. The link works for 14 days. If you do not want to meet, say no there "
                "or do nothing.",
                organization=referral.organization.name,
            ),
        )


def met_letter(
    introduction: Introduction, referral: Referral, settings: Settings, *, is_company: bool
) -> Letter:
    """Give one side the other's contact.

    Args:
        introduction: that both agreed to.
        referral: of the company.
        settings: of this portal.
        is_company: whether the company is written to; else the other side.
    """
    details = referral.episode.details
    language = referral.episode.language if is_company else introduction.language
    with in_language(language, settings):
        if is_company:
            facts = [
                (_("Name"), introduction.name),
                (_("Where they work"), introduction.organization),
                (_("E-mail"), introduction.email),
            ]
        else:
            facts = [
                (_("Company"), details.company),
                (_("Name"), details.name),
                (_("E-mail"), details.email),
                (_("Phone"), details.phone),
                (_("Best time"), details.best_time),
            ]
        return _letter(
            "introduced",
            language,
            _("You both agreed to meet"),
            lead=_(
                "%(organization)s brings you together. Write or call each other; the other side "
                "has your contact, too.",
                organization=referral.organization.name,
            ),
            facts=[(str(label), text) for label, text in facts if text],
            lines=[],
            button=_("About the program"),
            url=url_for("directory.service", slug=referral.service.slug, _external=True),
            end=_("You get this once, because you agreed to it."),
        )


def _letter(
    purpose: str,
    language: str,
    subject: str,
    *,
    lead: str,
    facts: list[tuple[str, str]],
    lines: list[str],
    button: str,
    url: str,
    end: str,
) -> Letter:
    shown = {
        "title": subject,
        "lead": lead,
        "facts": facts,
        "lines": lines,
        "button": button,
        "url": url,
        "end": end,
    }
    return Letter(
        purpose=purpose,
        language=language,
        subject=subject,
        text=render_template("email/action.txt", **shown),
        html=render_template("email/action.html", **shown),
    )
