"""Marks the words that made a service match, by Whoosh's highlighter (pure)."""

from __future__ import annotations

from collections.abc import Collection

from markupsafe import Markup, escape
from whoosh import highlight

from portal.search.analysis import ANALYZER
from portal.search.query import Match, Reason, SearchPage
from portal.search.snapshot import Snapshot

EXCERPT_CHARS = 180
EXCERPT_SURROUND = 60
MOST_REASONS = 4


class _Marks(highlight.HtmlFormatter):  # type: ignore[misc]  # Whoosh carries no types
    """Puts <mark> around a match; everything else is escaped."""

    template = "<mark>%(t)s</mark>"

    def format_token(self, text: str, token: object, replace: bool = False) -> str:
        marked: str = self.template % {"t": self._text(highlight.get_text(text, token, replace))}
        return marked


def explain(snapshot: Snapshot, number: int, result: SearchPage) -> Match:
    """Return a service's name and summary with the matching words marked.

    Args:
        snapshot: the index that found it.
        number: its document number.
        result: the page that it stands on, with what was looked for.

    Returns:
        The texts, the fields that match, what of the request matches and as what, and an excerpt
        of the description when it matches and neither name nor summary do.
    """
    document, stems = snapshot.documents[number], result.stems
    wanted = {snapshot.term_numbers.get(stem, -1) for stem in stems}
    fields = tuple(
        f for f, texts in snapshot.sequences.items() if wanted.intersection(texts[number])
    )
    name, summary = document.name, document.texts["summary"]
    is_shown = "name" in fields or "summary" in fields
    return Match(
        mark(name, stems) if "name" in fields else escape(name),
        mark(summary, stems) if "summary" in fields else escape(summary),
        None
        if is_shown or "description" not in fields
        else _excerpt(document.texts["description"], stems),
        fields,
        _reasons(snapshot, number, result),
    )


def _reasons(snapshot: Snapshot, number: int, result: SearchPage) -> tuple[Reason, ...]:
    """Return what of a request a document has: own words first, then what else they are called."""
    has = {term for texts in snapshot.sequences.values() for term in texts[number]}
    own = [r for r in result.reasons if all(snapshot.term_numbers.get(s) in has for s in r.stems)]
    direct = [r for r in own if r.typed == r.found_as]
    named = {r.typed for r in direct}
    others = {r.typed: r for r in reversed(own) if r.typed not in named}
    once = {reason.typed: reason for reason in reversed(direct)}  # a star stands for many words
    return (*reversed(once.values()), *reversed(others.values()))[:MOST_REASONS]


def mark(text: str, stems: Collection[str]) -> Markup:
    """Return a whole text with the matching words marked."""
    if not stems:
        return escape(text)
    marked = highlight.highlight(
        text, stems, ANALYZER, highlight.WholeFragmenter(), _Marks(), top=1
    )
    return Markup(marked) if marked else escape(text)  # noqa: S704  the formatter escapes


def _excerpt(text: str, stems: Collection[str]) -> Markup | None:
    fragmenter = highlight.ContextFragmenter(maxchars=EXCERPT_CHARS, surround=EXCERPT_SURROUND)
    marked = highlight.highlight(text, stems, ANALYZER, fragmenter, _Marks(between=" … "), top=2)
    return Markup(marked) if marked else None  # noqa: S704  the formatter escapes
