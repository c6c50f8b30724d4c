"""Reads of the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from portal.extensions import db
from portal.mail.models import FAILED, QUEUED, UNCERTAIN, OutboxMessage

DIGEST_KEPT = timedelta(days=1)


def due(now: datetime) -> ColumnElement[bool]:
    """Return what is true of messages that a worker may take now."""
    return and_(
        OutboxMessage.status == QUEUED,
        OutboxMessage.next_attempt_at <= now,
        or_(OutboxMessage.leased_until.is_(None), OutboxMessage.leased_until <= now),
    )


def has_old_digest(now: datetime) -> ColumnElement[bool]:
    """Return what is true of messages whose digest has served its time."""
    return and_(
        OutboxMessage.recipient_digest > "",
        OutboxMessage.created_at < now - DIGEST_KEPT,
        OutboxMessage.status != QUEUED,
    )


def is_any_digest_old(now: datetime) -> bool:
    """Whether some digest has served its time."""
    return bool(db.session.scalar(select(exists().where(has_old_digest(now)))))


def is_any_due(now: datetime) -> bool:
    """Whether a worker has something to do."""
    return bool(db.session.scalar(select(exists().where(due(now)))))


@dataclass(frozen=True, slots=True)
class TroubledMessage:
    """A message that was refused, is in doubt, or was tried more than once."""

    purpose: str
    status: str
    attempts: int
    created_at: datetime
    next_attempt_at: datetime
    last_error: str


def counts() -> dict[str, int]:
    """Return how many messages there are of each status."""
    rows = select(OutboxMessage.status, func.count()).group_by(OutboxMessage.status)
    return dict(db.session.execute(rows).all())


def troubled(*, limit: int = 100) -> list[TroubledMessage]:
    """Return the messages that somebody should look at, the latest first."""
    rows = db.session.execute(
        select(
            OutboxMessage.purpose,
            OutboxMessage.status,
            OutboxMessage.attempts,
            OutboxMessage.created_at,
            OutboxMessage.next_attempt_at,
            OutboxMessage.last_error,
        )
        .where(
            or_(
                OutboxMessage.status.in_((FAILED, UNCERTAIN)),
                and_(OutboxMessage.status == QUEUED, OutboxMessage.attempts > 0),
            )
        )
        .order_by(OutboxMessage.created_at.desc())
        .limit(limit)
    )
    return [TroubledMessage(*row) for row in rows]


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
