"""Reads of imports: a job, a page of its rows, and what the directory knows of ids."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from portal.directory.models import CatalogueGeneration, Organization, Service, Taxonomy
from portal.extensions import db
from portal.imports.hsds_package import Stored
from portal.imports.models import CONFIRMED, WAITING, ImportJob, ImportRow
from portal.imports.planning import Verdict
from portal.imports.resuming import Shown

ROWS_OF_A_PAGE = 50
IMPORTS_LISTED = 20
_READ_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the preview."""

    file: str
    line: int
    key: str
    name: str
    verdict: str
    changes: tuple[tuple[str, str, str], ...]
    problems: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A rejected row as it was sent, with all that is wrong with it."""

    cells: dict[str, str]
    reason: str


def job_of(id_: uuid.UUID) -> ImportJob | None:
    """Return an import with its files and author."""
    return db.session.scalars(
        select(ImportJob)
        .where(ImportJob.id == id_)
        .options(selectinload(ImportJob.files), joinedload(ImportJob.author))
    ).first()


def latest_jobs() -> list[ImportJob]:
    """Return the last imports, the newest first."""
    return list(
        db.session.scalars(
            select(ImportJob)
            .order_by(ImportJob.created_at.desc())
            .limit(IMPORTS_LISTED)
            .options(selectinload(ImportJob.files), joinedload(ImportJob.author))
        )
    )


def due(now: datetime) -> ColumnElement[bool]:
    """Whether a worker may take a job: it waits, and nobody has it or whoever had it died.

    One import is written at a time, so that none writes over what another just wrote.
    """
    other = aliased(ImportJob)
    is_being_written = (
        select(other.id).where(other.state == CONFIRMED, other.leased_until >= now).exists()
    )
    return and_(
        or_(ImportJob.state == WAITING, and_(ImportJob.state == CONFIRMED, ~is_being_written)),
        or_(ImportJob.leased_until.is_(None), ImportJob.leased_until < now),
    )


def is_any_due(now: datetime) -> bool:
    """Whether there is work."""
    return db.session.scalar(select(ImportJob.id).where(due(now)).limit(1)) is not None


def over(now: datetime) -> list[uuid.UUID]:
    """Return the imports whose time is over."""
    return list(db.session.scalars(select(ImportJob.id).where(ImportJob.expires_at < now)))


def generation() -> int:
    """Return the number of the catalogue, which each change raises."""
    return db.session.scalar(select(CatalogueGeneration.number)) or 0


def stored_ids() -> Stored:
    """Return what the directory knows by the ids that HSDS uses."""
    facets: dict[str, str] = {}
    for id_, slug, name in db.session.execute(select(Taxonomy.id, Taxonomy.slug, Taxonomy.name)):
        facets.update({str(id_): slug, name.lower(): slug, slug: slug})
    return Stored(
        organizations=_slugs(select(Organization.id, Organization.slug)),
        services=_slugs(select(Service.id, Service.slug)),
        facets=facets,
    )


def _slugs(query: Any) -> dict[str, str]:
    return {str(id_): slug for id_, slug in db.session.execute(query)}


def tables_of(job: ImportJob) -> list[dict[str, Any]]:
    """Return what was found in the files: name, columns, columns not understood, encoding."""
    found: list[dict[str, Any]] = json.loads(job.tables or "[]")
    return found


def rows_of(job: ImportJob, verdict: Verdict, page: int) -> list[ShownRow]:
    """Return a page of rows, in the order of the files."""
    files = [table.get("file", "") for table in tables_of(job)]
    rows = db.session.scalars(
        select(ImportRow)
        .where(ImportRow.job_id == job.id, ImportRow.verdict == str(verdict))
        .order_by(ImportRow.id)
        .offset((page - 1) * ROWS_OF_A_PAGE)
        .limit(ROWS_OF_A_PAGE)
    )
    return [_shown(row, files) for row in rows]


def confirmed_rows(job_id: uuid.UUID) -> list[Shown]:
    """Return what the preview of an import said of each row, in the order of the files."""
    rows = db.session.execute(
        select(ImportRow.table_number, ImportRow.verdict, ImportRow.details)
        .where(ImportRow.job_id == job_id)
        .order_by(ImportRow.id)
    )
    return [
        Shown(table, verdict, _changes(json.loads(details) if details != "{}" else {}))
        for table, verdict, details in rows
    ]


def _changes(details: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    return tuple((column, old, new) for column, old, new in details.get("changes", ()))


def _shown(row: ImportRow, files: list[str]) -> ShownRow:
    details = json.loads(row.details)
    return ShownRow(
        file=files[row.table_number],
        line=row.line,
        key=row.key,
        name=row.name,
        verdict=row.verdict,
        changes=_changes(details),
        problems=tuple(
            (column, value, reason) for column, value, reason in details.get("problems", ())
        ),
    )


def rejected_rows(job: ImportJob, table: int) -> Iterator[RejectedRow]:
    """Yield the rejected rows of a table, in the order of its file."""
    query = (
        select(ImportRow.details)
        .where(
            ImportRow.job_id == job.id,
            ImportRow.verdict == str(Verdict.REJECTED),
            ImportRow.table_number == table,
        )
        .order_by(ImportRow.id)
        .execution_options(yield_per=_READ_AT_ONCE)
    )
    for details in db.session.scalars(query):
        found = json.loads(details)
        reasons = [
            f"{column}: {reason}" if column else reason for column, _, reason in found["problems"]
        ]
        yield RejectedRow(found["cells"], "; ".join(reasons))
