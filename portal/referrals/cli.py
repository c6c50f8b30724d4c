"""`flask referrals`: prove that the log of events is whole, and run the clocks by hand."""

from __future__ import annotations

from collections import Counter

import click
from flask import current_app
from flask.cli import AppGroup

from portal.referrals.chaining import first_broken, head
from portal.referrals.clocks import clocks_step

referrals = AppGroup("referrals", help="Requests of companies and their log.")


@referrals.command("verify-chain")
def verify_chain() -> None:
    """Check that no event was changed, taken out or cut off."""
    broken = first_broken()
    if broken is not None:
        raise click.ClickException(f"The chain is broken at event {broken}.")
    number, digest = head()
    click.echo(f"{number} events; the chain holds. Head: {digest}")


@referrals.command("clocks")
def clocks() -> None:
    """Settle by hand what is due now, as the worker does, and print what was done."""
    settings = current_app.config["PORTAL"]
    total: Counter[str] = Counter()
    while done := clocks_step(settings):
        total += done
    if not total:
        click.echo("Nothing is due.")
    for word, number in sorted(total.items()):
        click.echo(f"{word}: {number}")
