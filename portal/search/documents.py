"""What the index holds of a service: its texts by field and its facet values (pure).

A facet value is expanded here: who serves the whole state serves each region, who takes any
industry takes each, and who names a parent code takes its sub-industries.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portal.directory.named_terms import NamedTerm


@dataclass(frozen=True, slots=True)
class FacetTerm:
    """A term of a facet as the index needs it."""

    code: str
    label: str
    parent: str | None = None
    covers_all: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A facet: its terms in the order they are shown, and whether it tells dedicated from open.

    `name` is what the catalogue calls it: what people read where no plainer label is known.
    `unlisted` are terms that are no longer offered, and still shown where an address names them.
    """

    slug: str
    terms: tuple[FacetTerm, ...]
    tells_dedicated: bool = False
    name: str = ""
    unlisted: tuple[FacetTerm, ...] = ()

    def expand(self, literal: Mapping[str, bool]) -> dict[str, bool]:
        """Return all values of a service from those its listing names.

        Args:
            literal: code → whether the service is dedicated to it.

        Returns:
            Code → dedicated; a value that is reached twice is dedicated if either way says so.
        """
        values = dict(literal)
        for term in self.terms:
            if term.parent is not None and term.parent in literal:
                values[term.code] = values.get(term.code, False) or literal[term.parent]
        if any(term.covers_all and term.code in literal for term in self.terms):
            for term in self.terms:
                values.setdefault(term.code, False)
        return values


@dataclass(frozen=True, slots=True)
class Document:
    """One service in the index.

    `texts` maps the name of each field to its text; `values` maps a facet to {code: dedicated},
    expanded; `is_uncertain`: it may have changed, or its last confirmation is too old; `is_paused`:
    it takes no new companies at present; `assured_on` is the ISO date of the last confirmation, ""
    when there was none;
    `completeness` is the share of the facts that help to act, 0 to 1; `place` is the latitude and
    longitude of the organization's office, None when it is not known; `listed_terms` are those that
    lists of results show.
    """

    id: uuid.UUID
    slug: str
    name: str
    texts: Mapping[str, str]
    values: Mapping[str, Mapping[str, bool]]
    is_uncertain: bool = False
    is_paused: bool = False
    assured_on: str = ""
    completeness: float = 0.0
    place: tuple[float, float] | None = None
    listed_terms: tuple[NamedTerm, ...] = ()

    def is_dedicated(self, chosen: Iterable[tuple[str, tuple[str, ...]]] = ()) -> bool:
        """Whether the service was made for what was chosen.

        With an industry or a size chosen: for one of the chosen values. Otherwise: for some
        industry.
        """
        asked = [(f, v) for f, values in chosen if f in ("industry", "size") for v in values]
        if asked:
            return any(self.values.get(facet, {}).get(value, False) for facet, value in asked)
        return any(self.values.get("industry", {}).values())


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that an index is built from.

    `synonyms` are (term, what programs say instead), `everyday` an owner's wordings likewise;
    `regions_of` maps a ZIP to the codes of the regions that it may lie in, `places` to its middle.
    """

    documents: tuple[Document, ...]
    vocabularies: tuple[Vocabulary, ...]
    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    everyday: tuple[tuple[str, tuple[str, ...]], ...] = ()
    regions_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict)
