"""Tables of imports: the job, the files that it reads, and what becomes of each row."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.extensions import Model

WAITING, READY, CONFIRMED, DONE, FAILED = STATES = (
    "waiting",  # for its preview
    "ready",  # to be looked at and confirmed
    "confirmed",  # and still to be written
    "done",
    "failed",
)
AT_WORK = (WAITING, CONFIRMED)


class ImportJob(Model):
    """One import, from the upload to the end.

    A worker that has it says until when; one whose worker died is taken up again. `generation`
    is the number of the catalogue that the preview was made for.
    """

    __tablename__ = "import_job"
    __table_args__ = (
        CheckConstraint(
            "state in ('waiting', 'ready', 'confirmed', 'done', 'failed')", name="state"
        ),
        CheckConstraint(
            "rows_read = added + changed + unchanged + rejected", name="every_row_counted"
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    created_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    expires_at: Mapped[datetime]
    state: Mapped[str]
    step: Mapped[str]
    steps_done: Mapped[int]
    steps_of: Mapped[int]
    attempts: Mapped[int]
    leased_until: Mapped[datetime | None]
    generation: Mapped[int]
    notice: Mapped[str]  # why a preview was made anew
    failure: Mapped[str]  # a code, and in `failure_details` what its words need, as JSON
    failure_details: Mapped[str]
    tables: Mapped[str]  # JSON: what was found in the files
    rows_read: Mapped[int]
    added: Mapped[int]
    changed: Mapped[int]
    unchanged: Mapped[int]
    rejected: Mapped[int]
    confirmed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    finished_at: Mapped[datetime | None]

    author: Mapped[Account] = relationship(foreign_keys=[created_by])
    files: Mapped[list[ImportFile]] = relationship(
        order_by="ImportFile.position", cascade="all, delete-orphan"
    )
    journal: Mapped[ImportJournal | None] = relationship(
        cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def is_at_work(self) -> bool:
        """Whether a worker has something to do."""
        return self.state in AT_WORK

    @property
    def to_write(self) -> int:
        """How many rows a confirmation would write."""
        return self.added + self.changed

    @property
    def written(self) -> int:
        """How many rows of the last confirmation are written."""
        return self.journal.written if self.journal else 0


class ImportJournal(Model):
    """How many rows of a confirmed import are written; a worker goes on after them."""

    __tablename__ = "import_journal"

    job_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("import_job.id"), primary_key=True)
    written: Mapped[int]


class ImportFile(Model):
    """A file as it was sent; its bytes lie in the instance folder until the import is over."""

    __tablename__ = "import_file"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    job_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("import_job.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    size_bytes: Mapped[int]
    encoding: Mapped[str]  # blank: found out from the bytes


class ImportRow(Model):
    """What becomes of one row; `details` is JSON of its changes or problems and cells."""

    __tablename__ = "import_row"
    __table_args__ = (Index("ix_import_row_page", "job_id", "verdict", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    job_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("import_job.id"))
    table_number: Mapped[int]
    line: Mapped[int]
    key: Mapped[str]
    name: Mapped[str]
    verdict: Mapped[str]
    details: Mapped[str]
