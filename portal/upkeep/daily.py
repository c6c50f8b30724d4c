"""What the worker does once a day: put listings on their rungs, send reminders.

A step and the note that it was done are one transaction, so that of several workers one does it,
and one that breaks off has not done it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Flask, current_app

from portal import clock
from portal.config import Settings
from portal.database import write_unit
from portal.directory.models import Organization, Service
from portal.extensions import db
from portal.mail.operations import queue_message
from portal.mail.worker import STEPS
from portal.upkeep import checking, operations, queries
from portal.upkeep.letters import confirmation_letter
from portal.upkeep.models import CONFIRM, STOP
from portal.upkeep.queries import Recipient

RUNGS, REMINDERS = "rungs", "reminders"


def rungs_step(_settings: Settings) -> None:
    """Put listings on their rungs, as of today."""

    def put() -> None:
        operations.put_on_rungs(queries.ladder_days(), now=clock.now())

    once_a_day(RUNGS, put)


def reminders_step(settings: Settings) -> None:
    """Send the reminders of today."""

    def send() -> None:
        for due in queries.due_letters(today=clock.today(), days=queries.ladder_days()):
            services = [service for service, _ in due.services]
            send_letter(due.organization, services, due.recipient, settings)
            operations.note_sent(due.services, now=clock.now())

    once_a_day(REMINDERS, send)


def once_a_day(name: str, do: Callable[[], None]) -> None:
    """Do something unless it was done today."""
    now = clock.now()
    is_done = queries.is_done(name, now.date())
    db.session.rollback()
    if is_done:  # the usual case never takes the lock of a writer
        return
    with write_unit():
        if operations.begin_step(name, day=now.date(), now=now):
            do()
        db.session.commit()


def send_letter(
    organization: Organization,
    services: Sequence[Service],
    recipient: Recipient,
    settings: Settings,
) -> None:
    """Queue a letter that asks somebody for a confirmation. The caller commits."""
    now, key = clock.now(), current_app.config["SECRET_KEY"]
    letter = confirmation_letter(
        organization,
        services,
        recipient=recipient,
        token=operations.make_link(
            organization.id, email=recipient.email, purpose=CONFIRM, now=now
        ),
        stop_token=operations.make_link(
            organization.id, email=recipient.email, purpose=STOP, now=now
        ),
        settings=settings,
    )
    queue_message(letter, to=recipient.email, key=key, now=now)


def init_app(app: Flask) -> None:
    """Have the worker take these steps."""
    app.extensions.setdefault(STEPS, []).extend([rungs_step, reminders_step, checking.weekly_step])
