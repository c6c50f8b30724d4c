"""What people read for the fields that are searched."""

from __future__ import annotations

from functools import cache

from flask_babel import lazy_gettext as _l

from portal.i18n import current_language, translated

# Translators: parts of a listing, as in "Found: training · topics, summary".
FIELD_NAMES = {
    "name": _l("name"),
    "alternate_name": _l("former names"),
    "topics": _l("topics"),
    "summary": _l("summary"),
    "description": _l("description"),
    "conditions": _l("conditions"),
    "organization": _l("organization"),
    "industries": _l("industries"),
    "tags": _l("kind of help, cost or place"),
}


def field_names() -> dict[str, str]:
    """Return the names of the searched fields in the language of the page."""
    return _names_in(current_language())


@cache
def _names_in(language: str) -> dict[str, str]:
    return {field: translated(name, language) for field, name in FIELD_NAMES.items()}
