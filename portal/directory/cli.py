"""`flask --app wsgi catalog …`: bring a catalogue in, write it out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError

from portal import clock
from portal.config import Settings
from portal.database import write_unit
from portal.database_faults import explained
from portal.directory.exporting import stored_catalogue, write_catalogue
from portal.directory.models import CatalogueGeneration
from portal.directory.operations import load_catalog
from portal.extensions import db

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group()
def catalog() -> None:
    """Load and export the catalogue of organizations and programs."""


@catalog.command()
@click.argument("directory", type=FOLDER)
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@with_appcontext
def load(directory: Path, dry_run: bool) -> None:
    """Load the five CSV files of DIRECTORY, all or nothing."""
    settings: Settings = current_app.config["PORTAL"]
    # Without a write unit the database itself refuses to be written.
    with _faults_in_words(), nullcontext() if dry_run else write_unit():
        _require_tables()
        report = load_catalog(
            directory, state_code=settings.state_code, now=clock.now(), dry_run=dry_run
        )
        for line in report.lines():
            click.echo(line)
        if report.is_rejected:
            sys.exit(1)
        db.session.commit()


@catalog.command()
@click.argument("directory", type=FOLDER)
@with_appcontext
def export(directory: Path) -> None:
    """Write the catalogue as five CSV files into DIRECTORY."""
    with _faults_in_words():
        _require_tables()
        catalogue = stored_catalogue()
    try:
        write_catalogue(catalogue, directory)
    except OSError as error:
        raise click.ClickException(f"Cannot write to {directory}: {error.strerror}.") from None
    for file, rows in catalogue.files.items():
        click.echo(f"{directory / file}: {len(rows)} rows")


@contextmanager
def _faults_in_words() -> Iterator[None]:
    settings: Settings = current_app.config["PORTAL"]
    try:
        yield
    except SQLAlchemyError as error:
        raise click.ClickException(explained(error, settings.database_shown)) from None


def _require_tables() -> None:
    if not inspect(db.engine).has_table(CatalogueGeneration.__tablename__):
        raise click.ClickException(
            "The database has no tables yet; run `flask --app wsgi db upgrade` first."
        )
