"""A parsed request against a snapshot → the documents that match and how well (pure)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from portal.search.analysis import REQUEST_WORDS
from portal.search.analysis import stem as stem_of
from portal.search.formula import FORMULA, Formula
from portal.search.parsing import All, Either, Node, Not, Phrase, Prefix, Request, Word
from portal.search.query import Reason
from portal.search.snapshot import Snapshot
from portal.search.synonyms import Synonyms

Scores = NDArray[np.float32]
Correct = Callable[[str, Callable[[str], int]], str | None]

MAX_EXPANSIONS = 100  # words that one prefix may stand for


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

    def note(self, typed: str, found_as: str, stems: tuple[str, ...]) -> None:
        """Remember what was looked for, for whom it will be found."""
        self.stems.update(stems)
        self.reasons.append(Reason(typed, found_as, stems))


@dataclass(frozen=True, slots=True)
class Found:
    """Matching documents, and a score for each document (0 where it does not match)."""

    documents: BitMap
    scores: Scores


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Answers requests from one snapshot.

    `correct` returns the likeliest spelling of a word that no document has, or None; it is told
    how many documents have a word together with the rest of the request.
    """

    snapshot: Snapshot
    synonyms: Synonyms
    correct: Correct
    formula: Formula = FORMULA

    def evaluate(  # noqa: PLR0911  one return a kind of node
        self, node: Node, trace: Trace
    ) -> Found | None:
        """Return what a node finds; None when it asks for nothing (only common words)."""
        match node:
            case Request(nodes):
                return self._request(nodes, trace)
            case Word(stem=stem):
                return None if node.is_common else self._stem(stem, trace)
            case Phrase(stems):
                return self._phrase(stems, trace)
            case Prefix(text):
                return self._prefix(text, trace)
            case All(nodes):
                return self._all([self.evaluate(n, trace) for n in nodes if not _is_not(n)], nodes)
            case Either(nodes):
                found = [f for n in nodes if (f := self.evaluate(n, trace))]
                return _either(found) if found else None
            case Not(inner):
                return self._excluding(inner)

    def _excluding(self, inner: Node) -> Found | None:
        """Return all documents but those that a node finds; they score nothing."""
        found = self.evaluate(inner, Trace())
        if found is None:
            return None
        return Found(self.snapshot.everything - found.documents, self._zeros())

    def _all(self, found: Sequence[Found | None], nodes: Sequence[Node]) -> Found | None:
        parts = [f for f in found if f]
        parts += [f for n in nodes if isinstance(n, Not) and (f := self._excluding(n.node))]
        if not parts:
            return None
        documents = reduce(BitMap.intersection, [part.documents for part in parts])
        return _kept(documents, sum((part.scores for part in parts), self._zeros()))

    def _zeros(self) -> Scores:
        return np.zeros(len(self.snapshot.documents), np.float32)

    def _stem(self, stem: str, trace: Trace) -> Found:
        docs, impacts = self.snapshot.postings(stem)
        scores = self._zeros()
        scores[docs] = impacts
        if len(docs):
            trace.stems.add(stem)
        return Found(BitMap(docs), scores)

    def _phrase(self, stems: tuple[str, ...], trace: Trace) -> Found:
        parts = [self._stem(stem, trace) for stem in stems]
        candidates = reduce(BitMap.intersection, [part.documents for part in parts])
        if len(stems) > 1:
            numbers = [self.snapshot.term_numbers.get(stem, -1) for stem in stems]
            candidates = BitMap(d for d in candidates if self._follows(d, numbers))
        return _kept(candidates, sum((part.scores for part in parts), self._zeros()))

    def _follows(self, document: int, numbers: list[int]) -> bool:
        size = len(numbers)
        for texts in self.snapshot.sequences.values():
            text = texts[document].tolist()
            for start in range(len(text) - size + 1):
                if text[start : start + size] == numbers:
                    return True
        return False

    def _prefix(self, text: str, trace: Trace) -> Found:
        stems = self.snapshot.terms_starting(text)[:MAX_EXPANSIONS]
        parts = [self._stem(stem, trace) for stem in stems]
        if not parts:
            return Found(BitMap(), self._zeros())
        scores = np.maximum.reduce([part.scores for part in parts])
        return Found(reduce(BitMap.union, [part.documents for part in parts]), scores)

    def _request(self, nodes: Sequence[Node], trace: Trace) -> Found | None:
        words = [node for node in nodes if isinstance(node, Word)]
        others = [node for node in nodes if not isinstance(node, Word)]
        parts = [self._words(words, trace)]
        parts += [self.evaluate(node, trace) for node in others if not _is_not(node)]
        return self._all(parts, [node for node in others if _is_not(node)])

    def _words(self, words: Sequence[Word], trace: Trace) -> Found | None:
        """Find documents that have enough of the words, or of what else they are called."""
        asked = [w for w in words if not w.is_common and w.spoken.lower() not in REQUEST_WORDS]
        asked = asked or [w for w in words if not w.is_common]
        if not asked:
            return None
        places = {id(word): place for place, word in enumerate(asked)}
        covered, scores = self._direct(asked, trace)
        for widening in self.synonyms.widenings([word.stem for word in words]):
            found = self._together(widening.stems)
            stands_for = words[widening.start : widening.end]
            stood_for = [places[id(w)] for w in stands_for if id(w) in places]
            if found and stood_for:
                scores += widening.weight * found.scores
                typed = " ".join(word.spoken for word in stands_for)
                trace.note(typed, widening.spoken, widening.stems)
                for place in stood_for:
                    covered[place] |= found.documents
        return self._enough(asked, covered, scores, trace)

    def _direct(self, asked: Sequence[Word], trace: Trace) -> tuple[list[BitMap], Scores]:
        """Find each word, corrected where no listing has it."""
        covered, scores = [], self._zeros()
        others = [self._stem(word.stem, Trace()).documents for word in asked]

        def beside(known: str) -> int:
            documents = self._stem(stem_of(known), Trace()).documents
            return sum(documents.intersection_cardinality(other) for other in others)

        for word in asked:
            stems: tuple[str, ...] = (word.stem,)
            weight = 1.0
            if not self.snapshot.frequency(word.stem):
                better = self.correct(word.spoken, beside)
                if better:
                    trace.corrected[word.spoken] = better
                    stems = tuple(stem_of(part) for part in better.split())
                    weight = self.formula.corrected
            trace.asked.extend(stems)
            found = self._together(stems) or Found(BitMap(), self._zeros())
            if found.documents:
                trace.note(word.spoken, trace.corrected.get(word.spoken, word.spoken), stems)
            covered.append(found.documents)
            scores += weight * found.scores
        return covered, scores

    def _together(self, phrase: tuple[str, ...]) -> Found | None:
        """Return the documents that have all words of a synonym, scored by their mean."""
        parts = [self._stem(stem, Trace()) for stem in phrase]
        documents = reduce(BitMap.intersection, [part.documents for part in parts])
        if not documents:
            return None
        return _kept(
            documents, sum((p.scores for p in parts), self._zeros()) / np.float32(len(parts))
        )

    def _enough(
        self, asked: Sequence[Word], covered: list[BitMap], scores: Scores, trace: Trace
    ) -> Found:
        """Keep the documents that cover enough of what was asked, or the most that any does."""
        known = [place for place, documents in enumerate(covered) if documents]
        trace.unknown.extend(w.spoken for place, w in enumerate(asked) if place not in known)
        if not known:
            return Found(BitMap(), self._zeros())
        share = self._zeros()
        weights = {place: self._rarity(len(covered[place])) for place in known}
        whole = sum(weights.values())
        for place in known:
            share[np.asarray(covered[place], dtype=np.uint32)] += weights[place] / whole
        # One or two words: all of them. More: a share of them, rare ones counting more.
        needed = 1.0 if len(known) <= 2 else self.formula.enough
        needed = min(needed, float(share.max()))
        documents = BitMap(np.flatnonzero(share >= needed - 1e-5).astype(np.uint32))
        return _kept(documents, scores)

    def _rarity(self, frequency: int) -> float:
        return math.log(len(self.snapshot.documents) / (frequency + 1)) + 1.0


def _is_not(node: Node) -> bool:
    return isinstance(node, Not)


def _either(found: Sequence[Found]) -> Found:
    documents = reduce(BitMap.union, [part.documents for part in found])
    return Found(documents, np.add.reduce([part.scores for part in found]))


def _kept(documents: BitMap, scores: Scores) -> Found:
    kept = np.zeros_like(scores)
    numbers = np.asarray(documents, dtype=np.uint32) if documents else np.empty(0, np.uint32)
    kept[numbers] = scores[numbers]
    return Found(documents, kept)
