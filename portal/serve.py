"""`python -m portal.serve`: migrate, load the catalogue on the first start, serve with waitress."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from dataclasses import replace

import click
import flask_migrate
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from waitress.server import create_server

from portal import clock, create_app
from portal.accounts.cli import first_administrator_link
from portal.assets import AssetsMissingError
from portal.config import LOOPBACK_HOSTS, ROOT, Settings, SettingsError, in_address
from portal.database import write_unit
from portal.database_faults import explained
from portal.directory.models import Organization
from portal.directory.operations import load_catalog
from portal.extensions import db
from portal.mail.worker import Worker
from portal.search.index import search_index

THREADS = 4
SHIPPED_STATE_CODE = "MA"  # whose catalogue lies in portal/data


def prepare(app: Flask, settings: Settings) -> None:
    """Bring the database up to date; fill an empty one with the catalogue that ships with us.

    That catalogue is of one state. The portal of another begins empty and says how to fill it.
    """
    with app.app_context():
        with write_unit():
            flask_migrate.upgrade()
            is_empty = not db.session.scalar(select(func.count()).select_from(Organization))
            if is_empty and settings.state_code == SHIPPED_STATE_CODE:
                click.echo("Loading the catalogue…")
                report = load_catalog(
                    ROOT / "portal" / "data", state_code=settings.state_code, now=clock.now()
                )
                click.echo(report.total_line())
                db.session.commit()
            elif is_empty:
                click.echo(
                    f"No catalogue of {settings.state_name} is loaded yet: load yours with "
                    "`.venv/bin/flask --app wsgi catalog load DIR` (README, “Another state's "
                    "catalogue”)."
                )
        db.session.remove()
        search_index().refresh()
        db.session.remove()


def offer_first_account(app: Flask, base_url: str) -> None:
    """Print a one-time link for the first administrator while nobody can sign in."""
    with app.app_context():
        with write_unit():
            link = first_administrator_link(base_url)
            db.session.commit()
        db.session.remove()
    if link:
        click.echo(f"First administrator, open once within 14 days: {link}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the portal until it is stopped; returns the exit code."""
    parser = argparse.ArgumentParser(prog="portal.serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args(arguments)
    shown = in_address(options.host)
    try:
        settings = Settings.from_environment()
        needs_names = shown not in LOOPBACK_HOSTS
        if needs_names and settings.trusted_hosts == LOOPBACK_HOSTS:
            raise SettingsError(
                "Set PORTAL_TRUSTED_HOSTS to the names that visitors will use before opening "
                f"the portal on {options.host}."
            )
        name = "localhost" if shown in LOOPBACK_HOSTS else shown
        if not needs_names and not settings.base_url and settings.trusted_hosts == LOOPBACK_HOSTS:
            settings = replace(settings, base_url=f"http://{name}:{options.port}")
        app = create_app(settings)
        prepare(app, settings)
        server = create_server(
            app, host=options.host, port=options.port, threads=THREADS, ident=None
        )
    except (SettingsError, AssetsMissingError) as error:
        click.echo(error, err=True)
        return 1
    except SQLAlchemyError as error:
        click.echo(explained(error, settings.database_shown), err=True)
        return 1
    except OSError as error:
        click.echo(f"Cannot start on {shown}:{options.port}: {error}.", err=True)
        return 1
    # What the start has made stays: collecting it again and again would only make visitors wait.
    gc.collect()
    gc.freeze()
    click.echo(f"http://{name}:{options.port}")
    offer_first_account(app, f"http://{name}:{options.port}")
    worker = Worker(app, settings)
    worker.start()
    try:
        server.run()
    finally:
        worker.stop()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
