"""`flask referrals`: prove that the log of events is whole."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from portal.referrals.chaining import first_broken, head

referrals = AppGroup("referrals", help="Requests of companies and their log.")


@referrals.command("verify-chain")
def verify_chain() -> None:
    """Check that no event was changed, taken out or cut off."""
    broken = first_broken()
    if broken is not None:
        raise click.ClickException(f"The chain is broken at event {broken}.")
    number, digest = head()
    click.echo(f"{number} events; the chain holds. Head: {digest}")
