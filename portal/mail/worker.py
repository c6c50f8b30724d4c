"""The worker that empties the outbox: a thread beside the server, or `flask worker`.

Other features give it more to do: functions of the settings, under STEPS of `app.extensions`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from enum import Enum, auto

import structlog
from flask import Flask, current_app

from portal import clock
from portal.config import Settings
from portal.database import write_unit
from portal.extensions import db
from portal.mail import operations, queries
from portal.mail.models import OutboxMessage
from portal.mail.transport import (
    DownError,
    FolderTransport,
    PutOffError,
    RefusedError,
    SmtpTransport,
    Transport,
    UncertainError,
)

log = structlog.get_logger()

STEPS = "worker-steps"  # what else a worker does: a list of Step among the app's extensions
PAUSE_S = 2.0  # between looks into an empty outbox


def transport_of(settings: Settings) -> Transport:
    """Return how messages leave this portal."""
    if settings.smtp_url:
        return SmtpTransport(settings.smtp_url)
    return FolderTransport(settings.instance / "mail")


def message_of(row: OutboxMessage, settings: Settings) -> EmailMessage:
    """Return a row as a message; its Message-ID is the same at each attempt."""
    message = EmailMessage()
    domain = settings.mail_from.rpartition("@")[2].strip("> ") or "localhost"
    message["Message-ID"] = f"<{row.id.hex}@{domain}>"
    message["Date"] = format_datetime(row.created_at)
    message["From"] = settings.mail_from
    message["To"] = Address(addr_spec=row.recipient)
    message["Subject"] = row.subject
    message["Auto-Submitted"] = "auto-generated"
    if row.unsubscribe is not None:
        message["List-Unsubscribe"] = f"<{row.unsubscribe.url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(row.text)
    message.add_alternative(row.html, subtype="html")
    message["Content-Language"] = row.language  # last: what is set before goes into the first part
    return message


class Outcome(Enum):
    """What one look into the outbox led to."""

    NOTHING_DUE = auto()
    TRIED = auto()
    SERVER_DOWN = auto()


def deliver_next(transport: Transport, settings: Settings) -> Outcome:
    """Deliver one message that is due.

    The claim and what became of it are two transactions, so that no lock is held while a mail
    server answers. Whatever else goes wrong with one message settles it as refused: a message that
    cannot be written or sent today cannot be tomorrow, and must not keep others waiting.
    """
    is_due = queries.is_any_due(clock.now())
    db.session.rollback()
    if not is_due:  # an empty outbox never takes the lock of a writer
        return Outcome.NOTHING_DUE
    with write_unit():
        row = operations.claim_next(clock.now())
        if row is None:
            db.session.commit()  # of those that were given up
            return Outcome.NOTHING_DUE
        written, id_ = _written(row, settings), row.id
        db.session.commit()
    error = written if isinstance(written, RefusedError) else _failure(transport, written)
    with write_unit():
        settled = db.session.get_one(OutboxMessage, id_)
        if error is None:
            operations.settle_sent(settled, clock.now())
        elif isinstance(error, UncertainError):
            operations.settle_uncertain(settled, str(error))
        elif isinstance(error, RefusedError):
            operations.settle_refused(settled, str(error))
        else:
            operations.put_off(settled, str(error), clock.now())
        db.session.commit()
    if error is not None:
        log.warning("mail not delivered", kind=type(error).__name__, error=str(error))
    return Outcome.SERVER_DOWN if isinstance(error, DownError) else Outcome.TRIED


def _written(row: OutboxMessage, settings: Settings) -> EmailMessage | RefusedError:
    """Return a row as a message, or why it cannot be written."""
    try:
        return message_of(row, settings)
    except Exception as error:  # the next message must not wait for this one
        return RefusedError(type(error).__name__)


def _failure(transport: Transport, message: EmailMessage) -> Exception | None:
    """Send a message; return in which way it was not."""
    try:
        transport.send(message)
    except (PutOffError, RefusedError, UncertainError) as error:
        return error
    except Exception as error:  # its words may hold the address: only the kind is kept
        return RefusedError(type(error).__name__)
    return None


def deliver_due(transport: Transport, settings: Settings) -> int:
    """Deliver all messages that are due, until the server is down; returns how many were tried."""
    tried, outcome = 0, Outcome.TRIED
    while outcome is Outcome.TRIED:
        outcome = deliver_next(transport, settings)
        tried += outcome is not Outcome.NOTHING_DUE
    is_any_old = queries.is_any_digest_old(clock.now())
    db.session.rollback()
    if is_any_old:
        with write_unit():
            operations.forget_digests(clock.now())
            db.session.commit()
    return tried


Step = Callable[[Settings], object]


def take_steps(settings: Settings) -> None:
    """Do what the features of the portal have a worker do beside mail; each settles by itself.

    What fails is told and tried again at the next look; it keeps neither mail nor others back.
    """
    steps: list[Step] = current_app.extensions.get(STEPS, [])
    for step in steps:
        try:
            step(settings)
        except Exception as error:  # a step of any feature
            db.session.rollback()
            log.warning("step failed", step=step.__name__, error=type(error).__name__)


class Worker:
    """Looks into the outbox until it is stopped."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self.run, name="portal-worker", daemon=True)

    def start(self) -> None:
        """Work in a thread of this process."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the message at hand and end."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def run(self) -> None:
        """Work in this thread until stopped; whatever fails is tried again after a pause."""
        transport = transport_of(self._settings)
        while not self._stop.is_set():
            with self._app.app_context():
                try:
                    deliver_due(transport, self._settings)
                    take_steps(self._settings)
                except Exception as error:  # a worker that ends delivers nothing
                    log.warning("outbox not read", error=type(error).__name__)
                finally:
                    db.session.remove()  # rolls back
            self._stop.wait(PAUSE_S)
