"""What every vocabulary that managers edit has in common: entries, contents, effects (pure).

A content is a flat value that JSON can hold: the fields of one entry. An empty one means that the
entry is not there, or says what the portal ships.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Content = dict[str, Any]

FEW = 3  # fewer programs than this are said before something is published
FIRST = 5  # programs that a preview names


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: its key in addresses, its name, what it says in short.

    `is_there` is false for one that was removed; `is_edited` where it says other than it shipped.
    """

    key: str
    title: str
    summary: str = ""
    is_there: bool = True
    is_edited: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """How many programs are found, and the names of the first."""

    count: int
    first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """What one search or one need finds before and after a change."""

    title: str
    before: Found
    after: Found

    @property
    def differs(self) -> bool:
        """Whether people will see something else."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change would do.

    Attributes:
        lines: what is found before and after.
        warnings: what to think about before it is published.
        refusals: why it cannot be published.
        shown: sentences on where it will be seen.
    """

    lines: Sequence[Compared] = ()
    warnings: Sequence[str] = ()
    refusals: Sequence[str] = ()
    shown: Sequence[str] = ()

    @property
    def changed(self) -> list[Compared]:
        """The lines that differ."""
        return [line for line in self.lines if line.differs]

    @property
    def same(self) -> list[Compared]:
        """The lines that stay as they are."""
        return [line for line in self.lines if not line.differs]


class Kind(Protocol):
    """A vocabulary: what is in it, how an entry is stored, what a change of it would do."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the fields of a content, in the order of the form."""
        ...

    def entries(self) -> list[Entry]:
        """Return all entries, those that were removed last."""
        ...

    def present(self, key: str) -> Content | None:
        """Return an entry as it stands, empty for one that is not there; None: it never was."""
        ...

    def shipped(self, key: str) -> Content:
        """Return an entry as the portal ships it; empty where it does not."""
        ...

    def title(self, key: str, content: Content) -> str:
        """Return what people call an entry."""
        ...

    def effect(self, key: str, before: Content, after: Content) -> Effect:
        """Return what a change would do; nothing is written."""
        ...

    def store(self, key: str, content: Content) -> None:
        """Make a content what the public sees; inside a write unit."""
        ...
