"""Misspells searches by one edit, the same ways each time (pure)."""

from __future__ import annotations

import random
from string import ascii_lowercase

SEEDS = range(20_260_312, 20_260_322)  # ten: one draw may be kind or unkind


def misspelled(query: str, seed: int) -> str:
    """Return a search with one letter of one word wrong, missing, doubled or swapped.

    The word is one of four letters or more, drawn at random; the first letter stays.
    """
    draw = random.Random(f"{seed}:{query}")
    words = query.split()
    long = [n for n, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    place = draw.choice(long)
    words[place] = _one_edit(words[place], draw)
    return " ".join(words)


def _one_edit(word: str, draw: random.Random) -> str:
    at = draw.randrange(1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    other = draw.choice([c for c in ascii_lowercase if c != letter.lower()])
    edits = (
        before + other + after,
        before + after,
        before + letter + letter + after,
        before + after[0] + letter + after[1:],
    )
    return draw.choice([edit for edit in edits if edit != word])
