"""Letters that the clock causes: reminders to programs, navigators, managers and companies.

None of them names the company to anybody but itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext as _

from portal.config import Settings
from portal.directory.labels import shown_label
from portal.mail.languages import in_language
from portal.mail.operations import Letter
from portal.referrals.addresses import (
    answer_url,
    confirming_url,
    consent_url,
    late_list_url,
    navigator_url,
    tracking_url,
)
from portal.referrals.calendars import calendar_of
from portal.referrals.due_words import due_in_words
from portal.referrals.models import Episode, Referral
from portal.referrals.states import UNANSWERED, Status
from portal.referrals.wording import need_in_words
from portal.upkeep.queries import Recipient
from portal.wizard.labels import industry_label
from portal.wizard.queries import term_names

PURPOSE = "referral-reminder"


@dataclass(frozen=True, slots=True)
class Words:
    """What a letter says before it is set in text and HTML."""

    subject: str
    lead: str
    lines: Sequence[str]
    button: str
    url: str
    end: str


def late_letter(
    referral: Referral, recipient: Recipient, settings: Settings, *, token: str
) -> Letter:
    """Remind a program of what is due.

    Args:
        referral: what is due.
        recipient: of the program.
        settings: of this portal.
        token: of the link to answer.
    """
    with in_language(recipient.language, settings):
        return _letter(
            Words(
                subject=_what_is_due(referral),
                lead=_late(referral, settings),
                lines=about(referral.episode),
                button=_("Answer now") if referral.status in UNANSWERED else _("Open the request"),
                url=answer_url(token),
                end=_(
                    "You get this because requests for %(program)s come to you. Answering ends "
                    "these reminders.",
                    program=referral.service.name,
                ),
            ),
            recipient.language,
        )


def navigator_letter(referral: Referral, recipient: Recipient, settings: Settings) -> Letter:
    """Tell a navigator that a request needs a call."""
    with in_language(recipient.language, settings):
        program, is_company = referral.service.name, referral.status in _COMPANY_MOVES
        if referral.status == Status.DRAFT:
            lead = _(
                "A company asked %(program)s for help and gave only a phone number. Call it, read "
                "out the consent, and write down its answer.",
                program=program,
            )
        elif is_company:
            lead = _(
                "%(program)s waits for a company that gave no e-mail address. Please call it.",
                program=program,
            )
        else:
            lead = _late(referral, settings)
        name = referral.reference
        return _letter(
            Words(
                subject=_("Please call a company: request %(reference)s", reference=name)
                if is_company
                else _("Please call a program: request %(reference)s", reference=name),
                lead=lead,
                lines=about(referral.episode),
                button=_("Open the request"),
                url=navigator_url(name),
                end=_("You get this because your organization is the navigator."),
            ),
            recipient.language,
        )


def managers_letter(referral: Referral, recipient: Recipient, settings: Settings) -> Letter:
    """Tell a manager that reminders have not helped."""
    with in_language(recipient.language, settings):
        return _letter(
            Words(
                subject=_(
                    "No answer after reminders: request %(reference)s",
                    reference=referral.reference,
                ),
                lead=_late(referral, settings)
                if referral.status != Status.DRAFT
                else _(
                    "A company that asked %(program)s for help by phone was not called yet.",
                    program=referral.service.name,
                ),
                lines=about(referral.episode),
                button=_("Open the list of late requests"),
                url=late_list_url(),
                end=_("You get this because you are a manager of %(site)s.", site=_site(settings)),
            ),
            recipient.language,
        )


def lapsing_letter(referrals: Sequence[Referral], settings: Settings, *, token: str) -> Letter:
    """Tell a company that its request lapses tomorrow unless it does what it was asked.

    Args:
        referrals: of one request, all in the same status.
        settings: of this portal.
        token: of a link that fits the status: confirm, consent, or track.
    """
    first = referrals[0]
    language = first.episode.language
    with in_language(language, settings):
        programs = ", ".join(referral.service.name for referral in referrals)
        if first.status == Status.INFORMATION_REQUESTED:
            subject = _("A question is still open: %(program)s", program=programs)
            lead = _(
                "%(program)s asked you something about your request. Without your answer it ends "
                "tomorrow.",
                program=programs,
            )
            button, url = _("Answer the question"), tracking_url(token)
        else:
            subject = _("Your request ends tomorrow")
            lead = _(
                "Your request to %(program)s was not sent yet: we are still waiting for your yes. "
                "Without it the request ends tomorrow, and nobody hears of it.",
                program=programs,
            )
            button, url = (
                _("Look and decide"),
                confirming_url(token)
                if first.status == Status.AWAITING_CONFIRMATION
                else consent_url(token),
            )
        return _letter(
            Words(
                subject=subject,
                lead=lead,
                lines=[],
                button=button,
                url=url,
                end=_(
                    "You get this because this address was given with a request at %(site)s. If "
                    "that was not you, do nothing. No other reminder will come.",
                    site=_site(settings),
                ),
            ),
            language,
        )


def about(episode: Episode) -> list[str]:
    """Return what a request is about, without anything that names the company."""
    lines = [_("Need: %(need)s", need=need_in_words(episode.need))]
    if episode.region:
        region = term_names("region").get(episode.region, episode.region)
        lines.append(_("Region: %(region)s", region=region))
    if episode.size:
        size = shown_label("size", episode.size, episode.size)
        lines.append(_("Size: %(size)s", size=size))
    if episode.industry:
        lines.append(_("Industry: %(industry)s", industry=industry_label(episode.industry)))
    return lines


_COMPANY_MOVES = (
    Status.DRAFT,
    Status.AWAITING_CONFIRMATION,
    Status.AWAITING_CONSENT,
    Status.INFORMATION_REQUESTED,
)


def _what_is_due(referral: Referral) -> str:
    name = referral.reference
    if referral.status in UNANSWERED:
        return str(_("Your answer is late: request %(reference)s", reference=name))
    if referral.status == Status.ACCEPTED:
        return str(_("A company waits for your call: request %(reference)s", reference=name))
    return str(_("How did it go? Request %(reference)s", reference=name))


def _late(referral: Referral, settings: Settings) -> str:
    due = due_in_words(referral.due_at, calendar_of(settings)) if referral.due_at else ""
    names = {
        "program": referral.service.name,
        "organization": referral.organization.name,
        "due": due,
    }
    if referral.status in UNANSWERED:
        text = _(
            "A company asked %(program)s (%(organization)s) for help. An answer was due by "
            "%(due)s. Yes, no or a question: each is an answer.",
            **names,
        )
    elif referral.status == Status.ACCEPTED:
        text = _(
            "%(program)s (%(organization)s) accepted a company's request. Contact was due by "
            "%(due)s.",
            **names,
        )
    else:
        text = _(
            "%(program)s (%(organization)s) is in contact with a company. Please say how it went: "
            "it was due by %(due)s.",
            **names,
        )
    return str(text)


def _site(settings: Settings) -> str:
    return settings.site_name


def _letter(words: Words, language: str) -> Letter:
    shown = {
        "title": words.subject,
        "lead": words.lead,
        "lines": words.lines,
        "button": words.button,
        "url": words.url,
        "end": words.end,
    }
    return Letter(
        purpose=PURPOSE,
        language=language,
        subject=words.subject,
        text=render_template("email/action.txt", **shown),
        html=render_template("email/action.html", **shown),
    )
