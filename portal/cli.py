"""The commands of `flask --app wsgi`, one group a feature."""

from __future__ import annotations

from flask import Flask

from portal.accounts.cli import accounts
from portal.directory.cli import catalog
from portal.mail.cli import mail, worker
from portal.referrals.cli import referrals
from portal.upkeep.cli import upkeep


def init_app(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(catalog)
    app.cli.add_command(worker)
    app.cli.add_command(mail)
    app.cli.add_command(accounts)
    app.cli.add_command(upkeep)
    app.cli.add_command(referrals)
