"""Letters that ask for a confirmation, in the recipient's language and outside any request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from flask import current_app, render_template, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from portal.config import LANGUAGES, Settings
from portal.directory.models import Organization, Service
from portal.i18n import LOCALES, long_date
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
    with _in_language(recipient.language, settings):
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


@contextmanager
def _in_language(language: str, settings: Settings) -> Iterator[None]:
    """Speak a language, with addresses as visitors reach the portal."""
    prefix = "" if language == LANGUAGES[0] else f"/{language}"
    request = current_app.test_request_context(
        base_url=f"{settings.public_url}{prefix}/",
        environ_overrides={"portal.language": language},
    )
    with request, force_locale(LOCALES[language]):
        yield
