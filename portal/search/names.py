"""How much of a program's or organization's own name a request says (pure).

A name is said by a whole request that stands in it, or by a run of RUN words of a longer one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from portal.search.snapshot import Snapshot

RUN = 3  # words that are no accident; a shorter request must stand in the name whole


def said(snapshot: Snapshot, asked: Sequence[str]) -> NDArray[np.float32]:
    """Return the share of its best fitting name that a request says, for each document.

    Args:
        snapshot: the index.
        asked: the stems of the request in order.
    """
    shares = np.zeros(len(snapshot.documents), np.float32)
    if not asked:
        return shares
    stretches = [asked[at : at + RUN] for at in range(max(1, len(asked) - RUN + 1))]
    runs = {tuple(snapshot.term_numbers.get(stem, -1) for stem in run) for run in stretches}
    for document in BitMap().union(*(_having_all(snapshot, run) for run in stretches)):
        names = snapshot.names[document]
        shares[document] = max((_share(name, runs) for name in names), default=0.0)
    return shares


def _having_all(snapshot: Snapshot, stems: Sequence[str]) -> BitMap:
    return reduce(BitMap.intersection, [BitMap(snapshot.postings(stem)[0]) for stem in stems])


def _share(name: Sequence[int], runs: set[tuple[int, ...]]) -> float:
    """Return the share of a name's words that stand in runs of the request."""
    size = len(next(iter(runs)))
    covered = {
        place
        for start in range(len(name) - size + 1)
        if name[start : start + size] in runs
        for place in range(start, start + size)
    }
    return len(covered) / len(name)
