"""What the cells of a row must be to one another and to the other rows (pure)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from portal.directory.catalog_cells import LIST_SEPARATOR, CellError, not_among, shown, written
from portal.directory.catalog_rows import (
    INDUSTRY_LEVELS,
    IndustryRow,
    OrganizationRow,
    ProgramRow,
    RegionRow,
    Row,
)
from portal.directory.vocabulary import ANY_INDUSTRY, STATEWIDE, slug_of

PARENT_DIGITS = 3
Fault = tuple[str, str, str]  # column, value, reason


@dataclass(frozen=True, slots=True)
class Known:
    """What rows may refer to; None: not known, because the file cannot be read."""

    organizations: Collection[str] | None
    programs: Collection[str] | None
    counties: Collection[str] | None
    industries: Collection[str] | None
    regions: Collection[str] | None  # names
    region_of_code: dict[str, str]


def region_names(rows: Iterable[RegionRow]) -> dict[str, str]:
    """Return the main regions by their codes, in order of first appearance."""
    names: dict[str, str] = {}
    for row in rows:
        names.setdefault(slug_of(row.region), row.region)
    return names


def faults_of(row: Row, known: Known) -> Iterator[Fault]:
    """Yield what is wrong with a row whose cells are right each by itself.

    Args:
        row: as read.
        known: what it may refer to.
    """
    if isinstance(row, ProgramRow):
        yield from _program_faults(row, known)
    elif isinstance(row, OrganizationRow):
        yield from _unknown("county", (row.county,), known.counties, "a county of regions.csv")
    elif isinstance(row, RegionRow):
        yield from _region_faults(row, known)
    elif isinstance(row, IndustryRow):
        yield from _industry_faults(row)


def _program_faults(row: ProgramRow, known: Known) -> Iterator[Fault]:
    low, high = row.min_employees, row.max_employees
    if low is not None and high is not None and low > high:
        yield "min_employees", str(low), f"is more than max_employees ({high})"
    yield from _unknown(
        "organization_id", (row.organization_id,), known.organizations, "an id of organizations.csv"
    )
    codes = [code for code in row.industries if code != ANY_INDUSTRY]
    yield from _unknown("industries", codes, known.industries, "a code of industries.csv")
    if STATEWIDE in row.regions and len(row.regions) > 1:
        yield "regions", written(row.regions), f'"{STATEWIDE}" must stand alone'
    names = [name for name in row.regions if name != STATEWIDE]
    yield from _unknown("regions", names, known.regions, "a region of regions.csv")
    yield from _topic_faults(row)
    if row.id in row.pathway_next:
        yield "pathway_next", written(row.pathway_next), "names the program itself"
    yield from _unknown("pathway_next", row.pathway_next, known.programs, "an id of programs.csv")


def _topic_faults(row: ProgramRow) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for topic in row.topics:
        code = slug_of(topic)
        if not code:
            reason = f'"{shown(topic)}" has no letter from a to z and no digit'
            yield "topics", written(row.topics), reason
        elif code in seen:
            reason = f'"{shown(seen[code])}" and "{shown(topic)}" are one topic'
            yield "topics", written(row.topics), reason
        else:
            seen[code] = topic


def _region_faults(row: RegionRow, known: Known) -> Iterator[Fault]:
    code = slug_of(row.region)
    if not code or code == STATEWIDE or LIST_SEPARATOR in row.region:
        yield "region", row.region, "cannot be the name of a region"
    elif known.region_of_code[code] != row.region:
        yield "region", row.region, f'has the same address as "{known.region_of_code[code]}"'
    if row.region in row.also_regions:
        yield "also_regions", written(row.also_regions), "names the main region again"
    yield from _unknown("also_regions", row.also_regions, known.regions, "a region of this file")


def _industry_faults(row: IndustryRow) -> Iterator[Fault]:
    level = INDUSTRY_LEVELS[len(row.code)]
    if row.level != level:
        yield "level", row.level, f'must be "{level}" for a code of {len(row.code)} digits'


def _unknown(
    column: str, words: Iterable[str], known: Collection[str] | None, whose: str
) -> Iterator[Fault]:
    """Yield a fault for each filled word that is not known."""
    if known is None:
        return
    words = [word for word in words if word]
    for word in words:
        if word not in known:
            error: CellError = not_among(word, known, whose)
            yield column, written(tuple(words)), str(error)
