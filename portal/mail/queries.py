"""Reads of the outbox."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from portal.extensions import db
from portal.mail.models import QUEUED, OutboxMessage


def due(now: datetime) -> ColumnElement[bool]:
    """Return what is true of messages that a worker may take now."""
    return and_(
        OutboxMessage.status == QUEUED,
        OutboxMessage.next_attempt_at <= now,
        or_(OutboxMessage.leased_until.is_(None), OutboxMessage.leased_until <= now),
    )


def is_any_due(now: datetime) -> bool:
    """Whether a worker has something to do."""
    return bool(db.session.scalar(select(exists().where(due(now)))))


def messages_since(moment: datetime, *, purpose: str, digest: str = "") -> int:
    """Count the messages of a purpose since a moment, to one address if its digest is given."""
    query = (
        select(func.count())
        .select_from(OutboxMessage)
        .where(OutboxMessage.purpose == purpose, OutboxMessage.created_at >= moment)
    )
    if digest:
        query = query.where(OutboxMessage.recipient_digest == digest)
    return db.session.scalar(query) or 0
