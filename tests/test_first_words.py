"""What stops a start is told in one sentence that says what to do, never as a traceback."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from portal import serve
from portal.database import write_unit
from portal.database_faults import explained
from portal.directory import cli
from tests.conftest import ROOT, make_app

NO_WRITING = Path("/sys/kernel")  # not even root may write here
UNSET = "or unset it to use SQLite in the instance folder.\n"

NOT_AN_ADDRESS = (
    "DATABASE_URL is not the address of a database ({shown}): write it like "
    "sqlite:////srv/portal/portal.sqlite3, " + UNSET
)
NO_DRIVER = (
    "The driver psycopg that DATABASE_URL asks for is not installed: add it to "
    "requirements/run.in and run `python3 bootstrap.py lock`, or unset DATABASE_URL to use SQLite "
    "in the instance folder.\n"
)
DAMAGED = (
    "The database {file} is damaged: put a backup in its place, or move it away "
    "and begin anew with `python3 bootstrap.py run`.\n"
)
BUSY = (
    "The database {file} is busy: stop the other program that writes to it, and start this again.\n"
)
READ_ONLY = (
    "The database {file} cannot be written to: let the user who runs the portal write to "
    "it and to its folder, or name another folder with PORTAL_INSTANCE.\n"
)


@pytest.fixture
def start(tmp_path, monkeypatch, capsys):
    """Start the portal with some settings; give what it says when it gives up."""

    def start(**settings: object) -> str:
        for name, value in {"PORTAL_INSTANCE": tmp_path, **settings}.items():
            monkeypatch.setenv(name, str(value))
        assert serve.main([]) == 1
        said = capsys.readouterr()
        assert said.out == ""
        return said.err

    return start


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("nonsense", NOT_AN_ADDRESS.format(shown="nonsense")),
        ("nonsense://db/portal", NOT_AN_ADDRESS.format(shown="nonsense://db/portal")),
        ("nonsense://me:secret@db/x", NOT_AN_ADDRESS.format(shown="nonsense://me:***@db/x")),
        ("postgresql://me@db/portal", NO_DRIVER),
    ],
)
def test_an_address_that_leads_to_no_database_is_told_without_its_password(
    start, address, sentence
):
    assert start(DATABASE_URL=address) == sentence


def test_an_instance_folder_that_cannot_be_written_to_is_told(start):
    assert start(PORTAL_INSTANCE=NO_WRITING) == (
        "The instance folder /sys/kernel cannot be used (Permission denied): let the user who "
        "runs the portal write to it, or name another with PORTAL_INSTANCE.\n"
    )


def test_a_database_that_cannot_be_made_is_told(start):
    told = start(PORTAL_INSTANCE=NO_WRITING, PORTAL_SECRET_KEY="made up")

    assert told == READ_ONLY.format(file=NO_WRITING / "portal.sqlite3")


def test_a_database_that_cannot_be_written_to_is_told(start, tmp_path):
    file = tmp_path / "readable.sqlite3"
    with closing(sqlite3.connect(file)) as made:
        made.execute("PRAGMA journal_mode = WAL")
    address = f"sqlite:///file:{file}?mode=ro&uri=true"

    assert start(DATABASE_URL=address) == READ_ONLY.format(file=address)


def test_a_damaged_database_is_told(start, tmp_path):
    file = tmp_path / "portal.sqlite3"
    file.write_text("this is no database\n" * 100, encoding="utf-8")

    assert start() == DAMAGED.format(file=file)


def test_a_database_that_another_program_keeps_locked_is_told(start, tmp_path, monkeypatch):
    monkeypatch.setattr(serve, "write_unit", partial(write_unit, patience_ms=50))
    file = tmp_path / "portal.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("BEGIN IMMEDIATE")

        told = start()

    assert told == BUSY.format(file=file)


def test_any_other_failure_is_named_with_what_to_look_at():
    assert explained(OSError("connection refused.\nIs it running?"), "postgresql://db/x") == (
        "The database postgresql://db/x cannot be used (connection refused): "
        "see that it runs and that DATABASE_URL is right."
    )


@pytest.mark.parametrize("command", ["load", "export"])
def test_catalog_commands_tell_that_the_database_is_damaged(command, tmp_path):
    app = make_app(tmp_path)
    file = tmp_path / "portal.sqlite3"
    with closing(sqlite3.connect(file)) as last:
        last.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.write_text("this is no database\n" * 100, encoding="utf-8")

    result = app.test_cli_runner().invoke(args=["catalog", command, str(tmp_path / "files")])

    assert result.exit_code == 1
    assert result.output == f"Error: {DAMAGED.format(file=file)}"


def test_catalog_load_tells_that_another_program_keeps_the_database_locked(tmp_path, monkeypatch):
    monkeypatch.setattr(cli, "write_unit", partial(write_unit, patience_ms=50))
    app = make_app(tmp_path)
    file = tmp_path / "portal.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        result = app.test_cli_runner().invoke(args=["catalog", "load", str(tmp_path)])

    assert result.exit_code == 1
    assert result.output == f"Error: {BUSY.format(file=file)}"


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"DATABASE_URL": "nonsense"}, NOT_AN_ADDRESS.format(shown="nonsense")),
        ({"DATABASE_URL": "postgresql://me@db/portal"}, NO_DRIVER),
        (
            {"PORTAL_TRUSTED_PROXIES": "one"},
            "PORTAL_TRUSTED_PROXIES must be a whole number, not 'one'.\n",
        ),
    ],
)
def test_the_flask_command_tells_what_is_wrong_with_the_settings(settings, sentence, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "catalog", "load", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PORTAL_INSTANCE": str(tmp_path), **settings},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == f"Error: {sentence}"
