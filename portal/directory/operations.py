"""Writes of the directory: loading a catalogue. The caller commits, inside a write unit."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from portal.directory.catalog_comparison import Comparison, compare, merge, misfits
from portal.directory.catalog_files import CatalogFiles, read_catalog_files
from portal.directory.catalog_problems import Problem
from portal.directory.catalog_records import records_of
from portal.directory.catalog_rows import Catalogue, OrganizationRow, ProgramRow, key_of
from portal.directory.exporting import stored_catalogue
from portal.directory.identity import stable_id
from portal.directory.load_report import FileCount, LoadReport
from portal.directory.models import CatalogueGeneration, Organization, Service
from portal.directory.places import places_of
from portal.directory.storing import changes_to, write_changes
from portal.directory.successors import merged_organizations
from portal.extensions import Model, db

_GENERATION_ROW = 1

R = TypeVar("R", OrganizationRow, ProgramRow)


def load_catalog(
    directory: Path, *, state_code: str, now: datetime, dry_run: bool = False
) -> LoadReport:
    """Bring a catalogue's five files into the database, whole or not at all.

    Rows of the database that the files do not name are kept, and so are confirmations and rounds.

    Args:
        directory: the folder of the files.
        state_code: two capital letters; the state whose ZIP codes are kept and whose cities
            get a place.
        now: the present moment, aware; `last_modified` of the rows that change.
        dry_run: say what would happen and write nothing.

    Returns:
        The counts and problems; rows are written and not yet committed.
    """
    files, problems = read_catalog_files(directory, today=now.date())
    stored = stored_catalogue()
    incoming = _where_they_are_now(files.catalogue)
    comparisons = compare(incoming, stored)
    merged = merge(incoming, stored)
    problems = problems or tuple(misfits(merged, comparisons))
    if problems:
        return _rejection(files, problems, stored, is_dry_run=dry_run)
    changes = changes_to(records_of(merged, places_of(state_code), state_code=state_code))
    if changes and not dry_run:
        write_changes(changes, touched=_touched(comparisons), now=now)
        mark_catalogue_changed()
    return LoadReport(
        files=tuple(
            FileCount(
                file,
                added=len(found.added),
                changed=len(found.changed),
                unchanged=len(found.unchanged),
                kept=len(found.kept),
            )
            for file, found in comparisons.items()
        ),
        has_changed=bool(changes),
        is_dry_run=dry_run,
    )


def _where_they_are_now(incoming: Catalogue) -> Catalogue:
    """Return a catalogue whose programs are those of the organizations that merges left."""
    merged = merged_organizations()
    programs = tuple(
        replace(row, organization_id=merged[row.organization_id])
        if row.organization_id in merged
        else row
        for row in incoming.programs
    )
    return replace(incoming, programs=programs)


def store_rows(
    rows: Sequence[OrganizationRow | ProgramRow], *, state_code: str, now: datetime
) -> None:
    """Bring rows into the database, as a load of the whole catalogue with them would.

    Each takes the place of the stored row with its id; a new one comes after all others.

    Args:
        rows: what they refer to is in the catalogue or among them.
        state_code: two capital letters, as for a load.
        now: the present moment, aware; their `last_modified`.
    """
    stored = stored_catalogue()
    organizations = [row for row in rows if isinstance(row, OrganizationRow)]
    programs = [row for row in rows if isinstance(row, ProgramRow)]
    wanted = replace(
        stored,
        organizations=_with(stored.organizations, organizations),
        programs=_with(stored.programs, programs),
    )
    touched: dict[type[Model], set[uuid.UUID]] = {
        Organization: {stable_id("organization", row.id) for row in organizations},
        Service: {stable_id("service", row.id) for row in programs},
    }
    changes = changes_to(records_of(wanted, places_of(state_code), state_code=state_code))
    write_changes(changes, touched=touched, now=now)
    mark_catalogue_changed()


def _with(rows: tuple[R, ...], new: Sequence[R]) -> tuple[R, ...]:
    by_id = {row.id: row for row in rows}
    by_id.update((row.id, row) for row in new)  # at the places of the old ones
    return tuple(by_id.values())


def mark_catalogue_changed() -> None:
    """Raise the catalogue's number, so that searches know that they are stale."""
    generation = db.session.get(CatalogueGeneration, _GENERATION_ROW, populate_existing=True)
    if generation is None:
        generation = CatalogueGeneration(id=_GENERATION_ROW, number=0)
        db.session.add(generation)
    generation.number += 1
    db.session.flush()


def _touched(comparisons: dict[str, Comparison]) -> dict[type[Model], set[uuid.UUID]]:
    """Return the organizations and services whose rows differ from the stored ones."""
    organizations = comparisons[OrganizationRow.FILE].changed
    programs = comparisons[ProgramRow.FILE].changed
    return {
        Organization: {stable_id("organization", slug) for slug in organizations},
        Service: {stable_id("service", slug) for slug in programs},
    }


def _rejection(
    files: CatalogFiles, problems: tuple[Problem, ...], stored: Catalogue, *, is_dry_run: bool
) -> LoadReport:
    bad_lines = {(problem.file, problem.line) for problem in problems if problem.line}
    counts, rows_with_errors = [], 0
    for table in files.tables:
        file = table.row_type.FILE
        present = {key_of(row): row for row in stored.files[file]}
        good = [record for record in table.records if (file, record.line) not in bad_lines]
        unchanged = sum(record.row == present.get(record.key) for record in good)
        rows_with_errors += len(table.records) - len(good)
        counts.append(FileCount(file, unchanged=unchanged, rejected=len(table.records) - unchanged))
    return LoadReport(
        files=tuple(counts),
        problems=problems,
        rows_with_errors=rows_with_errors,
        unreadable_files=sum(not table.is_readable for table in files.tables),
        is_dry_run=is_dry_run,
    )
