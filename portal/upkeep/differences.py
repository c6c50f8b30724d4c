"""What differs between two texts, word by word (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, TAKEN, ADDED = "same", "taken", "added"
_WORDS = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand in both texts, only in the old one (taken), or only in the new (added)."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """Return the pieces that make the new text of the old one.

    The same and the taken pieces in a row are the old text, the same and the added ones the new.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _, first, last, start, end in matcher.get_opcodes():
        taken, added = "".join(old[first:last]), "".join(new[start:end])
        if taken == added:
            pieces.append(Piece(SAME, taken))
            continue
        pieces += [Piece(kind, text) for kind, text in ((TAKEN, taken), (ADDED, added)) if text]
    return pieces
