"""Runs the migrations on the portal's own engine, all of them in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from alembic.util import CommandError
from sqlalchemy import Connection

from portal.database import write_unit
from portal.extensions import db


@contextmanager
def unchecked_references(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild tables that others refer to; it cannot alter most of a table in place.

    The setting has no effect inside a transaction, so it is changed beneath SQLAlchemy.
    """
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        yield
        return
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def run_migrations() -> None:
    """Bring the database to the revision that was asked for."""
    if context.is_offline_mode():
        raise CommandError("Migrations run on a database; printing SQL is not supported.")
    with write_unit(), db.engine.connect() as connection, unchecked_references(connection):
        is_sqlite = connection.dialect.name == "sqlite"
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            compare_type=True,
            render_as_batch=is_sqlite,
            # True of SQLite, too, since portal.database begins its transactions itself.
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()
            if is_sqlite:
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise CommandError(f"The migration leaves broken references: {broken[:5]}")


run_migrations()
