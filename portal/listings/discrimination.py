"""How much the tags of a listing tell it from others: the fewer share them, the more (pure)."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass

ANY = "any"
DEDICATED_AT_MOST = 3
DULL_FROM, FAIR_FROM = 0.5, 0.1  # shares of all listings
SHARP, FAIR, DULL = "sharp", "fair", "dull"

Tag = tuple[str, str]
"""Facet and code."""
Holders = Mapping[Tag, Collection[Hashable]]
"""The published listings that name a tag."""


@dataclass(frozen=True, slots=True)
class Company:
    """How many other listings stand beside one: those with a tag, or with all of several."""

    others: int
    verdict: str


@dataclass(frozen=True, slots=True)
class Meter:
    """What a set of tags does for a listing.

    `together` counts the listings that share a value of every facet chosen; `by_tag` those of each
    tag. `dedicated` is the number of industries it says it is made for, 0 when open to any.
    """

    together: Company
    by_tag: Mapping[Tag, Company]
    dedicated: int

    @property
    def is_scattered(self) -> bool:
        """Whether it says to be made for more industries than anybody believes."""
        return self.dedicated > DEDICATED_AT_MOST


def meter(
    chosen: Collection[Tag], holders: Holders, *, total: int, own: Hashable | None = None
) -> Meter:
    """Measure how far a listing's tags set it apart.

    Args:
        chosen: its tags.
        holders: who else has which.
        total: number of published listings.
        own: the listing itself, which is no company to itself; None for a new one.
    """
    others = max(total - (own is not None), 0)
    facets: dict[str, set[Hashable]] = {}
    for tag in chosen:
        facets.setdefault(tag[0], set()).update(holders.get(tag, ()))
    shared = set.intersection(*facets.values()) if facets else set()
    count = len(shared - {own}) if facets else others
    industries = [code for facet, code in chosen if facet == "industry"]
    return Meter(
        together=Company(count, _verdict(count, others)),
        by_tag={tag: company_of(holders.get(tag, ()), total=total, own=own) for tag in chosen},
        dedicated=0 if ANY in industries else len(industries),
    )


def company_of(having: Collection[Hashable], *, total: int, own: Hashable | None = None) -> Company:
    """Return the company that one tag puts a listing in."""
    count = len(having) - (own in having)
    return Company(count, _verdict(count, max(total - (own is not None), 0)))


def _verdict(count: int, total: int) -> str:
    share = count / total if total else 0.0
    return DULL if share >= DULL_FROM else FAIR if share >= FAIR_FROM else SHARP
