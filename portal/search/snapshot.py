"""The immutable in-memory index: postings as flat arrays, facet values as bitmaps (pure).

Built whole from the documents, never changed; a new catalogue is a new snapshot. Impacts are
BM25F as Whoosh computes it: BM25 of each field, times the field's boost, added up.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from portal.search.analysis import fold, parted, written_words
from portal.search.documents import Document, Vocabulary
from portal.search.formula import FORMULA, Formula

Docs = NDArray[np.uint32]
Impacts = NDArray[np.float32]
NAME_FIELDS = ("name", "alternate_name", "organization")
GAP = -2  # no word; -1 is a word that no listing has


@dataclass(frozen=True, slots=True)
class FacetIndex:
    """The documents of each value of a facet, and those dedicated to it."""

    vocabulary: Vocabulary
    documents: dict[str, BitMap]
    dedicated: dict[str, BitMap]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that a search needs.

    Postings of term t are `docs[offsets[t]:offsets[t + 1]]` (document numbers, rising) beside
    `impacts`. `sequences[field][d]` are the term numbers of a field in order, for phrases, with
    GAP between texts that were joined.
    `written` are the folded words as listings write them, sorted, beside them in `written_stems`
    the stem of each. `names[d]` are the names that a document and its organization go by, as term
    numbers.
    """

    generation: int
    documents: tuple[Document, ...]
    terms: tuple[str, ...]  # sorted
    term_numbers: dict[str, int]
    written: tuple[str, ...]
    written_stems: tuple[str, ...]
    offsets: NDArray[np.int64]
    docs: Docs
    impacts: Impacts
    sequences: dict[str, list[array[int]]]
    names: tuple[tuple[tuple[int, ...], ...], ...]
    facets: dict[str, FacetIndex]
    everything: BitMap
    by_name: NDArray[np.uint32]  # rank of each document in order of name
    by_assured: NDArray[np.uint32]  # rank of each document, latest confirmation first

    def postings(self, term: str) -> tuple[Docs, Impacts]:
        """Return (documents, impacts) of a stem; empty arrays when no document has it."""
        number = self.term_numbers.get(term)
        if number is None:
            return self.docs[:0], self.impacts[:0]
        start, end = self.offsets[number], self.offsets[number + 1]
        return self.docs[start:end], self.impacts[start:end]

    def frequency(self, term: str) -> int:
        """Return in how many documents a stem occurs."""
        return len(self.postings(term)[0])

    def rarity(self, term: str) -> float:
        """Return how much a stem tells: log(size / (frequency + 1)) + 1, as BM25 has it."""
        return math.log(max(1, len(self.documents)) / (self.frequency(term) + 1)) + 1.0

    def is_written(self, word: str) -> bool:
        """Whether a folded word stands in some listing in just this form."""
        at = bisect_left(self.written, word)
        return at < len(self.written) and self.written[at] == word

    def stems_starting(self, prefix: str) -> tuple[str, ...]:
        """Return the stems of the words that begin so as they are written, each once."""
        first = bisect_left(self.written, prefix)
        last = bisect_left(self.written, prefix + "\U0010ffff", first)
        return tuple(dict.fromkeys(self.written_stems[first:last]))

    def number_of(self, slug: str) -> int | None:
        """Return the document number of a service."""
        return next((n for n, d in enumerate(self.documents) if d.slug == slug), None)


def build(
    documents: Sequence[Document],
    vocabularies: Sequence[Vocabulary],
    *,
    generation: int = 0,
    formula: Formula = FORMULA,
) -> Snapshot:
    """Build a snapshot.

    Args:
        documents: all published services; document numbers follow the order of slugs.
        vocabularies: the facets in the order they are shown.
        generation: the number of the catalogue's state that the documents were read at.
        formula: the fields that are searched and what they count.
    """
    documents = sorted(documents, key=lambda document: document.slug)
    written: dict[str, str] = {}
    tokens = {
        f.name: [_stems(d.texts.get(f.name, ""), written) for d in documents]
        for f in formula.fields
    }
    terms = sorted({word for texts in tokens.values() for text in texts for word in text})
    numbers = {term: number for number, term in enumerate(terms)}
    offsets, docs, impacts = _postings(tokens, numbers, len(documents), formula)
    names = sorted(range(len(documents)), key=lambda n: (fold(documents[n].name), n))
    assured = sorted(names, key=lambda n: documents[n].assured_on, reverse=True)
    return Snapshot(
        generation=generation,
        documents=tuple(documents),
        terms=tuple(terms),
        term_numbers=numbers,
        written=tuple(sorted(written)),
        written_stems=tuple(written[word] for word in sorted(written)),
        offsets=offsets,
        docs=docs,
        impacts=impacts,
        sequences={
            rule.name: [_sequence(d.texts.get(rule.name, ""), numbers) for d in documents]
            for rule in formula.fields
        },
        names=tuple(tuple(_names(document, numbers)) for document in documents),
        facets={v.slug: _facet(v, documents) for v in vocabularies},
        everything=BitMap(range(len(documents))),
        by_name=_ranks(names),
        by_assured=_ranks(assured),
    )


