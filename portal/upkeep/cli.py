"""`flask upkeep`: the worker's steps by hand."""

from __future__ import annotations

import time

import click
from flask import current_app
from flask.cli import AppGroup

from portal.upkeep.checking import BETWEEN_S, check_next
from portal.upkeep.daily import reminders_step, rungs_step
from portal.upkeep.queries import broken_links

upkeep = AppGroup("upkeep", help="What keeps listings true.")


@upkeep.command("check-links")
def check_links() -> None:
    """Ask the addresses of listings that are due, one after the other, and name broken ones."""
    settings = current_app.config["PORTAL"]
    asked = 0
    with click.progressbar(length=0, label="Asking…", show_eta=False) as bar:
        while check_next(settings):
            asked += 1
            bar.update(1)
            time.sleep(BETWEEN_S)
    click.echo(f"{asked} addresses asked.")
    for link in broken_links(None):
        click.echo(f"{link.service.slug}: {link.check.url} ({link.check.detail})")


@upkeep.command()
def today() -> None:
    """Put listings on their rungs and send the reminders of today, unless that was done."""
    settings = current_app.config["PORTAL"]
    rungs_step(settings)
    reminders_step(settings)
