"""What decides between programs that match equally well: small parts, then turns (pure).

Freshness and completeness are small and published. Among true ties the order changes from week to
week, so that no program is first for ever, and stays the same within a week, so that pages agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from portal.search.documents import Document
from portal.search.formula import Formula

FRESH_DAYS = 365  # a confirmation counts in full on its day and nothing after so many


def small_parts(
    documents: Sequence[Document], *, formula: Formula, today: date | None
) -> NDArray[np.float32]:
    """Return what freshness and completeness add to the score of each document.

    Args:
        documents: the index's documents.
        formula: the weights.
        today: the day of the search; None leaves freshness out.
    """
    return np.array(
        [
            formula.fresh * freshness(document.assured_on, today)
            + formula.complete * document.completeness
            for document in documents
        ],
        np.float32,
    )


def freshness(assured_on: str, today: date | None) -> float:
    """Return 1 for a listing confirmed today, falling evenly to 0 in a year; 0 for none.

    Args:
        assured_on: ISO date of the last confirmation, "" when there was none.
        today: the day of the search.
    """
    if not assured_on or today is None:
        return 0.0
    age_days = (today - date.fromisoformat(assured_on)).days
    return min(1.0, max(0.0, 1 - age_days / FRESH_DAYS))


def turns(documents: Sequence[Document], today: date | None) -> NDArray[np.uint32]:
    """Return the rank of each document among equals in the week of a day."""
    week = "" if today is None else "-".join(map(str, today.isocalendar()[:2]))
    return _turns(tuple(document.slug for document in documents), week)


@lru_cache(maxsize=4)
def _turns(slugs: tuple[str, ...], week: str) -> NDArray[np.uint32]:
    drawn = [blake2b(f"{week}:{slug}".encode(), digest_size=8).digest() for slug in slugs]
    ranks = np.empty(len(slugs), np.uint32)
    order = sorted(range(len(slugs)), key=drawn.__getitem__)
    ranks[np.asarray(order, np.int64)] = np.arange(len(slugs), dtype=np.uint32)
    return ranks
