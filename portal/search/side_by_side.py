"""Words side by side → the documents that have enough of them, however they are called (pure)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from pyroaring import BitMap

from portal.search.analysis import REQUEST_WORDS
from portal.search.analysis import stem as stem_of
from portal.search.finding import Finder, Found, Scores, Trace
from portal.search.formula import FORMULA, Formula
from portal.search.parsing import Word
from portal.search.synonyms import Synonyms

Correct = Callable[[str, Callable[[str], int]], str | None]


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
        asked = [w for w in words if not w.is_common and w.spoken.lower() not in REQUEST_WORDS]
        asked = asked or [w for w in words if not w.is_common]
        if not asked:
            return None
        places = {id(word): place for place, word in enumerate(asked)}
        covered, scores = self._direct(asked, trace)
        for widening in self.synonyms.widenings([word.stem for word in words]):
            found = self.finder.together(widening.stems)
            stands_for = words[widening.start : widening.end]
            stood_for = [places[id(w)] for w in stands_for if id(w) in places]
            if found.documents and stood_for:
                scores += widening.weight * found.scores
                typed = " ".join(word.spoken for word in stands_for)
                trace.note(typed, widening.spoken, widening.stems)
                for place in stood_for:
                    covered[place] |= found.documents
        return self._enough(asked, covered, scores, trace)

    def _direct(self, asked: Sequence[Word], trace: Trace) -> tuple[list[BitMap], Scores]:
        """Find each word, corrected where no listing has it."""
        covered, scores = [], self.finder.zeros()
        others = [self.finder.stem(word.stem).documents for word in asked]

        def beside(known: str) -> int:
            documents = self.finder.stem(stem_of(known)).documents
            return sum(documents.intersection_cardinality(other) for other in others)

        for word in asked:
            stems: tuple[str, ...] = (word.stem,)
            weight = 1.0
            if not self.finder.snapshot.frequency(word.stem):
                better = self.correct(word.spoken, beside)
                if better:
                    trace.corrected[word.spoken] = better
                    stems = tuple(stem_of(part) for part in better.split())
                    weight = self.formula.corrected
            trace.asked.extend(stems)
            found = self.finder.together(stems)
            if found.documents:
                trace.note(word.spoken, trace.corrected.get(word.spoken, word.spoken), stems)
            covered.append(found.documents)
            scores += weight * found.scores
        return covered, scores

    def _enough(
        self, asked: Sequence[Word], covered: list[BitMap], scores: Scores, trace: Trace
    ) -> Found:
        """Keep the documents that cover enough of what was asked, or the most that any does."""
        known = [place for place, documents in enumerate(covered) if documents]
        trace.unknown.extend(w.spoken for place, w in enumerate(asked) if place not in known)
        if not known:
            return self.finder.nothing()
        share = self.finder.zeros()
        weights = {place: self._rarity(len(covered[place])) for place in known}
        whole = sum(weights.values())
        for place in known:
            share[np.asarray(covered[place], dtype=np.uint32)] += weights[place] / whole
        # One or two words: all of them. More: a share of them, rare ones counting more.
        needed = 1.0 if len(known) <= 2 else self.formula.enough
        needed = min(needed, float(share.max()))
        documents = BitMap(np.flatnonzero(share >= needed - 1e-5).astype(np.uint32))
        return Found(documents, scores).kept(documents)

    def _rarity(self, frequency: int) -> float:
        return math.log(len(self.finder.snapshot.documents) / (frequency + 1)) + 1.0
