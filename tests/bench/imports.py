"""Prints what an import of 10,000 programs takes: seconds, memory, and how long others wait."""

from __future__ import annotations

import csv
import resource
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from contextlib import closing
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from portal import clock, create_app
from portal.accounts.models import Account
from portal.config import Settings
from portal.database import BUSY_TIMEOUT_MS, write_unit
from portal.directory.catalog_rows import ProgramRow, rules_of
from portal.extensions import db
from portal.imports import jobs, operations, queries, storage
from portal.imports.models import ImportJob
from portal.permissions import Role
from tests.bench.portals import filled_app
from tests.conftest import DATA
from tests.factories import Make

ROWS = 10_000
MANAGER = "manager@example.org"
SECONDS, MEGABYTES = 20, 300  # what it may take
WAIT_SECONDS = 2  # what another writer may wait for the lock
OTHERS_EVERY_SECONDS = 0.02


class OtherWriter(threading.Thread):
    """Writes a small row again and again, as visitors and staff do; keeps its longest wait."""

    def __init__(self, database: Path) -> None:
        super().__init__(daemon=True)
        self.database = database
        self.is_over = threading.Event()
        self.waits: list[float] = []

    def run(self) -> None:
        with closing(sqlite3.connect(self.database, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
            while not self.is_over.wait(OTHERS_EVERY_SECONDS):
                start = time.perf_counter()
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("UPDATE catalogue_generation SET number = number")
                connection.execute("COMMIT")
                self.waits.append(time.perf_counter() - start)

    def longest(self) -> float:
        """Stop, and return the longest wait in seconds."""
        self.is_over.set()
        self.join()
        return max(self.waits)


def write_programs(path: Path, rows: int) -> None:
    """Write a file of made-up programs, each unlike the others, after the real ones."""
    with (DATA / "programs.csv").open(encoding="utf-8", newline="") as file:
        real = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rules_of(ProgramRow)), lineterminator="\n")
        writer.writeheader()
        for number in range(rows):
            row = dict(real[number % len(real)])
            row["id"] = f"made-up-{number}"
            row["name"] = f"{row['name']} {number}"
            row["pathway_next"] = f"made-up-{number + 1}" if number + 1 < rows else ""
            writer.writerow(row)


def main() -> None:
    """Measure in processes that do nothing else, each with its own portal and memory."""
    for format_ in ("csv", "xlsx"):
        with tempfile.TemporaryDirectory() as name:
            source = Path(name, "programs.csv")
            write_programs(source, ROWS)
            if format_ == "xlsx":
                source = as_workbook(source)
            for what in ("prepare", "import"):
                command = [sys.executable, "-m", "tests.bench.imports", what, str(source)]
                subprocess.run(command, check=True)


def prepare(source: Path) -> None:
    """Make a portal with the real catalogue beside the file."""
    Make(filled_app(source.parent)).account(Role.MANAGER, email=MANAGER)


def measure(source: Path) -> None:
    """Import once as new rows, and once more as rows that are there."""
    app = create_app(Settings(instance=source.parent, testing=True))
    with app.app_context():
        person = db.session.scalars(select(Account.id).where(Account.email == MANAGER)).one()
        db.session.remove()
    size = source.stat().st_size / 1e6
    print(f"{ROWS:,} programs, {source.suffix} of {size:.1f} MB; {peak_mb():.0f} MB before")
    for what in ("all new", "all there"):
        run(app, source, person, what)
    print(f"  peak memory {peak_mb():.0f} MB (at most {MEGABYTES})", flush=True)


def run(app: Flask, source: Path, person: uuid.UUID, what: str) -> None:
    """Import a file; prints how long its preview and its confirmation take."""
    settings: Settings = app.config["PORTAL"]
    id_ = uuid.uuid4()
    with app.app_context():
        with source.open("rb") as stream:
            storage.keep(settings, id_, [stream])
        with write_unit():
            by = db.session.get_one(Account, person)
            files = [(source.name, source.stat().st_size)]
            operations.start_import(id_, files, by=by, now=clock.now())
            db.session.commit()
        preview = timed(settings)
        job = db.session.get_one(ImportJob, id_)
        counts = job.rows_read, job.added, job.changed, job.unchanged, job.rejected
        db.session.rollback()
        with write_unit():
            by = db.session.get_one(Account, person)
            operations.confirm(db.session.get_one(ImportJob, id_), seen=queries.generation(), by=by)
            db.session.commit()
        other = OtherWriter(settings.instance / "portal.sqlite3")
        other.start()
        confirmation = timed(settings)
        longest = other.longest()
        state = db.session.get_one(ImportJob, id_).state
        db.session.remove()
    read, added, changed, unchanged, rejected = counts
    print(
        f"  {what}: read {read} = {added} added + {changed} changed + {unchanged} unchanged + "
        f"{rejected} rejected; {state}"
    )
    print(
        f"  preview {preview:.1f} s + confirmation {confirmation:.1f} s = "
        f"{preview + confirmation:.1f} s (at most {SECONDS}); {peak_mb():.0f} MB"
    )
    print(f"  others waited {longest:.2f} s at the longest (at most {WAIT_SECONDS})", flush=True)


def timed(settings: Settings) -> float:
    """Do the job that waits; returns the seconds it took."""
    start = time.perf_counter()
    assert jobs.run_next(settings)
    return time.perf_counter() - start


def as_workbook(source: Path) -> Path:
    """Write a CSV file as a workbook of one sheet."""
    import openpyxl  # noqa: PLC0415  not to weigh on the other measure

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("programs")
    with source.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            sheet.append(row)
    target = source.with_suffix(".xlsx")
    book.save(target)
    return target


def peak_mb() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    {"prepare": prepare, "import": measure}[sys.argv[1]](Path(sys.argv[2]))
