"""What to suggest while somebody types: names that begin so, then names with such a word (pure).

Sorted prefixes over folded words: each name is filed under every word that it has, together with
the words after it, so that a bisection finds both "lean" and "lean coaching".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from portal.search.analysis import fold

KINDS = ("topic", "listing", "organization")  # in the order they are shown
MOST = 8
MOST_OF_KIND = 3  # while other kinds have something to say
LONGEST_LABEL = 90  # characters
SCANNED = 2_000  # keys that begin so; a letter or two of a nation's names would be more
SHORTEST_CORRECTED = 4  # letters
TWO_EDITS_FROM = 8  # letters
LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a page: its kind, its slug, the name it is shown by, the others it goes by.

    `weight` orders those that fit alike: the programs behind it.
    """

    kind: str
    slug: str
    name: str
    other_names: tuple[str, ...] = ()
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of the list."""

    kind: str
    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The lines, best first, and the words they were found by if those typed found nothing."""

    found: tuple[Suggestion, ...]
    corrected: str | None = None


Rank = tuple[bool, bool, int, str]  # inside, by another name, -weight, folded name


class Suggester:
    """Answers from the names of one state of the catalogue; never changed once built."""

    def __init__(self, things: Sequence[Named], *, generation: int = 0) -> None:
        self.generation = generation
        self._things = tuple(things)
        entries = sorted(set(_entries(self._things)))
        self._keys = [key for key, _, _, _ in entries]
        self._entries = [(number, inside, other) for _, number, inside, other in entries]
        self._folded = [plain(thing.name) for thing in self._things]
        words = Counter(
            word
            for thing in self._things
            for name in (thing.name, *thing.other_names)
            for word in plain(name).split()
        )
        self._words = {word: count for word, count in words.items() if word.isalpha()}

    def suggest(self, typed: str, *, limit: int = MOST) -> Suggestions:
        """Return what begins as typed, else what has all its words, else the same corrected.

        Args:
            typed: as it stands in the box, the last word perhaps unfinished.
            limit: lines at most.
        """
        asked = plain(typed)
        if not asked:
            return Suggestions(())
        if found := self._ranked(asked):
            return Suggestions(self._mixed(found, limit))
        better = " ".join(self._correct(word) or word for word in asked.split())
        if better != asked and (found := self._ranked(better)):
            return Suggestions(self._mixed(found, limit), better)
        return Suggestions(())

    def _ranked(self, asked: str) -> dict[int, Rank]:
        return self._starting(asked) or self._with_all_words(asked.split())

    def _starting(self, prefix: str) -> dict[int, Rank]:
        """Return the things that have a name in which these words stand side by side."""
        first = bisect_left(self._keys, prefix)
        last = min(bisect_left(self._keys, prefix + LAST, first), first + SCANNED)
        best: dict[int, Rank] = {}
        for number, inside, other in self._entries[first:last]:
            rank = (inside, other, -self._things[number].weight, self._folded[number])
            if number not in best or rank < best[number]:
                best[number] = rank
        return best

    def _with_all_words(self, words: Sequence[str]) -> dict[int, Rank]:
        """Return the things whose names have words that begin so, in any order."""
        if len(words) < 2:
            return {}
        each = [self._starting(word) for word in words]
        common = set(each[0]).intersection(*each[1:])
        return {
            number: (True, max(ranks[number][1] for ranks in each), *each[0][number][2:])
            for number in common
        }

    def _mixed(self, ranks: dict[int, Rank], limit: int) -> tuple[Suggestion, ...]:
        """Return the best of each kind, spare places going to whoever has more.

        What begins as typed stands before what has the word inside; within that, kind by kind.
        """
        by_kind: dict[str, list[int]] = {kind: [] for kind in KINDS}
        for number in sorted(ranks, key=ranks.__getitem__):
            by_kind[self._things[number].kind].append(number)
        taken = [number for numbers in by_kind.values() for number in numbers[:MOST_OF_KIND]]
        spare = [number for numbers in by_kind.values() for number in numbers[MOST_OF_KIND:]]
        if len(taken) > limit:
            taken = sorted(taken, key=ranks.__getitem__)[:limit]
        taken += sorted(spare, key=ranks.__getitem__)[: limit - len(taken)]
        taken.sort(key=lambda n: (ranks[n][0], KINDS.index(self._things[n].kind), ranks[n]))
        return tuple(
            Suggestion(thing.kind, thing.slug, shortened(thing.name))
            for thing in (self._things[number] for number in taken)
        )

    def _correct(self, word: str) -> str | None:
        """Return the word of a name that a word, perhaps unfinished, was probably meant to be."""
        if self._is_known(word) or len(word) < SHORTEST_CORRECTED or not word.isalpha():
            return None
        limit = 2 if len(word) >= TWO_EDITS_FROM else 1
        near: dict[str, int] = {}
        beginnings = {known: known[: len(word)] for known in self._words}
        for choices in (dict(zip(self._words, self._words, strict=True)), beginnings):
            found = process.extract(
                word, choices, scorer=OSA.distance, score_cutoff=limit, limit=None
            )
            for _, distance, known in found:
                near[known] = min(int(distance), near.get(known, limit))
        ranked = [
            (distance, known[0] != word[0], -self._words[known], known)
            for known, distance in near.items()
            if len(known) >= SHORTEST_CORRECTED
        ]
        return min(ranked)[3] if ranked else None

    def _is_known(self, word: str) -> bool:
        at = bisect_left(self._keys, word)
        return at < len(self._keys) and self._keys[at].startswith(word)


def plain(text: str) -> str:
    """Return a text as folded words with single blanks: "ISO-9001:2015" → "iso 9001 2015"."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def shortened(label: str) -> str:
    """Return a label that is not too long for one line of the list."""
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"


def _entries(things: Iterable[Named]) -> Iterator[tuple[str, int, bool, bool]]:
    """Yield (words, number of the thing, whether words stand before, whether another name)."""
    for number, thing in enumerate(things):
        for name in (thing.name, *thing.other_names):
            words = plain(name).split()
            is_other = name != thing.name
            for start in range(len(words)):
                yield " ".join(words[start:]), number, start > 0, is_other
            if len(words) > 1:  # "iso9001" means ISO 9001
                yield "".join(words), number, False, is_other
