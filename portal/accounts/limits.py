"""How often something may be tried; counted in the database, so that restarts forget nothing."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from portal.accounts.models import Attempt
from portal.extensions import db


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` tries of a kind within a span."""

    kind: str
    most: int
    span: timedelta


SIGN_IN_OF_ONE = Limit("sign-in", 10, timedelta(minutes=15))
SIGN_IN_FROM_ONE = Limit("sign-in-from", 60, timedelta(minutes=15))
CODE_OF_ONE = Limit("code", 10, timedelta(minutes=15))
LINK_OF_ONE = Limit("link", 3, timedelta(hours=1))
LINK_FROM_ONE = Limit("link-from", 20, timedelta(hours=1))
CLAIM_FROM_ONE = Limit("claim-from", 10, timedelta(hours=1))
LONGEST = timedelta(hours=1)


def subject_of(text: str, key: str) -> str:
    """Return what stands for an address: a keyed digest, so that none is stored."""
    return hmac.new(key.encode(), text.strip().casefold().encode(), hashlib.sha256).hexdigest()


def is_over(limit: Limit, subject: str, now: datetime) -> bool:
    """Whether no further try is allowed in this span."""
    count = db.session.scalar(
        select(Attempt.count).where(
            Attempt.kind == limit.kind,
            Attempt.subject == subject,
            Attempt.window_at == _window(limit, now),
        )
    )
    return (count or 0) >= limit.most


def count(limit: Limit, subject: str, now: datetime) -> None:
    """Count a try, and forget those of spans long over. The caller commits."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    db.session.execute(delete(Attempt).where(Attempt.window_at < now - 2 * LONGEST))
    db.session.execute(
        insert(Attempt)
        .values(
            id=uuid.uuid4(),
            kind=limit.kind,
            subject=subject,
            window_at=_window(limit, now),
            count=1,
        )
        .on_conflict_do_update(
            index_elements=["kind", "subject", "window_at"], set_={"count": Attempt.count + 1}
        )
    )


def forget(limit: Limit, subject: str) -> None:
    """Begin to count anew, after a try that was right. The caller commits."""
    db.session.execute(
        delete(Attempt).where(Attempt.kind == limit.kind, Attempt.subject == subject)
    )


def _window(limit: Limit, now: datetime) -> datetime:
    seconds = int(limit.span.total_seconds())
    return now - timedelta(seconds=int(now.timestamp()) % seconds, microseconds=now.microsecond)
