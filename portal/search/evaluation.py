"""A parsed request against a snapshot → the documents that match and how well (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce

import numpy as np
from pyroaring import BitMap

from portal.search.analysis import stem as stem_of
from portal.search.finding import Finder, Found, Trace
from portal.search.formula import FORMULA, Formula
from portal.search.parsing import All, Either, Node, Not, Phrase, Prefix, Request, Word
from portal.search.side_by_side import SideBySide
from portal.search.snapshot import Snapshot
from portal.search.spelling import Speller
from portal.search.synonyms import Synonyms


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Answers requests from one snapshot; `speller` corrects what no document has."""

    snapshot: Snapshot
    synonyms: Synonyms
    speller: Speller
    formula: Formula = FORMULA
    finder: Finder = field(init=False)

    def __post_init__(self) -> None:
        """Make the finder over the snapshot."""
        object.__setattr__(self, "finder", Finder(self.snapshot))

    def evaluate(  # noqa: PLR0911  one return a kind of node
        self, node: Node, trace: Trace
    ) -> Found | None:
        """Return what a node finds; None when it asks for nothing (only common words)."""
        match node:
            case Request(nodes):
                return self._request(nodes, trace)
            case Word(stem=stem):
                return None if node.is_common else self._stem(stem, trace)
            case Phrase():
                return self._phrase(node, trace)
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
        return Found(self.snapshot.everything - found.documents, self.finder.zeros())

    def _all(self, found: Sequence[Found | None], nodes: Sequence[Node]) -> Found | None:
        parts = [f for f in found if f]
        parts += [f for n in nodes if isinstance(n, Not) and (f := self._excluding(n.node))]
        if not parts:
            return None
        documents = reduce(BitMap.intersection, [part.documents for part in parts])
        scores = sum((part.scores for part in parts), self.finder.zeros())
        return Found(documents, scores).kept(documents)

    def _stem(self, stem: str, trace: Trace) -> Found:
        found = self.finder.stem(stem)
        if found.documents:
            trace.stems.add(stem)
        return found

    def _phrase(self, phrase: Phrase, trace: Trace) -> Found:
        """Find words in order; those that no listing has are corrected if that finds something."""
        unknown = [n for n, s in enumerate(phrase.stems) if not self.snapshot.frequency(s)]
        better = self._corrected_phrase(phrase, unknown) if unknown else {}
        stems = tuple(
            part
            for n, stem in enumerate(phrase.stems)
            for part in (map(stem_of, better[n].split()) if n in better else (stem,))
        )
        found = self.finder.phrase(stems)
        if not found.documents:
            trace.unknown.extend(phrase.spoken[n] for n in unknown)
            return found
        trace.asked.extend(stems)
        trace.corrected.update({phrase.spoken[n]: word for n, word in better.items()})
        words = (better.get(n, word) for n, word in enumerate(phrase.spoken))
        trace.note(f'"{" ".join(phrase.spoken)}"', f'"{" ".join(words)}"', stems)
        return found

    def _corrected_phrase(self, phrase: Phrase, unknown: Sequence[int]) -> dict[int, str]:
        """Return the likeliest words in place of those that no listing has."""
        better: dict[int, str] = {}
        for place in unknown:

            def in_place(known: str, place: int = place) -> int:
                stems = list(phrase.stems)
                stems[place : place + 1] = [stem_of(part) for part in known.split()]
                return len(self.finder.phrase(tuple(stems)).documents)

            if word := self.speller.correct(phrase.spoken[place], in_place):
                better[place] = word
        return better

    def _prefix(self, text: str, trace: Trace) -> Found:
        """Find words that begin so, or as was probably meant when none does."""
        stems, found_as = self.snapshot.stems_starting(text), text
        if not stems and (better := self.speller.correct_beginning(text)):
            trace.corrected[text] = better
            stems, found_as = self.snapshot.stems_starting(better), better
        if not stems:
            trace.unknown.append(f"{text}*")
        for stem in stems:
            trace.note(f"{text}*", f"{found_as}*", (stem,))
        return self.finder.any_of(stems)

    def _request(self, nodes: Sequence[Node], trace: Trace) -> Found | None:
        words = [node for node in nodes if isinstance(node, Word)]
        others = [node for node in nodes if not isinstance(node, Word)]
        side_by_side = SideBySide(self.finder, self.synonyms, self.speller.correct, self.formula)
        parts = [side_by_side.find(words, trace)]
        parts += [self.evaluate(node, trace) for node in others if not _is_not(node)]
        return self._all(parts, [node for node in others if _is_not(node)])


def _is_not(node: Node) -> bool:
    return isinstance(node, Not)


def _either(found: Sequence[Found]) -> Found:
    documents = reduce(BitMap.union, [part.documents for part in found])
    return Found(documents, np.add.reduce([part.scores for part in found]))
