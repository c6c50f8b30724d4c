"""Words side by side → the documents that have enough of them, however they are called (pure)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from pyroaring import BitMap

from portal.search.analysis import REQUEST_WORDS
from portal.search.analysis import stem as stem_of
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
        spelled = self._spelled(words, asked, trace)
        covered, scores = self._direct(words, asked, spelled, trace)
        for widening in self._widenings(spelled):
            found = self.finder.together(widening.stems)
            stood_for = range(widening.start, widening.end)
            if found.documents and any(n in covered for n in stood_for):
                weight = widening.weight * min(spelled[n].weight for n in stood_for)
                scores += np.float32(weight) * found.scores
                typed = " ".join(words[n].spoken for n in stood_for)
                trace.note(typed, widening.spoken, widening.stems)
                for n in stood_for:
                    if n in covered:
                        covered[n] |= found.documents
        trace.unknown.extend(words[n].spoken for n in asked if not covered[n])
        return self._enough([documents for documents in covered.values() if documents], scores)

    def _spelled(self, words: Sequence[Word], asked: Sequence[int], trace: Trace) -> list[Spelled]:
        """Correct each word that no listing has."""
        spelled = [Spelled((word.stem,)) for word in words]
        others = [self.finder.stem(words[n].stem).documents for n in asked]

        def beside(known: str) -> int:
            documents = self.finder.stem(stem_of(known)).documents
            return sum(documents.intersection_cardinality(other) for other in others)

        for n in asked:
            word = words[n]
            if self.finder.snapshot.frequency(word.stem):
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
    ) -> tuple[dict[int, BitMap], Scores]:
        """Find each word as it is spelled."""
        covered, scores = {}, self.finder.zeros()
        for n in asked:
            typed, stems = words[n].spoken, spelled[n].stems
            trace.asked.extend(stems)
            found = self.finder.together(stems)
            if found.documents:
                trace.note(typed, trace.corrected.get(typed, typed), stems)
            covered[n] = found.documents
            scores += np.float32(spelled[n].weight) * found.scores
        return covered, scores

    def _widenings(self, spelled: Sequence[Spelled]) -> Iterator[Widening]:
        """Yield what else the words are called, by their places in the request."""
        flat = [(stem, n) for n, word in enumerate(spelled) for stem in word.stems]
        for w in self.synonyms.widenings([stem for stem, _ in flat]):
            yield replace(w, start=flat[w.start][1], end=flat[w.end - 1][1] + 1)

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
