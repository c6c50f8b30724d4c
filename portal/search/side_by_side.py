"""Words side by side → the documents that have enough of them, however they are called (pure)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from pyroaring import BitMap

from portal.search.analysis import REQUEST_WORDS, all_words
from portal.search.analysis import stem as stem_of
from portal.search.compounds import OtherWay, other_ways
from portal.search.finding import Finder, Found, Scores, Stems, Trace
from portal.search.formula import FORMULA, Formula
from portal.search.parsing import Word
from portal.search.synonyms import Synonyms, Widening

Correct = Callable[[str, Callable[[str], int]], str | None]


@dataclass(frozen=True, slots=True)
class Spelled:
    """What a word is looked for as, and what it counts: less when it had to be corrected."""

    stems: Stems
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Finds words that stand side by side in a request.

    `correct` returns the likeliest spelling of a word that no document has, or None; it is told
    how many documents have a word together with the rest of the request.
    """

    finder: Finder
    synonyms: Synonyms
    correct: Correct
    formula: Formula = FORMULA

    def find(self, words: Sequence[Word], trace: Trace) -> Found | None:
        """Find documents that have enough of the words, or of what else they are called."""
        asked = [n for n, w in enumerate(words) if not w.is_common and not _says_nothing(w)]
        asked = asked or [n for n, w in enumerate(words) if not w.is_common]
        if not asked:
            return None
        ways = other_ways(self.finder, [word.spoken for word in words], self.synonyms.is_term)
        spelled = self._spelled(words, asked, ways, trace)
        direct = self._direct(words, asked, spelled, trace)
        covered = {n: found.documents.copy() for n, found in direct.items()}
        scores = sum((found.scores for found in direct.values()), self.finder.zeros())

        def cover(other: OtherWay | Widening, found: Found) -> bool:
            """Remember documents that have words otherwise; False when nobody asked for them."""
            stood_for = [n for n in range(other.start, other.end) if n in covered]
            if not stood_for or not found.documents:
                return False
            for n in stood_for:
                covered[n] |= found.documents
            typed = " ".join(word.spoken for word in words[other.start : other.end])
            trace.note(typed, other.spoken, other.stems)
            return True

        for way in ways:
            if cover(way, way.found):
                scores += self._otherwise(direct, way)
        for widening in self._widenings(spelled, ways):
            found = self.finder.together(widening.stems)
            if cover(widening, found):
                sure = min(word.weight for word in spelled[widening.start : widening.end])
                scores += np.float32(widening.weight * sure) * found.scores
        trace.unknown.extend(words[n].spoken for n in asked if not covered[n])
        return self._enough([documents for documents in covered.values() if documents], scores)

    def _spelled(
        self, words: Sequence[Word], asked: Sequence[int], ways: Sequence[OtherWay], trace: Trace
    ) -> list[Spelled]:
        """Correct each word that no listing has, in whatever way it is written."""
        spelled = [Spelled((word.stem,)) for word in words]
        others = [self.finder.stem(words[n].stem).documents for n in asked]

        def beside(known: str) -> int:
            documents = self.finder.stem(stem_of(known)).documents
            return sum(documents.intersection_cardinality(other) for other in others)

        for n in asked:
            word = words[n]
            known_otherwise = any(way.start <= n < way.end for way in ways)
            if known_otherwise or self.finder.snapshot.frequency(word.stem):
                continue
            if better := self.correct(word.spoken, beside):
                trace.corrected[word.spoken] = better
                stems = tuple(stem_of(part) for part in better.split())
                spelled[n] = Spelled(stems, self.formula.corrected)
        return spelled

    def _direct(
        self,
        words: Sequence[Word],
        asked: Sequence[int],
        spelled: Sequence[Spelled],
        trace: Trace,
    ) -> dict[int, Found]:
        """Find each word as it is spelled."""
        direct = {}
        for n in asked:
            typed, stems = words[n].spoken, spelled[n].stems
            trace.asked.extend(stems)
            found = self.finder.together(stems)
            if found.documents:
                trace.note(typed, trace.corrected.get(typed, typed), stems)
            direct[n] = Found(found.documents, np.float32(spelled[n].weight) * found.scores)
        return direct

    def _otherwise(self, direct: dict[int, Found], way: OtherWay) -> Scores:
        """Return what another way of writing adds: a document counts by the better of the two."""
        own = [direct[n].scores for n in range(way.start, way.end) if n in direct]
        better: Scores = np.maximum(way.found.scores - np.sum(own, axis=0), 0)
        return better

    def _widenings(
        self, spelled: Sequence[Spelled], ways: Sequence[OtherWay]
    ) -> Iterator[Widening]:
        """Yield what else the words are called, by their places in the request."""
        flat = [(stem, n) for n, word in enumerate(spelled) for stem in word.stems]
        known: set[Stems] = set()
        for w in self.synonyms.widenings([stem for stem, _ in flat]):
            known.add(w.stems)
            yield replace(w, start=flat[w.start][1], end=flat[w.end - 1][1] + 1)
        for way in ways:
            for w in self.synonyms.widenings(all_words(way.spoken)):
                if w.stems not in known:
                    known.add(w.stems)
                    yield replace(w, start=way.start, end=way.end)

    def _enough(self, covered: Sequence[BitMap], scores: Scores) -> Found:
        """Keep the documents that cover enough of what was asked, or the most that any does."""
        if not covered:
            return self.finder.nothing()
        share = self.finder.zeros()
        weights = [self._rarity(len(documents)) for documents in covered]
        for documents, weight in zip(covered, weights, strict=True):
            share[np.asarray(documents, dtype=np.uint32)] += weight / sum(weights)
        # One or two words: all of them. More: a share of them, rare ones counting more.
        needed = 1.0 if len(covered) <= 2 else self.formula.enough
        needed = min(needed, float(share.max()))
        documents = BitMap(np.flatnonzero(share >= needed - 1e-5).astype(np.uint32))
        return Found(documents, scores).kept(documents)

    def _rarity(self, frequency: int) -> float:
        return math.log(len(self.finder.snapshot.documents) / (frequency + 1)) + 1.0


def _says_nothing(word: Word) -> bool:
    return word.spoken.lower() in REQUEST_WORDS
