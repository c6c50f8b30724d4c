"""What a search that found nothing, or almost nothing, says of help that is missing (pure).

Only what was wanted is kept: words without order, filters, regions. What could tell who asked is
dropped here: addresses, long numbers, the ZIP itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.search.analysis import REQUEST_WORDS, fold, spoken_words
from portal.search.query import SearchQuery

ZERO = "zero"
NEAR_ZERO = "near-zero"
KINDS = (ZERO, NEAR_ZERO)
NEAR_ZERO_AT_MOST = 2  # results
LONGEST_WORDS = 120  # characters
TELLING_DIGITS = 5  # in one word: a ZIP, a phone, an account
TELLING_DIGITS_IN_A_ROW = 7  # over several words: 508 555 1234

NUMBER = re.compile(r"[\d().+/-]+")


@dataclass(frozen=True, slots=True)
class Demand:
    """What was wanted and hardly found; equal ones of a day are counted together."""

    words: str
    facets: str
    near: str
    kind: str


def demand_of(query: SearchQuery, total: int, regions: Iterable[str] = ()) -> Demand | None:
    """Return what to count of a search; None when it found enough or asked for nothing.

    Args:
        query: what was asked.
        total: how many programs were found.
        regions: the codes of the regions that its ZIP may lie in.
    """
    if total > NEAR_ZERO_AT_MOST or query.page > 1:
        return None
    words, facets = wanted_words(query.text), wanted_facets(query)
    if not words and not facets:
        return None
    near = ",".join(sorted(regions)) if query.near else ""
    return Demand(words, facets, near, NEAR_ZERO if total else ZERO)


def wanted_words(text: str) -> str:
    """Return the content words of a text: folded, distinct, sorted, none that tells who asks."""
    kept: set[str] = set()
    for token in _untelling(text.split()):
        kept.update(
            fold(word)
            for word, _, is_common in spoken_words(token)
            if not is_common and fold(word) not in REQUEST_WORDS
        )
    line = ""
    for word in sorted(kept):
        longer = f"{line} {word}".lstrip()
        if len(longer) <= LONGEST_WORDS:
            line = longer
    return line


def wanted_facets(query: SearchQuery) -> str:
    """Return the chosen filters in one way of writing: `cost=free,loan;region=central`."""
    return ";".join(f"{facet}={','.join(sorted(values))}" for facet, values in sorted(query.facets))


def _untelling(tokens: Sequence[str]) -> list[str]:
    """Return the tokens without mail addresses and without long numbers, also spread ones."""
    kept: list[str] = []
    numbers: list[str] = []
    for token in (*tokens, ""):
        if NUMBER.fullmatch(token):
            numbers.append(token)
            continue
        if _digits("".join(numbers)) < TELLING_DIGITS_IN_A_ROW:
            kept.extend(numbers)
        numbers = []
        kept.append(token)
    return [token for token in kept if "@" not in token and _digits(token) < TELLING_DIGITS]


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)
