"""A text that managers wrote, in the language of the page; English, marked so, where that lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape

from portal.i18n import DEFAULT, current_language, translated


class English(str):
    """English words within a page of another language: as text plain, in HTML marked."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return the words as HTML that says their language."""
        return Markup('<span lang="en">{}</span>').format(escape(str(self)))


@dataclass(frozen=True, slots=True)
class EditedText:
    """A text with what managers wrote for it by language, and what the portal ships.

    Once the English was changed, a shipped translation says something else and is not used.
    """

    written: Mapping[str, str]
    shipped: LazyString | str = ""

    def __str__(self) -> str:
        """Return the text in the language of the page."""
        return str(self.shown())

    def __html__(self) -> str:
        """Return the text as HTML."""
        return str(escape(self.shown()))

    def shown(self) -> str:
        """Return the text in the language of the page, English where there is none."""
        language = current_language()
        own = self.written.get(language) or ""
        english = self.written.get(DEFAULT) or ""
        if own:
            return own
        if not english:
            return translated(self.shipped, language)
        return English(english)


def written_in(content: Mapping[str, Any], name: str) -> dict[str, str]:
    """Return the texts of a field by language: `label` is English, `label_es` Spanish."""
    return {
        language: content.get(name if language == DEFAULT else f"{name}_{language}") or ""
        for language in ("en", "es", "pt")
    }
