"""Speaks a recipient's language outside any request, with the portal's public addresses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app
from flask_babel import force_locale

from portal.config import LANGUAGES, Settings
from portal.i18n import LOCALES


@contextmanager
def in_language(language: str, settings: Settings) -> Iterator[None]:
    """Speak a language; `url_for(…, _external=True)` leads to the portal's public address.

    Args:
        language: one of LANGUAGES.
        settings: of this portal.
    """
    prefix = "" if language == LANGUAGES[0] else f"/{language}"
    request = current_app.test_request_context(
        base_url=f"{settings.public_url}{prefix}/",
        environ_overrides={"portal.language": language},
    )
    with request, force_locale(LOCALES[language]):
        yield
