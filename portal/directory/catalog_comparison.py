"""An incoming catalogue beside the stored one: what is new, different, the same, or only stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from portal.directory.catalog_checks import Known, faults_of, region_names
from portal.directory.catalog_problems import Problem
from portal.directory.catalog_rows import (
    Catalogue,
    IndustryRow,
    OrganizationRow,
    ProgramRow,
    RegionRow,
    Row,
    SynonymRow,
    key_of,
)

R = TypeVar("R", OrganizationRow, ProgramRow, RegionRow, IndustryRow, SynonymRow)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Keys of the incoming rows of one file, and those of the stored rows that it lacks."""

    added: frozenset[str]
    changed: frozenset[str]
    unchanged: frozenset[str]
    kept: frozenset[str]


def compare(incoming: Catalogue, stored: Catalogue) -> dict[str, Comparison]:
    """Compare two catalogues; returns one comparison a file.

    A row is unchanged when an export of the stored one would write the same cells.
    """
    return {file: _compare_rows(rows, stored.files[file]) for file, rows in incoming.files.items()}


def _compare_rows(incoming: Iterable[Row], stored: Iterable[Row]) -> Comparison:
    new = {key_of(row): row for row in incoming}
    old = {key_of(row): row for row in stored}
    return Comparison(
        added=frozenset(new.keys() - old.keys()),
        changed=frozenset(key for key in new.keys() & old.keys() if new[key] != old[key]),
        unchanged=frozenset(key for key in new.keys() & old.keys() if new[key] == old[key]),
        kept=frozenset(old.keys() - new.keys()),
    )


def merge(incoming: Catalogue, stored: Catalogue) -> Catalogue:
    """Return the incoming rows, and after them the stored rows that they do not name."""
    return Catalogue(
        organizations=_merged(incoming.organizations, stored.organizations),
        programs=_merged(incoming.programs, stored.programs),
        regions=_merged(incoming.regions, stored.regions),
        industries=_merged(incoming.industries, stored.industries),
        synonyms=_merged(incoming.synonyms, stored.synonyms),
    )


def _merged(incoming: tuple[R, ...], stored: tuple[R, ...]) -> tuple[R, ...]:
    rows = {key_of(row): row for row in incoming}
    for row in stored:
        rows.setdefault(key_of(row), row)
    return tuple(rows.values())


def misfits(merged: Catalogue, comparisons: dict[str, Comparison]) -> Iterator[Problem]:
    """Yield the stored rows that would refer to nothing once the incoming ones are in."""
    regions = region_names(merged.regions)
    known = Known(
        organizations={row.id for row in merged.organizations},
        programs={row.id for row in merged.programs},
        counties={row.county for row in merged.regions},
        industries={row.code for row in merged.industries},
        regions=dict.fromkeys(regions.values()),
        region_of_code=regions,
    )
    for file, rows in merged.files.items():
        for row in rows:
            if key_of(row) in comparisons[file].kept:
                for column, value, reason in faults_of(row, known):
                    said = f'{reason} (row "{key_of(row)}", in the database and not in the file)'
                    yield Problem(file, 0, column, value, said)
