"""The outbox: messages that are to be delivered, and what became of them."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.extensions import Model

QUEUED, SENT, FAILED, UNCERTAIN = STATUSES = ("queued", "sent", "failed", "uncertain")


class OutboxMessage(Model):
    """One message to one address.

    Address and text are emptied once it was delivered; the digest of the address stays for a day,
    so that nobody is written to too often.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (
        CheckConstraint("status in ('queued', 'sent', 'failed', 'uncertain')", name="status"),
        Index("ix_outbox_message_due", "status", "next_attempt_at"),
        Index("ix_outbox_message_recipient", "recipient_digest", "created_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    purpose: Mapped[str]  # what it is for, such as "plan"
    recipient: Mapped[str]
    recipient_digest: Mapped[str]  # keyed, so that an address cannot be guessed from it
    language: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    status: Mapped[str]
    attempts: Mapped[int]
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]  # a worker has it until then
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str]

    unsubscribe: Mapped[OutboxUnsubscribe | None] = relationship(cascade="all, delete-orphan")


class OutboxUnsubscribe(Model):
    """Where the recipient of a message turns further ones off, by one POST (RFC 8058)."""

    __tablename__ = "outbox_unsubscribe"

    message_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("outbox_message.id"), primary_key=True)
    url: Mapped[str]
