"""A known word that was probably meant to be another: "machine ship" → "machine shop" (pure).

Asked only when a request finds almost nothing: then each word that stands beside none of its
neighbors in any listing is tried with one edit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from portal.search.analysis import stem
from portal.search.finding import Finder
from portal.search.parsing import Node, Phrase, Request, Word

ALMOST_NOTHING = 2  # programs
NO_ACCIDENT = 2  # times that two words stand side by side

Near = Callable[[str], Iterable[str]]


def probably_meant(finder: Finder, request: Node, near: Near) -> tuple[str, str] | None:
    """Return (word, what was probably meant); None when no word seems out of place.

    Args:
        finder: looks words up.
        request: what was asked.
        near: known words at most one edit away from a word.
    """
    spoken = _words(request)
    stems = [stem(word) for word in spoken]
    tries = [
        (_beside(finder, stems, place, stem(other)), other[0] == word[0].lower(), other, word)
        for place, word in enumerate(spoken)
        if not _beside(finder, stems, place, stems[place])
        for other in near(word)
        if stem(other) != stems[place]
    ]
    count, _, other, word = max(tries, default=(0, False, "", ""))
    return (word, other) if count >= NO_ACCIDENT else None


def _words(request: Node) -> list[str]:
    """Return the words of a request without operators, or of one phrase; common ones left out."""
    match request:
        case Phrase():
            return list(request.spoken)
        case Request((Phrase() as phrase,)):
            return list(phrase.spoken)
        case Request(nodes) if all(isinstance(node, Word) for node in nodes):
            words = [node for node in nodes if isinstance(node, Word)]
            return [word.spoken for word in words if not word.is_common]
    return []


def _beside(finder: Finder, stems: Sequence[str], place: int, word: str) -> int:
    """Return in how many listings a word at a place stands beside its neighbors."""
    before = finder.phrase((stems[place - 1], word)).documents if place else None
    after = finder.phrase((word, stems[place + 1])).documents if place + 1 < len(stems) else None
    return len(before or ()) + len(after or ())
