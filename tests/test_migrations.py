"""The migrations make the tables that the models describe, and can go back."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import CheckConstraint, inspect
from sqlalchemy.schema import CreateIndex, CreateTable

from portal import create_app
from portal.config import Settings
from portal.extensions import db
from tests.conftest import ROOT

MIGRATIONS = ROOT / "migrations"
# No part of the models.
BESIDE = ("create trigger", "create function", "end $$", "INSERT INTO referral_chain_head")


@pytest.fixture
def bare_app(tmp_path: Path) -> Flask:
    """A portal whose database has no table."""
    return create_app(Settings(instance=tmp_path, testing=True))


def differences() -> list[Any]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        return compare_metadata(context, db.metadata)


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names())


def schema() -> list[str]:
    with db.engine.connect() as connection:
        query = "select sql from sqlite_master where sql is not null order by type, name"
        return [sql for (sql,) in connection.exec_driver_sql(query)]


def statements(sql: str) -> set[str]:
    """Return SQL statements whatever the order of a table's columns and constraints."""
    found = set()
    for statement in sql.split(";"):
        head, _, body = " ".join(statement.split()).partition(" (")
        parts = body.rstrip(")").replace(", CONSTRAINT", ",\nCONSTRAINT").split("\n")
        columns = parts[0].rstrip(",").split(", ")
        if head:
            found.add(head + " " + " ".join(sorted(part.rstrip(", ") for part in columns)))
            found.update(head + " " + part.rstrip(", ").rstrip(")") for part in parts[1:])
    return found


def test_the_migrations_equal_the_models_types_included(bare_app):
    with bare_app.app_context():
        flask_migrate.upgrade()

        assert differences() == []


def test_a_migration_that_lacks_a_column_would_be_noticed(bare_app):
    with bare_app.app_context():
        flask_migrate.upgrade()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA query_only = 0")
            connection.exec_driver_sql("alter table synonym drop column position")

            found = compare_metadata(MigrationContext.configure(connection), db.metadata)

    assert [(kind, column.name) for kind, _, _, column in found] == [("add_column", "position")]


def test_an_upgrade_can_be_undone_and_done_again(bare_app):
    with bare_app.app_context():
        flask_migrate.upgrade()
        first = schema()
        flask_migrate.downgrade(revision="base")
        between = tables()
        flask_migrate.upgrade()

        assert between == {"alembic_version"}
        assert schema() == first
        assert differences() == []


def test_checks_of_the_models_are_in_the_database(bare_app):
    with bare_app.app_context():
        flask_migrate.upgrade()
        inspector = inspect(db.engine)

        checks = {
            check["name"] for table in tables() for check in inspector.get_check_constraints(table)
        }

    assert checks == {
        constraint.name
        for table in db.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }


def test_a_failing_migration_leaves_the_database_as_it_was(bare_app, monkeypatch):
    def fail(*_arguments: object, **_more: object) -> None:
        raise ValueError("no such index")

    with bare_app.app_context():
        monkeypatch.setattr(Operations, "create_index", fail)
        with pytest.raises(ValueError, match="no such index"):
            flask_migrate.upgrade()

        assert tables() == set()


def test_references_are_checked_again_after_a_migration(bare_app):
    with bare_app.app_context():
        flask_migrate.upgrade()

        with db.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_postgresql_gets_the_same_tables_from_migrations_and_models(bare_app):
    written = io.StringIO()
    context = MigrationContext.configure(
        dialect_name="postgresql", opts={"as_sql": True, "output_buffer": written}
    )
    script = ScriptDirectory(str(MIGRATIONS))

    with Operations.context(context):
        for revision in reversed(list(script.walk_revisions())):
            revision.module.upgrade()

    with bare_app.app_context():
        asked = [
            str(CreateTable(table).compile(dialect=context.dialect))
            for table in db.metadata.sorted_tables
        ]
        asked += [
            str(CreateIndex(index).compile(dialect=context.dialect))
            for table in db.metadata.sorted_tables
            for index in table.indexes
        ]
    made = {s for s in statements(written.getvalue()) if not s.startswith(BESIDE)}
    assert made == statements(";".join(asked))
    assert "CREATE TABLE organization" in {statement[:25] for statement in made}


def test_there_is_one_line_of_revisions():
    script = ScriptDirectory(str(MIGRATIONS))

    assert len(script.get_heads()) == 1
    assert script.get_bases() == ["0001"]
