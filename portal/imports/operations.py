"""Writes of imports: the job from its upload to its end. The caller commits."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from portal.accounts import audit
from portal.accounts.models import Account
from portal.directory.operations import mark_catalogue_changed
from portal.extensions import db
from portal.imports.encodings import Encoding
from portal.imports.models import (
    CONFIRMED,
    DONE,
    FAILED,
    READY,
    WAITING,
    ImportFile,
    ImportJob,
    ImportJournal,
    ImportRow,
)
from portal.imports.planning import Plan, PlannedRow, Verdict
from portal.imports.queries import due, generation
from portal.imports.tables import SourceTable

KEPT = timedelta(days=7)
LEASE = timedelta(minutes=2)  # longer than any step between two words of progress
MOST_ATTEMPTS = 3
CATALOGUE_CHANGED = "catalogue-changed"
PARTLY_WRITTEN = "partly-written"
DIED = "died"
ROWS_AT_ONCE = 500


class PreviewIsOldError(Exception):
    """The catalogue has changed since the preview."""


def start_import(
    id_: uuid.UUID, files: Sequence[tuple[str, int]], *, by: Account, now: datetime
) -> ImportJob:
    """Open an import that waits for its preview.

    Args:
        id_: under which its files lie already.
        files: name and size of each, in order.
        by: who sent them.
        now: the present moment.
    """
    job = ImportJob(
        id=id_,
        created_at=now,
        created_by=by.id,
        expires_at=now + KEPT,
        state=WAITING,
        step="",
        steps_done=0,
        steps_of=0,
        attempts=0,
        leased_until=None,
        generation=0,
        notice="",
        failure="",
        failure_details="{}",
        tables="[]",
        rows_read=0,
        added=0,
        changed=0,
        unchanged=0,
        rejected=0,
        confirmed_by=None,
        finished_at=None,
    )
    db.session.add(job)
    for position, (name, size) in enumerate(files):
        job.files.append(
            ImportFile(id=uuid.uuid4(), position=position, name=name, size_bytes=size, encoding="")
        )
    audit.record("import:start", object_kind="import", object_id=id_, now=now, by=by)
    db.session.flush()
    return job


def claim_next(now: datetime) -> ImportJob | None:
    """Take the next job, so that no other worker takes it meanwhile.

    One whose workers have died again and again is failed instead, and None is returned.
    """
    job = db.session.scalars(
        select(ImportJob)
        .where(due(now))
        .order_by(ImportJob.created_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if job is None:
        return None
    if job.attempts >= MOST_ATTEMPTS:
        fail(job, DIED, now=now)
        return None
    job.attempts += 1
    job.leased_until = now + LEASE
    db.session.flush()
    return job


def tell_progress(id_: uuid.UUID, step: str, done: int, of: int, *, now: datetime) -> None:
    """Note how far a job is, and keep it."""
    db.session.execute(
        update(ImportJob)
        .where(ImportJob.id == id_)
        .values(step=step, steps_done=done, steps_of=of, leased_until=now + LEASE)
    )


def forget_rows(id_: uuid.UUID) -> None:
    """Delete what an earlier preview found."""
    db.session.execute(delete(ImportRow).where(ImportRow.job_id == id_))


def keep_rows(id_: uuid.UUID, rows: Sequence[PlannedRow]) -> None:
    """Store some rows of a preview."""
    db.session.execute(insert(ImportRow), [_stored(id_, row) for row in rows])


def _stored(id_: uuid.UUID, row: PlannedRow) -> dict[str, Any]:
    details: dict[str, Any] = {}
    if row.verdict is Verdict.CHANGED:
        details = {"changes": row.changes}
    elif row.verdict is Verdict.REJECTED:
        details = {"problems": row.problems, "cells": dict(row.cells)}
    return {
        "job_id": id_,
        "table_number": row.table,
        "line": row.line,
        "key": row.key,
        "name": row.name,
        "verdict": str(row.verdict),
        "details": json.dumps(details, ensure_ascii=False),
    }


def finish_preview(
    job: ImportJob,
    plan: Plan,
    tables: Sequence[SourceTable],
    ignored: Sequence[str],
    *,
    generation: int,
) -> None:
    """Offer a preview to be looked at.

    Args:
        job: whose rows are stored.
        plan: what it would do.
        tables: what was found in its files.
        ignored: names of tables that nobody understood.
        generation: of the catalogue that the preview was made for.
    """
    counts = plan.counts
    job.state, job.step, job.leased_until, job.attempts = READY, "", None, 0
    job.generation = generation
    job.rows_read = len(plan.rows)
    job.added, job.changed = counts["added"], counts["changed"]
    job.unchanged, job.rejected = counts["unchanged"], counts["rejected"]
    job.tables = json.dumps([*_described(tables, plan), *({"skipped": name} for name in ignored)])
    db.session.flush()


def _described(tables: Sequence[SourceTable], plan: Plan) -> Iterator[dict[str, Any]]:
    rejected = [row.table for row in plan.rows if row.verdict is Verdict.REJECTED]
    for number, table in enumerate(tables):
        yield {
            "file": table.file,
            "catalogue_file": table.row_type.FILE,
            "columns": table.columns,
            "ignored": table.ignored,
            "encoding": table.encoding,
            "rows": len(table.rows),
            "rejected": rejected.count(number),
        }


def preview_again(job: ImportJob, *, notice: str = "") -> None:
    """Send a job back for a new preview."""
    job.state, job.notice = WAITING, notice
    job.step, job.steps_done, job.steps_of = "", 0, 0
    job.attempts, job.leased_until, job.confirmed_by = 0, None, None
    db.session.flush()


def choose_encodings(job: ImportJob, chosen: Sequence[Encoding | None]) -> None:
    """Read the files anew in the encodings that somebody chose; None: found out."""
    for file, encoding in zip(job.files, chosen, strict=True):
        file.encoding = str(encoding or "")
    preview_again(job)


def confirm(job: ImportJob, *, seen: int, by: Account) -> None:
    """Let what the preview shows be written.

    Args:
        job: ready.
        seen: the number of the catalogue that the preview was made for, as its page said.
        by: who says so.

    Raises:
        PreviewIsOldError: the catalogue has changed since; a new preview is on its way.
    """
    if job.generation != seen or generation() != seen:
        preview_again(job, notice=CATALOGUE_CHANGED)
        raise PreviewIsOldError
    job.state, job.notice, job.confirmed_by = CONFIRMED, "", by.id
    job.step, job.steps_done, job.steps_of = "", 0, job.to_write
    if job.journal is not None:
        job.journal.written = 0
    db.session.flush()


def note_written(job: ImportJob, rows: int, *, now: datetime) -> None:
    """Note, with the rows themselves, how many more are written; keeps the job."""
    if job.journal is None:
        job.journal = ImportJournal(written=0)
    job.journal.written += rows
    job.step, job.steps_done, job.steps_of = "writing", job.written, job.to_write
    job.leased_until = now + LEASE
    db.session.flush()


def finish_import(job: ImportJob, *, now: datetime) -> None:
    """End an import whose rows are all written."""
    if job.to_write:
        mark_catalogue_changed()
    audit.record(
        "import:confirm",
        object_kind="import",
        object_id=job.id,
        now=now,
        by=db.session.get_one(Account, job.confirmed_by),
        files=[file.name for file in job.files],
        read=job.rows_read,
        counts={str(verdict): getattr(job, verdict) for verdict in Verdict},
    )
    job.state, job.step, job.leased_until, job.finished_at = DONE, "", None, now
    db.session.flush()


def show_again(job: ImportJob, *, now: datetime) -> None:
    """Send a confirmed job back for a new preview: it would not do what was confirmed.

    What is written already stays, and the new preview finds it unchanged.
    """
    if job.written:
        _note_broken_off(job, now=now)
    preview_again(job, notice=PARTLY_WRITTEN if job.written else CATALOGUE_CHANGED)


def _note_broken_off(job: ImportJob, *, now: datetime) -> None:
    """Let searches see what was written, and the trail tell of it."""
    mark_catalogue_changed()
    audit.record(
        "import:break-off",
        object_kind="import",
        object_id=job.id,
        now=now,
        by=db.session.get_one(Account, job.confirmed_by),
        written=job.written,
        of=job.to_write,
    )


def fail(job: ImportJob, code: str, *, now: datetime, **details: object) -> None:
    """End a job, and say why; what it has written stays."""
    if job.state == CONFIRMED and job.written:
        _note_broken_off(job, now=now)
    job.state, job.failure, job.finished_at = FAILED, code, now
    job.failure_details = json.dumps(details)
    job.leased_until = None
    db.session.flush()


def forget_import(id_: uuid.UUID) -> None:
    """Delete an import with its rows; the trail keeps what it did."""
    forget_rows(id_)
    db.session.execute(delete(ImportJournal).where(ImportJournal.job_id == id_))
    db.session.execute(delete(ImportFile).where(ImportFile.job_id == id_))
    db.session.execute(delete(ImportJob).where(ImportJob.id == id_))
