"""The five files of a catalogue: their columns in order, each with the rule of its cells (pure)."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

from portal.directory import catalog_cells as cells
from portal.directory.catalog_cells import Rule, optional, required
from portal.directory.vocabulary import (
    AUDIENCES,
    CONNECTS,
    COSTS,
    DELIVERY,
    EVIDENCE,
    FORMS,
    LEVELS,
    ORGANIZATION_KINDS,
    SIDES,
    STATUSES,
    Term,
)

SUMMARY_CHARACTERS = 160
INDUSTRY_LEVELS = {3: "parent", 6: "sub-industry"}  # by the length of the code


def _codes(terms: tuple[Term, ...]) -> tuple[str, ...]:
    return tuple(term.code for term in terms)


def _rule(rule: Rule) -> dict[str, Rule]:
    return {"rule": rule}


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """A line of organizations.csv."""

    FILE: ClassVar[str] = "organizations.csv"
    KEY: ClassVar[str] = "id"

    id: str = field(metadata=_rule(required(cells.slug)))
    name: str = field(metadata=_rule(required(cells.line)))
    short_name: str = field(metadata=_rule(optional(cells.line)))
    kind: str = field(metadata=_rule(required(cells.one_of(ORGANIZATION_KINDS))))
    url: str = field(metadata=_rule(optional(cells.web_address)))
    city: str = field(metadata=_rule(optional(cells.line)))
    county: str = field(metadata=_rule(optional(cells.line)))
    description: str = field(metadata=_rule(required(cells.prose)))
    founded_year: int | None = field(metadata=_rule(optional(cells.year, blank=None)))
    evidence: str = field(metadata=_rule(required(cells.one_of(EVIDENCE))))
    source_url: str = field(metadata=_rule(required(cells.web_address)))


@dataclass(frozen=True, slots=True)
class ProgramRow:
    """A line of programs.csv."""

    FILE: ClassVar[str] = "programs.csv"
    KEY: ClassVar[str] = "id"

    id: str = field(metadata=_rule(required(cells.slug)))
    organization_id: str = field(metadata=_rule(required(cells.slug)))
    name: str = field(metadata=_rule(required(cells.line)))
    short_description: str = field(metadata=_rule(required(cells.short_line(SUMMARY_CHARACTERS))))
    description: str = field(metadata=_rule(required(cells.prose)))
    forms: tuple[str, ...] = field(metadata=_rule(required(cells.items_of(_codes(FORMS)))))
    audiences: tuple[str, ...] = field(metadata=_rule(required(cells.items_of(_codes(AUDIENCES)))))
    min_employees: int | None = field(metadata=_rule(optional(cells.employees, blank=None)))
    max_employees: int | None = field(metadata=_rule(optional(cells.employees, blank=None)))
    industries: tuple[str, ...] = field(metadata=_rule(required(cells.items)))
    regions: tuple[str, ...] = field(metadata=_rule(required(cells.items)))
    delivery: str = field(metadata=_rule(required(cells.one_of(_codes(DELIVERY)))))
    cost_kind: str = field(metadata=_rule(required(cells.one_of(_codes(COSTS)))))
    cost_note: str = field(metadata=_rule(optional(cells.prose)))
    eligibility: str = field(metadata=_rule(optional(cells.prose)))
    topics: tuple[str, ...] = field(metadata=_rule(optional(cells.items, blank=())))
    application_url: str = field(metadata=_rule(optional(cells.web_address)))
    url: str = field(metadata=_rule(required(cells.web_address)))
    phone: str = field(metadata=_rule(optional(cells.phone)))
    email: str = field(metadata=_rule(optional(cells.email)))
    level: str = field(metadata=_rule(required(cells.one_of(_codes(LEVELS)))))
    side: str = field(metadata=_rule(required(cells.one_of(_codes(SIDES)))))
    connects: tuple[str, ...] = field(
        metadata=_rule(optional(cells.items_of(_codes(CONNECTS)), blank=()))
    )
    evidence: str = field(metadata=_rule(required(cells.one_of(EVIDENCE))))
    source_url: str = field(metadata=_rule(required(cells.web_address)))
    as_of: str = field(metadata=_rule(required(cells.month)))
    status: str = field(metadata=_rule(required(cells.one_of(STATUSES))))
    alternate_name: tuple[str, ...] = field(metadata=_rule(optional(cells.items, blank=())))
    pathway_next: tuple[str, ...] = field(metadata=_rule(optional(cells.items, blank=())))


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A line of regions.csv: a county and the regions it belongs to."""

    FILE: ClassVar[str] = "regions.csv"
    KEY: ClassVar[str] = "county"

    county: str = field(metadata=_rule(required(cells.line)))
    region: str = field(metadata=_rule(required(cells.line)))
    also_regions: tuple[str, ...] = field(metadata=_rule(optional(cells.items, blank=())))
    places: str = field(metadata=_rule(optional(cells.prose)))


@dataclass(frozen=True, slots=True)
class IndustryRow:
    """A line of industries.csv."""

    FILE: ClassVar[str] = "industries.csv"
    KEY: ClassVar[str] = "code"

    code: str = field(metadata=_rule(required(cells.industry_code)))
    title: str = field(metadata=_rule(required(cells.line)))
    aliases: tuple[str, ...] = field(metadata=_rule(optional(cells.items, blank=())))
    level: str = field(metadata=_rule(required(cells.one_of(INDUSTRY_LEVELS.values()))))


@dataclass(frozen=True, slots=True)
class SynonymRow:
    """A line of synonyms.csv."""

    FILE: ClassVar[str] = "synonyms.csv"
    KEY: ClassVar[str] = "term"

    term: str = field(metadata=_rule(required(cells.line)))
    synonyms: tuple[str, ...] = field(metadata=_rule(required(cells.items)))


Row = OrganizationRow | ProgramRow | RegionRow | IndustryRow | SynonymRow


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All rows, each kind in the order of its file."""

    organizations: tuple[OrganizationRow, ...] = ()
    programs: tuple[ProgramRow, ...] = ()
    regions: tuple[RegionRow, ...] = ()
    industries: tuple[IndustryRow, ...] = ()
    synonyms: tuple[SynonymRow, ...] = ()

    @property
    def files(self) -> dict[str, tuple[Row, ...]]:
        """The rows of each file, by its name."""
        return {
            OrganizationRow.FILE: self.organizations,
            ProgramRow.FILE: self.programs,
            RegionRow.FILE: self.regions,
            IndustryRow.FILE: self.industries,
            SynonymRow.FILE: self.synonyms,
        }


def rules_of(row_type: type[Row]) -> dict[str, Rule]:
    """Return the rule of each column, in the order of the file."""
    return {column.name: column.metadata["rule"] for column in fields(row_type)}


def key_of(row: Row) -> str:
    """Return what tells a row from the others of its file."""
    return str(getattr(row, row.KEY))


def cells_of(row: Row) -> list[str]:
    """Return the cells that stand for a row, in the order of the file."""
    values: list[Any] = [getattr(row, column) for column in rules_of(type(row))]
    return [cells.written(value) for value in values]
