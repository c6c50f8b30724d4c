"""Languages: English without prefix, the others under /es/ and /pt/; dates and numbers in words.

The prefix becomes part of SCRIPT_NAME, so that every `url_for` keeps the language by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote_plus

from babel.support import Translations
from flask import Flask, has_request_context, request
from flask_babel import force_locale, format_date, format_decimal, format_time, to_user_timezone
from flask_babel.speaklater import LazyString

from portal.config import LANGUAGES
from portal.extensions import babel

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

DEFAULT = LANGUAGES[0]
TRANSLATIONS = Path(__file__).parent / "translations"
NAMES = {"en": "English", "es": "Español", "pt": "Português"}
CARRIED_ALONG = "saved"  # a parameter that names no other page: the visitor's shortlist
HTML_LANGUAGES = {"en": "en", "es": "es", "pt": "pt-BR"}
LOCALES = {"en": "en_US", "es": "es_US", "pt": "pt_BR"}


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in one language."""

    code: str
    name: str
    url: str
    is_current: bool


class LanguagePrefix:
    """WSGI middleware that moves a leading /es or /pt from the path to SCRIPT_NAME."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve the request in the language of its address."""
        root, path = environ.get("SCRIPT_NAME", ""), environ.get("PATH_INFO", "")
        language = DEFAULT
        first = path.split("/", 2)[1] if path.startswith("/") else ""
        if first in LANGUAGES and first != DEFAULT:
            rest = path[len(first) + 1 :]
            if not rest:
                query = environ.get("QUERY_STRING", "")
                location = quote(f"{root}/{first}/") + (f"?{_sendable(query)}" if query else "")
                start_response("308 Permanent Redirect", [("Location", location)])
                return [b""]
            language = first
            environ["SCRIPT_NAME"], environ["PATH_INFO"] = f"{root}/{first}", rest
        environ["portal.language"], environ["portal.root"] = language, root
        return self.app(environ, start_response)


def _sendable(query: str) -> str:
    return quote(query, safe="%/:@!$&'()*+,;=~?[]", encoding="latin-1")


def current_language() -> str:
    """Return the language of the address being served; English outside a request."""
    if not has_request_context():
        return DEFAULT
    language: str = request.environ.get("portal.language", DEFAULT)
    return language


def _locale() -> str:
    return LOCALES[current_language()]


def language_links() -> list[LanguageLink]:
    """Return the page being served in each language, query included."""
    return _page_in_languages(request.query_string.decode("latin-1"))


def page_addresses() -> list[LanguageLink]:
    """Return the addresses by which machines know the page, without what visitors carry along."""
    parts = request.query_string.decode("latin-1").split("&")
    return _page_in_languages("&".join(p for p in parts if _name_of(p) != CARRIED_ALONG))


def _name_of(part: str) -> str:
    return unquote_plus(part.partition("=")[0])


def _page_in_languages(query: str) -> list[LanguageLink]:
    root = request.environ.get("portal.root", "")
    tail = quote(request.path, safe="/:@!$&'()*+,;=~-._") + (f"?{query}" if query else "")
    return [
        LanguageLink(
            code,
            NAMES[code],
            root + ("" if code == DEFAULT else f"/{code}") + tail,
            code == current_language(),
        )
        for code in LANGUAGES
    ]


@cache
def _catalog(language: str) -> NullTranslations:
    return Translations.load(str(TRANSLATIONS), [LOCALES[language]])


def translated(text: LazyString | str, language: str) -> str:
    """Return a marked text in a language, in English when it has no translation.

    Args:
        text: marked with `lazy_gettext`, without placeholders; a plain string stays as it is.
        language: one of LANGUAGES.
    """
    if isinstance(text, str):
        return text
    with force_locale(LOCALES[language]):
        return str(text)


def _gettext(message: str) -> str:
    return _catalog(current_language()).gettext(message)


def _ngettext(one: str, many: str, count: int) -> str:
    return _catalog(current_language()).ngettext(one, many, count)


def gettext(message: str, **variables: object) -> str:
    """Return a text in the language of the page.

    The same as Flask-Babel's, which looks its catalog up each time, for pages of hundreds of texts.
    """
    text = _gettext(message)
    return text % variables if variables else text


def _pgettext(context: str, message: str) -> str:
    return _catalog(current_language()).pgettext(context, message)


def _npgettext(context: str, one: str, many: str, count: int) -> str:
    return _catalog(current_language()).npgettext(context, one, many, count)


def long_date(value: date | datetime) -> str:
    """Write a date as people say it: 12 March 2026."""
    pattern = "d MMMM y" if current_language() == "en" else "long"
    return str(format_date(value, pattern))


def month(value: str) -> str:
    """Write a month: "2021-10" → October 2021; anything else is returned as it is."""
    try:
        first = datetime.strptime(value, "%Y-%m").date()  # noqa: DTZ007  a month has no time zone
    except ValueError:
        return value
    return str(format_date(first, "MMMM y" if current_language() == "en" else "MMMM 'de' y"))


def moment(value: datetime) -> str:
    """Write a moment as people say it, in the time of the state: 12 March 2026, 3:05 PM."""
    day = long_date(to_user_timezone(value).date())
    return f"{day}, {format_time(value, 'short')}"


def number(value: float) -> str:
    """Write a number with the separators of the language."""
    return str(format_decimal(value))


def init_app(app: Flask) -> None:
    """Bind Babel, the middleware and the filters."""
    app.config["BABEL_DEFAULT_LOCALE"] = LOCALES[DEFAULT]
    app.config["BABEL_DEFAULT_TIMEZONE"] = "America/New_York"
    babel.init_app(app, locale_selector=_locale)
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]  # Flask's own way
    # Templates ask some two hundred times a page, and Flask-Babel looks its catalog up each time.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of an extension
        _gettext, _ngettext, newstyle=True, pgettext=_pgettext, npgettext=_npgettext
    )
    filters: dict[str, Any] = {
        "date": long_date,
        "moment": moment,
        "month": month,
        "number": number,
    }
    app.jinja_env.filters.update(filters)

    @app.context_processor
    def language_values() -> dict[str, Any]:
        language = current_language()
        shared = {"current_language": language, "html_lang": HTML_LANGUAGES[language]}
        if not has_request_context():
            return {**shared, "languages": [], "page_addresses": [], "canonical_url": ""}
        addresses = page_addresses()
        own = next(link.url for link in addresses if link.is_current)
        return {
            **shared,
            "languages": language_links(),
            "page_addresses": addresses,
            "canonical_url": request.host_url[:-1] + own,
        }
