"""The programs that somebody chose, as slugs in an address: distinct, in order, bounded (pure)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from portal.directory.identity import is_slug

MOST_SAVED = 12
MOST_COMPARED = 4
SAVED = "saved"  # the parameter that carries a shortlist from page to page


@dataclass(frozen=True, slots=True)
class Selection:
    """Slugs of published programs in the order of the address; `left_out` are those past `most`."""

    slugs: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.slugs)

    def __contains__(self, slug: str) -> bool:
        return slug in self.slugs

    @property
    def is_full(self) -> bool:
        """Whether no further program fits on the shortlist."""
        return len(self.slugs) >= MOST_SAVED

    @property
    def is_comparable(self) -> bool:
        """Whether all of them fit side by side."""
        return 2 <= len(self.slugs) <= MOST_COMPARED

    def without(self, slug: str) -> tuple[str, ...]:
        """Return the slugs that are left when one is taken off."""
        return tuple(kept for kept in self.slugs if kept != slug)

    def toggled(self, slug: str) -> tuple[str, ...]:
        """Return the slugs with one more, or without it if it was among them."""
        return self.without(slug) if slug in self.slugs else (*self.slugs, slug)


def distinct_slugs(values: Iterable[str]) -> tuple[str, ...]:
    """Return those of the values that can be slugs, each once, in their order."""
    return tuple(dict.fromkeys(value for value in values if is_slug(value)))


def select(values: Iterable[str], published: Collection[str], *, most: int) -> Selection:
    """Sort what an address names into chosen, unknown and too many.

    Args:
        values: as they came; what cannot be a slug counts as unknown.
        published: the slugs that there are.
        most: how many may be chosen.
    """
    asked = tuple(dict.fromkeys(value for value in values if value))
    known = tuple(value for value in asked if value in published)
    unknown = tuple(value for value in asked if value not in published)
    return Selection(known[:most], unknown, known[most:])


def address_with(
    path: str, parameters: Iterable[tuple[str, str]], slugs: Iterable[str], *, part: str = ""
) -> str:
    """Return an address with another shortlist; all else in it stays.

    Args:
        path: as decoded, with the language's prefix.
        parameters: (name, value) as they came, an earlier shortlist among them.
        slugs: the shortlist that it is to carry.
        part: id of the element to go to.
    """
    kept = [(name, value) for name, value in parameters if name != SAVED]
    query = urlencode([*kept, *((SAVED, slug) for slug in slugs)])
    address = quote(path) + (f"?{query}" if query else "")
    return f"{address}#{part}" if part else address
