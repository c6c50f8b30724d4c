"""An owner's wordings that ship with the portal: `portal/data/everyday_words.csv`.

Written from the catalogue's topics, without a look at the judged searches.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "data" / "everyday_words.csv"


@cache
def everyday_words() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return (an owner's wording, what programs say instead)."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            (row["term"], tuple(row["synonyms"].split("|"))) for row in csv.DictReader(file)
        )
