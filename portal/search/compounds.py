"""Words that some write as one and some apart: iso9001, cyber security (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from portal.search.analysis import fold, is_common, stem
from portal.search.finding import Finder, Found, Stems

SHORTEST_HALF = 3  # letters of each half; one less when a digit is among them
EDGE = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")  # between a letter and a digit

IsTerm = Callable[[Stems], bool]


@dataclass(frozen=True, slots=True)
class OtherWay:
    """How listings also write the words `start` to `end` of a request."""

    start: int
    end: int
    stems: Stems
    spoken: str
    found: Found


def other_ways(finder: Finder, spoken: Sequence[str], is_term: IsTerm) -> list[OtherWay]:
    """Return how listings also write the words of a request.

    Args:
        finder: looks the words up.
        spoken: the words of a request in order, common ones kept.
        is_term: whether synonyms know a term.
    """
    folded = [fold(word) for word in spoken]
    return [*_joined(finder, folded, is_term), *_apart(finder, folded, is_term)]


def _joined(finder: Finder, words: Sequence[str], is_term: IsTerm) -> Iterator[OtherWay]:
    """Yield two words that some listing, or a synonym, writes as one."""
    for start, (first, second) in enumerate(pairwise(words)):
        word = first + second
        stems = (stem(word),)
        if finder.snapshot.is_written(word) or is_term(stems):
            yield OtherWay(start, start + 2, stems, word, finder.all_of(stems))


def _apart(finder: Finder, words: Sequence[str], is_term: IsTerm) -> Iterator[OtherWay]:
    """Yield words that some listing writes apart; letters and digits need not stand together.

    A word of letters that no listing has is left alone: it may be a slip, and is corrected.
    """
    for start, word in enumerate(words):
        if word.isalpha() and not finder.snapshot.frequency(stem(word)):
            continue
        for first, second in _halves(word):
            kept = [half for half in (first, second) if not is_common(half)]
            stems = tuple(stem(half) for half in kept)
            together = finder.all_of(stems)
            is_edge = first[-1].isdigit() != second[0].isdigit()
            found = finder.phrase(stems) if stems else together
            if not found.documents and is_edge:
                found = together
            if found.documents or is_term((stem(first), stem(second))):
                yield OtherWay(start, start + 1, stems, f"{first} {second}", found)


def _halves(word: str) -> Iterator[tuple[str, str]]:
    edges = {match.start() for match in EDGE.finditer(word)}
    for cut in range(1, len(word)):
        first, second = word[:cut], word[cut:]
        if cut in edges or (_is_long(first) and _is_long(second)):
            yield first, second


def _is_long(half: str) -> bool:
    with_digit = any(character.isdigit() for character in half)
    return len(half) >= SHORTEST_HALF - with_digit and not is_common(half)
