"""Writes of the outbox: queue, claim, settle. The caller commits."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from portal.extensions import db
from portal.mail.models import FAILED, QUEUED, SENT, UNCERTAIN, OutboxMessage, OutboxUnsubscribe
from portal.mail.queries import due, has_old_digest

LEASE = timedelta(minutes=5)  # longer than any delivery may take
GIVEN_UP_AFTER = timedelta(hours=72)
FIRST_PAUSE = timedelta(seconds=30)  # doubles with each attempt
LONGEST_PAUSE = timedelta(hours=4)
MOST_CLAIMS = 40  # a message that ends its worker each time is given up; 72 hours of pauses need 27


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be sent: one purpose, plain text with an HTML twin.

    `unsubscribe_url` takes a POST that turns further letters of this kind off; blank: none does.
    """

    purpose: str
    language: str
    subject: str
    text: str
    html: str
    unsubscribe_url: str = ""


def digest_of(address: str, key: str) -> str:
    """Return what stands for a mailbox: HMAC-SHA-256 with the portal's key.

    What follows a plus sign is left out: such addresses are one mailbox.
    """
    name, _at, domain = address.strip().casefold().rpartition("@")
    mailbox = f"{name.partition('+')[0] or name}@{domain}"
    return hmac.new(key.encode(), mailbox.encode(), hashlib.sha256).hexdigest()


def queue_message(letter: Letter, *, to: str, key: str, now: datetime) -> OutboxMessage:
    """Add a message to the outbox.

    Args:
        letter: its text.
        to: one address that has passed a form.
        key: the portal's secret key.
        now: the present moment.
    """
    message = OutboxMessage(
        id=uuid.uuid4(),
        purpose=letter.purpose,
        recipient=to,
        recipient_digest=digest_of(to, key),
        language=letter.language,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        status=QUEUED,
        attempts=0,
        created_at=now,
        next_attempt_at=now,
        leased_until=None,
        sent_at=None,
        last_error="",
    )
    if letter.unsubscribe_url:
        message.unsubscribe = OutboxUnsubscribe(url=letter.unsubscribe_url)
    db.session.add(message)
    db.session.flush()
    return message


def claim_next(now: datetime) -> OutboxMessage | None:
    """Take the next message that is due, so that no other worker takes it meanwhile.

    An attempt that never came back (a worker that died) may have been delivered. It is tried
    again when its lease is over; its Message-ID is the same, so that a mailbox shows it once.
    One that was claimed MOST_CLAIMS times is given up.
    """
    while (message := _first_due(now)) is not None:
        if message.attempts < MOST_CLAIMS:
            message.leased_until = now + LEASE
            message.attempts += 1
            db.session.flush()
            return message
        settle_refused(message, "claimed too often")
    return None


def _first_due(now: datetime) -> OutboxMessage | None:
    return db.session.scalars(
        select(OutboxMessage)
        .where(due(now))
        .order_by(OutboxMessage.next_attempt_at, OutboxMessage.created_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()


def settle_sent(message: OutboxMessage, now: datetime) -> None:
    """Note a delivery and forget whom it went to and what it said."""
    message.status, message.sent_at = SENT, now
    _forget(message)


def settle_uncertain(message: OutboxMessage, error: str) -> None:
    """Note that the line broke after the text was given: it may have arrived, so none follows."""
    message.status, message.last_error = UNCERTAIN, error
    _forget(message)


def settle_refused(message: OutboxMessage, error: str) -> None:
    """Note that the address or the text was refused for good."""
    message.status, message.last_error = FAILED, error
    _forget(message)


def settle_bounced(key: str, status: str) -> bool:
    """Note that a message came back after a server had taken it.

    Args:
        key: of the message, 32 hexadecimal digits.
        status: why, such as "5.1.1".

    Returns:
        Whether there is such a message.
    """
    message = db.session.get(OutboxMessage, uuid.UUID(key))
    if message is None:
        return False
    settle_refused(message, f"bounced {status}")
    return True


def drop_queued(recipient: str, *, purposes: Collection[str]) -> None:
    """Take back what still waits for an address, and forget whom it went to.

    Args:
        recipient: the address.
        purposes: of the messages that are taken back.
    """
    for message in db.session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.status == QUEUED,
            OutboxMessage.recipient == recipient,
            OutboxMessage.purpose.in_(purposes),
        )
    ):
        settle_refused(message, "taken back")
        message.recipient_digest = ""


def put_off(message: OutboxMessage, error: str, now: datetime) -> None:
    """Try again later, or give up after three days."""
    message.last_error, message.leased_until = error, None
    if now - message.created_at >= GIVEN_UP_AFTER:
        settle_refused(message, error)
        return
    pause = min(FIRST_PAUSE * 2 ** min(message.attempts - 1, 20), LONGEST_PAUSE)
    message.next_attempt_at = now + pause


def forget_digests(now: datetime) -> None:
    """Take away what stood for addresses, once it is no longer needed for the limit of a day."""
    db.session.execute(update(OutboxMessage).where(has_old_digest(now)).values(recipient_digest=""))


def _forget(message: OutboxMessage) -> None:
    message.leased_until = message.unsubscribe = None
    message.recipient = message.subject = message.text = message.html = ""
    db.session.flush()
