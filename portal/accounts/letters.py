"""Letters to people with accounts: an invitation, a new password."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext as _

from portal.config import Settings
from portal.i18n import current_language
from portal.mail.operations import Letter


def invitation_letter(url: str, settings: Settings, *, organizations: list[str]) -> Letter:
    """Write to somebody who is to open an account."""
    return _letter(
        "invitation",
        _("Your account at %(site)s", site=settings.site_name),
        lead=_("You were invited to %(site)s.", site=settings.site_name),
        lines=[_("For: %(names)s", names=", ".join(organizations))] if organizations else [],
        button=_("Open my account"),
        url=url,
        end=_("The link works once, for 14 days. If you did not expect it, do nothing."),
    )


def already_invited() -> str:
    """Say that somebody has an account."""
    return str(_("There is an account with this address already."))


def claim_letter(url: str, settings: Settings, *, organization: str) -> Letter:
    """Write to somebody who says that they work for an organization."""
    return _letter(
        "claim",
        _("Is this your address? (%(site)s)", site=settings.site_name),
        lead=_("Somebody asked to look after the listings of %(name)s.", name=organization),
        lines=[_("If it was you, confirm your address. A manager then decides.")],
        button=_("Confirm my address"),
        url=url,
        end=_("The link works for three days. If it was not you, do nothing."),
    )


def password_letter(url: str, settings: Settings) -> Letter:
    """Write to somebody who has forgotten the password."""
    return _letter(
        "password",
        _("A new password for %(site)s", site=settings.site_name),
        lead=_("Somebody asked for a new password for your account."),
        lines=[],
        button=_("Set a new password"),
        url=url,
        end=_("The link works once, for two hours. If it was not you, do nothing."),
    )


def _letter(
    purpose: str, subject: str, *, lead: str, lines: list[str], button: str, url: str, end: str
) -> Letter:
    shown = {
        "title": subject,
        "lead": lead,
        "lines": lines,
        "button": button,
        "url": url,
        "end": end,
    }
    return Letter(
        purpose=purpose,
        language=current_language(),
        subject=subject,
        text=render_template("email/action.txt", **shown),
        html=render_template("email/action.html", **shown),
    )
