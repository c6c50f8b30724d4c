"""A term as a listing names it (pure)."""

from __future__ import annotations

from dataclasses import dataclass

SHOWN_IN_LISTS = ("form", "industry", "region", "cost")


@dataclass(frozen=True, slots=True)
class NamedTerm:
    """A term that a listing names; `value` is that of its attribute."""

    facet: str
    code: str
    name: str
    covers_all: bool
    value: str
