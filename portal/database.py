"""How a transaction begins: reads cannot write, and every write unit is immediate on SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError

from portal.config import Settings, SettingsError
from portal.extensions import db

BUSY_TIMEOUT_MS = 10_000
PATIENCE = "portal-patience-ms"  # what a connection is set to, where that is not the usual

_writes: ContextVar[bool] = ContextVar("portal_writes", default=False)
_patience_ms: ContextVar[int] = ContextVar("portal_patience_ms", default=BUSY_TIMEOUT_MS)


@contextmanager
def write_unit(*, patience_ms: int = BUSY_TIMEOUT_MS) -> Iterator[None]:
    """Let the transactions begun inside write; they take the lock at once.

    With a plain BEGIN, most read-then-write transactions fail under load with "database is
    locked" whatever the timeout; with BEGIN IMMEDIATE they wait their turn.

    Args:
        patience_ms: how long to wait for another writer; less for what may also not be written.
    """
    tokens = _writes.set(True), _patience_ms.set(patience_ms)
    try:
        yield
    finally:
        _writes.reset(tokens[0])
        _patience_ms.reset(tokens[1])


def init_app(app: Flask, settings: Settings) -> None:
    """Bind the database of this installation.

    Raises:
        SettingsError: its address is none, or asks for a driver that is not installed.
    """
    try:
        db.init_app(app)
    except (ArgumentError, ValueError):
        raise SettingsError(
            f"DATABASE_URL is not the address of a database ({settings.database_shown}): write it "
            "like sqlite:////srv/portal/portal.sqlite3, or unset it to use SQLite in the "
            "instance folder."
        ) from None
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"The driver {error.name} that DATABASE_URL asks for is not installed: add it to "
            "requirements/run.in and run `python3 bootstrap.py lock`, or unset DATABASE_URL to "
            "use SQLite in the instance folder."
        ) from None
    with app.app_context():
        configure(db.engine)


def configure(engine: Engine) -> None:
    """Set each connection of a SQLite engine right; other databases are left as they are."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)


def _prepare(connection: DBAPIConnection, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        raise TypeError(type(connection))
    # None: the driver must not begin transactions of its own.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    # What a company has had deleted is overwritten with zeros, not left in free pages. It costs
    # nothing that could be measured beside the wait for the disk.
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes, patience_ms = _writes.get(), _patience_ms.get()
    if connection.info.get(PATIENCE, BUSY_TIMEOUT_MS) != patience_ms:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {patience_ms}")
        connection.info[PATIENCE] = patience_ms
    connection.exec_driver_sql(f"PRAGMA query_only = {0 if writes else 1}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
