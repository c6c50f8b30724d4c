"""What a search asks and what it answers: frozen values that cross the search boundary."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from portal.directory.named_terms import NamedTerm

PAGE_SIZE = 20
DISTANCES_MILES = (10, 25, 50)
OFFICE_ONLY = "office-"  # before a distance: near the ZIP, whether or not they serve it
SORTS = ("relevance", "name", "verified")

Choices = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One search: words, chosen facet values, a ZIP, an order, a page.

    `facets` holds (facet, values) pairs; values within a facet widen, facets narrow. `near` keeps
    programs that serve that ZIP, unless `office_only`; `within` those with an office at most so
    many miles from it.
    """

    text: str = ""
    facets: Choices = ()
    near: str = ""
    within: int = 0
    office_only: bool = False
    sort: str = "relevance"
    page: int = 1

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Return the values chosen of a facet."""
        return dict(self.facets).get(facet, ())

    @property
    def is_empty(self) -> bool:
        """Whether it asks for everything."""
        return not (self.text or self.facets or self.near)

    def without(self, facet: str, value: str | None = None) -> SearchQuery:
        """Return the same search, first page, without a facet or one of its values."""
        kept = tuple(
            (name, left)
            for name, values in self.facets
            if (
                left := tuple(
                    v for v in values if name != facet or (value is not None and v != value)
                )
            )
        )
        return replace(self, facets=kept, page=1)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet, its count, the dedicated (or local) part of it, whether it is chosen."""

    value: str
    label: str
    count: int
    selected: bool
    dedicated: int | None = None  # None: this facet does not tell dedicated from open


@dataclass(frozen=True, slots=True)
class Hit:
    """A found service; `dedicated`: made for what was chosen, or for some industry.

    `listed_terms` are those that lists of results show.
    """

    service_id: uuid.UUID
    slug: str
    number: int  # of the document in the snapshot that answered
    dedicated: bool
    score: float
    listed_terms: tuple[NamedTerm, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a document may match: what was typed, what was looked for, its stems."""

    typed: str
    found_as: str
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Why a service is among the results: its texts with marks, the fields, what was found."""

    name: Markup
    summary: Markup
    excerpt: Markup | None
    fields: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The answer to a search; `facets` keeps the order of the taxonomies."""

    hits: tuple[Hit, ...]
    total: int
    page: int
    pages: int
    facets: dict[str, tuple[FacetValue, ...]]
    did_you_mean: str | None = None
    ignored_words: tuple[str, ...] = ()
    stems: frozenset[str] = frozenset()
    """The words looked for as the index knows them, synonyms and corrections included."""
    reasons: tuple[Reason, ...] = ()
    drop: tuple[tuple[str, str, int], ...] = field(default=())
    """When nothing was found: (facet or "q" or "near", value, results without it), best first."""
