"""What is different between two states of a listing, field by field and word by word (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

SAME, ADDED, REMOVED = "same", "added", "removed"
_WORDS = re.compile(r"\S+\s*|\s+")
_ALIKE_FROM = 0.4  # below it one text is read better after the other
_NO_VALUE: tuple[Any, ...] = (None, "", [], False)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs; blank and absent are the same."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed, came or went."""

    kind: str
    text: str


def changes_between(
    before: Mapping[str, Any], after: Mapping[str, Any], fields: Iterable[str]
) -> list[FieldChange]:
    """Return the fields that differ, in the order of `fields`."""
    return [
        FieldChange(field, before.get(field), after.get(field))
        for field in fields
        if not _is_same(before.get(field), after.get(field))
    ]


def pieces(before: str, after: str) -> list[Piece]:
    """Return how a text became another, in runs of whole words.

    The kept and removed runs together are the old text, the kept and added ones the new.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    found: list[Piece] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE_FROM:
        return [Piece(kind, text) for kind, text in ((REMOVED, before), (ADDED, after)) if text]
    for verb, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if verb == "equal":
            found.append(Piece(SAME, "".join(old[old_from:old_to])))
            continue
        if old_to > old_from:
            found.append(Piece(REMOVED, "".join(old[old_from:old_to])))
        if new_to > new_from:
            found.append(Piece(ADDED, "".join(new[new_from:new_to])))
    return found


def _is_same(one: Any, other: Any) -> bool:
    return one == other or (one in _NO_VALUE and other in _NO_VALUE)
