"""The likeliest word that was meant, from the catalogue's own words (pure)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from portal.search.analysis import fold, spoken_words, stem

SHORTEST = 4  # letters; a shorter word is left as it is
TWO_EDITS_FROM = 8  # letters
SHORTEST_HALF = 3  # letters of each half of two words that were typed as one

Beside = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Speller:
    """Corrects words that no listing has.

    `frequencies` counts each word as it is written, `beginnings` the words that begin so, by first
    letter.
    """

    frequencies: dict[str, int]
    beginnings: dict[str, dict[str, int]] = field(default_factory=dict)

    def correct(self, word: str, beside: Beside = lambda _known: 0) -> str | None:
        """Return the word that was probably meant; None when nothing is near.

        Near is one edit (a letter wrong, missing, extra or swapped with its neighbor), two in
        words of eight letters or more. Among words equally near, one that stands in listings
        beside the other words of the request wins, then one with the same first letter, then
        the one that the catalogue uses more often. Two words typed as one are taken apart.

        Args:
            word: as typed.
            beside: how many listings have a word together with the rest of the request.
        """
        typed = fold(word)
        if len(typed) < SHORTEST or any(character.isdigit() for character in typed):
            return None
        limit = 2 if len(typed) >= TWO_EDITS_FROM else 1
        near = process.extract(
            typed, self.frequencies.keys(), scorer=OSA.distance, score_cutoff=limit, limit=None
        )
        ranked = [
            (distance, not beside(known), known[0] != typed[0], -self.frequencies[known], known)
            for known, distance, _ in near
            if len(known) >= SHORTEST
        ]
        if not any(distance == 1 for distance, *_ in ranked):
            apart = self._apart(typed)
            if apart:
                return apart
        return min(ranked)[-1] if ranked else None

    def near(self, word: str) -> list[str]:
        """Return the known words that are one edit away from a word."""
        typed = fold(word)
        if len(typed) < SHORTEST:
            return []
        found = process.extract(
            typed, self.frequencies.keys(), scorer=OSA.distance, score_cutoff=1, limit=None
        )
        return [known for known, distance, _ in found if distance and len(known) >= SHORTEST]

    def correct_beginning(self, text: str) -> str | None:
        """Return the beginning of a known word that was probably meant; None when none is near.

        Near is one edit; the first letter is taken to be right. Of those equally near the one that
        more of the catalogue's words begin with wins.
        """
        typed = fold(text)
        if len(typed) < SHORTEST or not typed.isalpha():
            return None
        alike = self.beginnings.get(typed[0], {})
        near = process.extract(typed, alike.keys(), scorer=OSA.distance, score_cutoff=1, limit=None)
        ranked = [(-alike[known], len(known) < len(typed), known) for known, _, _ in near]
        return min(ranked)[-1] if ranked else None

    def _apart(self, typed: str) -> str | None:
        """Return two known words that were typed as one, the commoner pair first."""
        halves = [
            (typed[:cut], typed[cut:])
            for cut in range(SHORTEST_HALF, len(typed) - SHORTEST_HALF + 1)
        ]
        known = [
            (min(self.frequencies[first], self.frequencies[second]), f"{first} {second}")
            for first, second in halves
            if first in self.frequencies and second in self.frequencies
        ]
        return max(known)[1] if known else None


def learn(texts: Iterable[str]) -> Speller:
    """Build a speller from the catalogue's texts, common words left out."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(fold(w) for w, _, is_common in spoken_words(text) if not is_common)
    frequencies = {word: n for word, n in counts.items() if word.isalpha() and stem(word)}
    return Speller(frequencies, _beginnings(frequencies))


def _beginnings(frequencies: dict[str, int]) -> dict[str, dict[str, int]]:
    beginnings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word, times in frequencies.items():
        for size in range(SHORTEST - 1, len(word) + 1):
            beginnings[word[0]][word[:size]] += times
    return {letter: dict(counts) for letter, counts in beginnings.items()}
