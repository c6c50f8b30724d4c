"""SQLite set right: durable, checked, and never "locked" under fifty writers."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from portal import database
from portal.database import write_unit
from portal.extensions import db

PROCESSES, WRITES = 50, 20


def pragma(name: str) -> object:
    return db.session.execute(text(f"PRAGMA {name}")).scalar()


def test_each_connection_is_set_right_and_reads_back(context):
    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2  # FULL
    assert pragma("foreign_keys") == 1
    assert pragma("busy_timeout") == 10_000
    assert pragma("secure_delete") == 1


def test_outside_a_write_unit_nothing_can_be_written(app):
    with app.app_context(), pytest.raises(OperationalError, match="readonly"):
        db.session.execute(text("update catalogue_generation set number = 7"))


def test_a_write_unit_holds_the_lock_from_its_first_statement(tmp_path):
    first, second = (an_engine(tmp_path / "one.sqlite3") for _ in range(2))
    with write_unit(), first.connect() as writer:
        writer.execute(text("select 1"))
        with second.connect() as other:
            other.connection.cursor().execute("PRAGMA busy_timeout = 0")
            other.rollback()
            with pytest.raises(OperationalError, match="locked"):
                other.exec_driver_sql("select 1")


def an_engine(path: Path):
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    database.configure(engine)
    return engine


def add_up(path: Path, failures: object) -> None:
    engine = an_engine(path)
    for _ in range(WRITES):
        try:
            with write_unit(), engine.begin() as connection:
                number = connection.execute(text("select n from tally")).scalar()
                connection.execute(text("update tally set n = :n"), {"n": number + 1})
        except OperationalError:
            with failures.get_lock():
                failures.value += 1


def test_fifty_processes_times_twenty_writes_are_never_locked_out(tmp_path):
    path = tmp_path / "tally.sqlite3"
    with write_unit(), an_engine(path).begin() as connection:
        connection.execute(text("create table tally (n integer not null)"))
        connection.execute(text("insert into tally values (0)"))
    spawn = multiprocessing.get_context("fork")
    failures = spawn.Value("i", 0)
    workers = [spawn.Process(target=add_up, args=(path, failures)) for _ in range(PROCESSES)]

    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(300)

    assert failures.value == 0
    with an_engine(path).connect() as connection:
        assert connection.execute(text("select n from tally")).scalar() == PROCESSES * WRITES