def _stems(text: str, written: dict[str, str]) -> list[str]:
    """Return the stems of a text; each word is added to those that are written somewhere."""
    pairs = written_words(text)
    written.update(pairs)
    return [stem for _, stem in pairs]


def _sequence(text: str, numbers: dict[str, int]) -> array[int]:
    """Return the term numbers of a text in order, GAP where one text was joined to another."""
    sequence = array("i")
    for number, part in enumerate(parted(text)):
        sequence.extend((GAP,) if number else ())
        sequence.extend(numbers[stem] for _, stem in written_words(part))
    return sequence


def _names(document: Document, numbers: dict[str, int]) -> Iterator[tuple[int, ...]]:
    for field in NAME_FIELDS:
        for part in parted(document.texts.get(field, "")):
            if name := tuple(numbers.get(stem, -1) for _, stem in written_words(part)):
                yield name


def _ranks(order: Sequence[int]) -> NDArray[np.uint32]:
    ranks = np.empty(len(order), np.uint32)
    ranks[np.asarray(order, dtype=np.int64)] = np.arange(len(order), dtype=np.uint32)
    return ranks


def _facet(vocabulary: Vocabulary, documents: Sequence[Document]) -> FacetIndex:
    terms = (*vocabulary.terms, *vocabulary.unlisted)
    every: dict[str, BitMap] = {term.code: BitMap() for term in terms}
    own: dict[str, BitMap] = {term.code: BitMap() for term in terms}
    for number, document in enumerate(documents):
        for code, dedicated in document.values.get(vocabulary.slug, {}).items():
            every.setdefault(code, BitMap()).add(number)
            own.setdefault(code, BitMap())
            if dedicated:
                own[code].add(number)
    return FacetIndex(vocabulary, every, own)


def _postings(
    tokens: dict[str, list[list[str]]],
    numbers: dict[str, int],
    size: int,
    formula: Formula,
) -> tuple[NDArray[np.int64], Docs, Impacts]:
    scores: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    for rule in formula.fields:
        texts = tokens[rule.name]
        lengths = [len(text) for text in texts]
        average = sum(lengths) / size if size else 1.0
        counts = [Counter(text) for text in texts]
        containing = Counter(word for count in counts for word in count)
        for number, count in enumerate(counts):
            for word, times in count.items():
                scores[numbers[word]][number] += rule.boost * bm25(
                    times,
                    length=lengths[number],
                    average_length=average,
                    containing=containing[word],
                    size=size,
                    b=rule.b,
                    k1=formula.k1,
                )
    offsets = np.zeros(len(numbers) + 1, np.int64)
    docs: list[int] = []
    impacts: list[float] = []
    for number in range(len(numbers)):
        row = sorted(scores[number].items())
        docs.extend(document for document, _ in row)
        impacts.extend(score for _, score in row)
        offsets[number + 1] = len(docs)
    return offsets, np.asarray(docs, np.uint32), np.asarray(impacts, np.float32)


def bm25(
    times: float,
    *,
    length: int,
    average_length: float,
    containing: int,
    size: int,
    b: float,
    k1: float,
) -> float:
    """Return how much a word says for a field of a document.

    Args:
        times: occurrences in the field.
        length: words in the field.
        average_length: mean words of that field over all documents.
        containing: documents that have the word in that field.
        size: documents in all.
        b: 0 (length does not matter) to 1 (it matters fully).
        k1: how soon more of the same word stops counting.

    Source: S. Robertson and H. Zaragoza (2009), Found. Trends Inf. Retr. 3(4); the inverse
    document frequency is Whoosh's, log(size / (containing + 1)) + 1.
    """
    idf = math.log(size / (containing + 1)) + 1.0
    return idf * times * (k1 + 1) / (times + k1 * (1 - b + b * length / average_length))
