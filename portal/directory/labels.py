"""The labels of terms in the language of the page, translated once a language."""

from __future__ import annotations

from functools import lru_cache

from portal.directory.vocabulary import label_of
from portal.i18n import current_language, translated


def shown_label(facet: str, code: str, name: str) -> str:
    """Return what people read for a term in the language of the page.

    Args:
        facet: the taxonomy's slug.
        code: the term's code.
        name: the term's name in the catalogue, shown when no plainer label is known.
    """
    return _label_in(current_language(), facet, code) or name


@lru_cache(maxsize=10_000)
def _label_in(language: str, facet: str, code: str) -> str:
    label = label_of(facet, code, "")
    return translated(label, language) if label else ""
