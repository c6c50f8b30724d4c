"""What one snapshot has of stems: alone, together, as a phrase, by their beginning (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from portal.search.query import Reason
from portal.search.snapshot import Snapshot

Scores = NDArray[np.float32]
Stems = tuple[str, ...]


@dataclass(slots=True)
class Trace:
    """What was found on the way.

    `asked` are the stems of the request, `stems` all that were looked for and found (to highlight),
    `unknown` the words that no listing has, `corrected` maps a word to what was searched instead.
    """

    asked: list[str] = field(default_factory=list)
    stems: set[str] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)

    def note(self, typed: str, found_as: str, stems: Stems) -> None:
        """Remember what was looked for, for whom it will be found."""
        self.stems.update(stems)
        self.reasons.append(Reason(typed, found_as, stems))


@dataclass(frozen=True, slots=True)
class Found:
    """Matching documents, and a score for each document (0 where it does not match)."""

    documents: BitMap
    scores: Scores

    def kept(self, documents: BitMap) -> Found:
        """Return the same without the documents that are not named."""
        scores = np.zeros_like(self.scores)
        numbers = np.asarray(documents, dtype=np.uint32) if documents else np.empty(0, np.uint32)
        scores[numbers] = self.scores[numbers]
        return Found(documents, scores)


@dataclass(frozen=True, slots=True)
class Finder:
    """Looks stems up in a snapshot."""

    snapshot: Snapshot

    def zeros(self) -> Scores:
        """Return a score of 0 for each document."""
        return np.zeros(len(self.snapshot.documents), np.float32)

    def nothing(self) -> Found:
        """Return that no document matches."""
        return Found(BitMap(), self.zeros())

    def stem(self, stem: str) -> Found:
        """Return the documents that have a stem."""
        docs, impacts = self.snapshot.postings(stem)
        scores = self.zeros()
        scores[docs] = impacts
        return Found(BitMap(docs), scores)

    def together(self, stems: Stems) -> Found:
        """Return the documents that have all stems somewhere, scored by their mean."""
        whole = self.all_of(stems)
        return Found(whole.documents, whole.scores / np.float32(max(1, len(stems))))

    def any_of(self, stems: Stems) -> Found:
        """Return the documents that have some of the stems, scored by the best of them."""
        scores = self.zeros()
        for stem in stems:
            docs, impacts = self.snapshot.postings(stem)
            scores[docs] = np.maximum(scores[docs], impacts)
        return Found(BitMap(np.flatnonzero(scores).astype(np.uint32)), scores)

    def phrase(self, stems: Stems) -> Found:
        """Return the documents that have stems one after the other in one field."""
        whole = self.all_of(stems)
        if len(stems) < 2:
            return whole
        numbers = [self.snapshot.term_numbers.get(stem, -1) for stem in stems]
        return whole.kept(BitMap(d for d in whole.documents if self._follows(d, numbers)))

    def all_of(self, stems: Stems) -> Found:
        """Return the documents that have all stems somewhere, scored by their sum."""
        parts = [self.stem(stem) for stem in stems]
        if not parts:
            return self.nothing()
        documents = reduce(BitMap.intersection, [part.documents for part in parts])
        return Found(documents, sum((part.scores for part in parts), self.zeros())).kept(documents)

    def _follows(self, document: int, numbers: Sequence[int]) -> bool:
        size = len(numbers)
        for texts in self.snapshot.sequences.values():
            text = texts[document].tolist()
            for start in range(len(text) - size + 1):
                if text[start : start + size] == numbers:
                    return True
        return False
