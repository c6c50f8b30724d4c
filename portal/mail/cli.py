"""`flask worker`: empties the outbox until it is stopped, for servers of several processes."""

from __future__ import annotations

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from portal.extensions import db
from portal.mail.worker import Worker, deliver_due, take_steps, transport_of


@click.command()
@click.option("--once", is_flag=True, help="Deliver what is due and end.")
@with_appcontext
def worker(once: bool) -> None:
    """Deliver the messages of the outbox."""
    settings = current_app.config["PORTAL"]
    if once:
        take_steps(settings)
        click.echo(f"{deliver_due(transport_of(settings), settings)} messages tried")
        return
    db.session.remove()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # a proxy's own
    Worker(app, settings).run()
