"""The work of imports, done by the worker: make a preview, write what was confirmed, forget.

Reading and judging hold no transaction; each word of progress is one of its own.
"""

from __future__ import annotations

import gc
import uuid
from dataclasses import dataclass

import structlog
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from portal import clock
from portal.config import Settings
from portal.database import write_unit
from portal.directory.exporting import stored_catalogue
from portal.directory.successors import merged_organizations
from portal.extensions import db
from portal.imports import operations, queries, storage
from portal.imports.bombs import DangerousArchiveError
from portal.imports.encodings import Encoding
from portal.imports.hsds_package import DanglingError
from portal.imports.mapping import Mapped, mapped
from portal.imports.models import CONFIRMED, DONE, ImportJob
from portal.imports.planning import Plan, planned
from portal.imports.reading import Upload, read_uploads
from portal.imports.tables import UnreadableError
from portal.mail.worker import STEPS

log = structlog.get_logger()


class NothingFoundError(Exception):
    """No file holds rows of the catalogue."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan, and what it was made from."""

    plan: Plan
    source: Mapped
    generation: int


def run_due(settings: Settings) -> int:
    """Do all that is due; returns how many jobs were taken."""
    taken = 0
    while run_next(settings):
        taken += 1
    forget_old(settings)
    return taken


def run_next(settings: Settings) -> bool:
    """Do one job; whether there was one."""
    is_due = queries.is_any_due(clock.now())
    db.session.rollback()
    if not is_due:  # looking takes no lock
        return False
    with write_unit():
        job = operations.claim_next(clock.now())
        taken = (job.id, job.state) if job is not None else None
        db.session.commit()
    if taken is not None:
        _work(*taken, settings)
        gc.collect()  # a large import should not stay with the server
    return True


def forget_old(settings: Settings) -> None:
    """Delete imports whose time is over, their files first."""
    over = queries.over(clock.now())
    db.session.rollback()
    for id_ in over:
        storage.forget(settings, id_)
        with write_unit():
            operations.forget_import(id_)
            db.session.commit()


def _work(id_: uuid.UUID, state: str, settings: Settings) -> None:
    try:
        prepared = _prepare(id_, settings)
        if state == CONFIRMED:
            _write(id_, prepared, settings)
        else:
            _show(id_, prepared)
    except DanglingError as error:
        _fail(id_, "dangling", dangling=error.dangling, references=error.references)
    except UnreadableError as error:
        _fail(id_, "unreadable", file=error.file, line=error.line, reason=str(error))
    except DangerousArchiveError as error:
        _fail(id_, str(error.danger))
    except NothingFoundError:
        _fail(id_, "nothing-found")
    except FileNotFoundError:
        _fail(id_, "gone")
    except SQLAlchemyError:
        raise  # the lease ends, and it is tried again
    except Exception as error:  # whatever a file does to us, it does to this job only
        log.error("import failed", job=str(id_), exc_info=error)
        _fail(id_, "fault")


def _prepare(id_: uuid.UUID, settings: Settings) -> Prepared:
    job = db.session.get_one(ImportJob, id_)
    folder = storage.folder_of(settings, id_)
    uploads = [
        Upload(
            folder / str(file.position),
            file.name,
            Encoding(file.encoding) if file.encoding else None,
        )
        for file in job.files
    ]
    generation, stored, ids = queries.generation(), stored_catalogue(), queries.stored_ids()
    merged = merged_organizations()
    db.session.rollback()
    db.session.expunge_all()
    _tell(id_, "reading", 0, 0)
    today = clock.today()
    contents = read_uploads(uploads)
    source = mapped(contents.tables, ids, is_package=contents.is_package, month=f"{today:%Y-%m}")
    if not source.tables:
        raise NothingFoundError
    del contents
    plan = planned(
        source.tables,
        stored,
        today=today,
        merged=merged,
        tell=lambda done, of: _tell(id_, "judging", done, of),
    )
    return Prepared(plan, source, generation)


def _show(id_: uuid.UUID, prepared: Prepared) -> None:
    rows = prepared.plan.rows
    with write_unit():
        operations.forget_rows(id_)
        db.session.commit()
    for start in range(0, len(rows), operations.ROWS_AT_ONCE):
        with write_unit():
            operations.keep_rows(id_, rows[start : start + operations.ROWS_AT_ONCE])
            db.session.commit()
        _tell(id_, "keeping", start, len(rows))
    with write_unit():
        operations.finish_preview(
            db.session.get_one(ImportJob, id_),
            prepared.plan,
            prepared.source.tables,
            prepared.source.ignored,
            generation=prepared.generation,
        )
        db.session.commit()


def _write(id_: uuid.UUID, prepared: Prepared, settings: Settings) -> None:
    _tell(id_, "writing", 0, 0)
    with write_unit():
        # Inside the lock: what the preview was made for is still what is there, or it is not.
        is_same = queries.generation() == prepared.generation
        job = db.session.get_one(ImportJob, id_)
        if is_same:
            operations.write_plan(
                job,
                prepared.plan,
                generation=prepared.generation,
                state_code=settings.state_code,
                now=clock.now(),
            )
        else:
            operations.preview_again(job, notice=operations.CATALOGUE_CHANGED)
        is_done = job.state == DONE
        db.session.commit()
    if is_done:
        storage.forget(settings, id_)


def _tell(id_: uuid.UUID, step: str, done: int, of: int) -> None:
    with write_unit():
        operations.tell_progress(id_, step, done, of, now=clock.now())
        db.session.commit()


def _fail(id_: uuid.UUID, code: str, **details: object) -> None:
    db.session.rollback()
    with write_unit():
        operations.fail(db.session.get_one(ImportJob, id_), code, now=clock.now(), **details)
        db.session.commit()


def init_app(app: Flask) -> None:
    """Let the worker do the work of imports."""
    app.extensions.setdefault(STEPS, []).append(run_due)
