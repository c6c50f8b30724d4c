"""Which words mean alike, learned from the catalogue itself (pure).

Latent semantic analysis: the word-by-program table is reduced to a few dimensions, in which
programs that use different words for the same thing lie near each other.

Source: S. Deerwester et al. (1990), J. Am. Soc. Inf. Sci. 41(6), 391-407.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from portal.search.analysis import words
from portal.search.documents import Document
from portal.search.formula import FORMULA, Formula
from portal.search.snapshot import Snapshot

MOST_DOCUMENTS = 5_000  # above that the table would cost too much memory
FIELD_WEIGHTS: Mapping[str, float] = {
    "name": 3.0,
    "topics": 2.0,
    "summary": 2.0,
    "description": 1.0,
    "alternate_name": 1.0,
    "industries": 0.5,
    "conditions": 0.5,
}

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Meaning:
    """Vectors of unit length: `documents` (documents × dimensions), `terms` (terms × dimensions).

    A term's vector is already multiplied by its rarity.
    """

    documents: Vectors
    terms: Vectors
    term_numbers: Mapping[str, int]
    widened: float

    def nearness(self, asked: Iterable[str], widened: Iterable[str]) -> Vectors:
        """Return how near each document is to a request, 0 (not at all) to 1.

        Args:
            asked: the stems of the request.
            widened: the stems of its synonyms.
        """
        request = np.zeros(self.terms.shape[1], np.float32)
        for stems, share in ((asked, 1.0), (widened, self.widened)):
            for stem in stems:
                number = self.term_numbers.get(stem)
                if number is not None:
                    request += np.float32(share) * self.terms[number]
        length = float(np.linalg.norm(request))
        if not length:
            return np.zeros(len(self.documents), np.float32)
        near: Vectors = np.maximum(self.documents @ (request / np.float32(length)), 0.0)
        return near


def learn(snapshot: Snapshot, formula: Formula = FORMULA) -> Meaning | None:
    """Learn the meaning of words from a snapshot's documents.

    Returns:
        None for fewer than two documents (nothing to learn) or more than MOST_DOCUMENTS.
    """
    size = len(snapshot.documents)
    if not 2 <= size <= MOST_DOCUMENTS or not snapshot.terms:
        return None
    table = np.zeros((size, len(snapshot.terms)), np.float32)
    for row, document in enumerate(snapshot.documents):
        for stem, weight in _weighted_words(document).items():
            table[row, snapshot.term_numbers[stem]] = np.log1p(weight)
    containing = (table > 0).sum(axis=0)
    rarity = (np.log((size + 1) / (containing + 1)) + 1).astype(np.float32)
    table = _unit_rows(table * rarity)
    _, _, directions = np.linalg.svd(table, full_matrices=False)
    basis = directions[: formula.dimensions].T
    return Meaning(
        documents=_unit_rows(table @ basis),
        terms=basis * rarity[:, np.newaxis],
        term_numbers=snapshot.term_numbers,
        widened=formula.widened,
    )


def _weighted_words(document: Document) -> Counter[str]:
    weights: Counter[str] = Counter()
    for field, weight in FIELD_WEIGHTS.items():
        for stem in words(document.texts.get(field, "")):
            weights[stem] += weight  # type: ignore[assignment]  # a Counter may count in halves
    return weights


def _unit_rows(table: Vectors) -> Vectors:
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    return (table / np.where(lengths == 0, 1, lengths)).astype(np.float32)
