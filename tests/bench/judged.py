"""The judged searches and the measures taken on them (pure)."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
CUTOFF = 10
FIRST = 3
IDEAL = 2


@dataclass(frozen=True, slots=True)
class Judged:
    """A search and the grade of each program that an adviser would name (2 first, 1 also)."""

    id: str
    query: str
    grades: dict[str, int]


def judged_queries() -> list[Judged]:
    """Return the judged searches of tests/data/queries.csv."""
    with (DATA / "queries.csv").open(encoding="utf-8", newline="") as file:
        return [
            Judged(row["id"], row["query"], grades_in(row["relevant"]))
            for row in csv.DictReader(file)
        ]


def grades_in(cell: str) -> dict[str, int]:
    """Read a cell like `program:2|other:1`."""
    pairs = (item.rsplit(":", 1) for item in cell.split("|"))
    return {slug: int(grade) for slug, grade in pairs}


def ndcg(found: Sequence[str], grades: dict[str, int], cutoff: int = CUTOFF) -> float:
    """Return the normalized discounted cumulative gain of a result list, 0 to 1.

    Gain 2^grade - 1, discount log2(rank + 1), normalized by the best order of the judged ones.

    Source: C. Burges et al. (2005), ICML, 89-96.
    """
    best = sorted(grades.values(), reverse=True)[:cutoff]
    return _dcg([grades.get(slug, 0) for slug in found[:cutoff]]) / _dcg(best)


def _dcg(gains: Sequence[int]) -> float:
    return sum((2**gain - 1) / math.log2(rank + 2) for rank, gain in enumerate(gains))


def has_ideal_first(found: Sequence[str], grades: dict[str, int]) -> bool:
    """Whether an ideal program is among the first three."""
    return any(grades.get(slug) == IDEAL for slug in found[:FIRST])
