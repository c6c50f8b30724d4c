"""`flask worker` empties the outbox; `flask mail` takes down what comes back."""

from __future__ import annotations

from typing import BinaryIO

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from portal.database import write_unit
from portal.extensions import db
from portal.mail.bounces import bounce_of
from portal.mail.operations import settle_bounced
from portal.mail.worker import Worker, deliver_due, take_steps, transport_of

MOST_BYTES = 1_000_000  # a report is short; what it quotes may not be


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


mail = AppGroup("mail", help="What becomes of messages.")


@mail.command()
@click.argument("report", type=click.File("rb"), default="-")
def bounced(report: BinaryIO) -> None:
    """Take down a report that a message did not arrive, from a file or from standard input."""
    bounce = bounce_of(report.read(MOST_BYTES))
    if bounce is None:
        click.echo("No report of a message that did not arrive.")
        return
    with write_unit():
        is_ours = settle_bounced(bounce.key, bounce.status)
        db.session.commit()
    click.echo("Taken down." if is_ours else "No message of this portal.")
