"""Letters that ask for a confirmation, in the recipient's language and outside any request."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template, url_for
from flask_babel import gettext as _

from portal.config import Settings
from portal.directory.models import Organization, Service
from portal.i18n import long_date
from portal.mail.languages import in_language
from portal.mail.operations import Letter
from portal.upkeep.queries import Recipient

PURPOSE = "confirmation"


def confirmation_letter(
    organization: Organization,
    services: Sequence[Service],
    *,
    recipient: Recipient,
    token: str,
    stop_token: str,
    settings: Settings,
) -> Letter:
    """Ask somebody whether an organization's listings are still correct.

    Args:
        organization: whose they are.
        services: the listings that the letter names.
        recipient: who is asked.
        token: of the link that confirms.
        stop_token: of the link that turns such letters off.
        settings: of this portal.
    """
    with in_language(recipient.language, settings):
        subject = _("Still correct? The listings of %(name)s", name=organization.name)
        stop_url = url_for("upkeep_links.stop", token=stop_token, _external=True)
        shown = {
            "title": subject,
            "lead": _(
                "Owners of small manufacturers find you at %(site)s. One click says that what "
                "they read there is still correct.",
                site=settings.site_name,
            ),
            "lines": [_line(service) for service in services],
            "button": _("Look and confirm"),
            "url": url_for("upkeep_links.confirm", token=token, _external=True),
            "end": _(
                "You get this because you are a contact of %(name)s. The link works for 30 days. "
                "No more such letters: %(url)s",
                name=organization.name,
                url=stop_url,
            ),
        }
        return Letter(
            purpose=PURPOSE,
            language=recipient.language,
            subject=subject,
            text=render_template("email/action.txt", **shown),
            html=render_template("email/action.html", **shown),
            unsubscribe_url=stop_url,
        )


def _line(service: Service) -> str:
    if service.assured_date is None:
        return str(_("%(program)s: not yet confirmed", program=service.name))
    return str(
        _(
            "%(program)s: last confirmed on %(date)s",
            program=service.name,
            date=long_date(service.assured_date),
        )
    )
