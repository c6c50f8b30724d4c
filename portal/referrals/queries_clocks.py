"""Reads for the clocks: which referrals are due, and what decides how one goes on."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.accounts.models import ACTIVE, Account
from portal.extensions import db
from portal.permissions import Role as AccountRole
from portal.referrals.clock_models import Clock
from portal.referrals.models import MOVE, Event, Referral
from portal.referrals.states import OPEN, Status


def due_ids(now: datetime, *, most: int) -> list[uuid.UUID]:
    """Return referrals whose clock has come to something, the longest due first."""
    return list(
        db.session.scalars(
            select(Clock.referral_id)
            .where(Clock.at <= now)
            .order_by(Clock.at, Clock.referral_id)
            .limit(most)
        )
    )


def is_due(referral_id: uuid.UUID, now: datetime) -> bool:
    """Whether a referral's clock has come to something."""
    at = db.session.scalar(select(Clock.at).where(Clock.referral_id == referral_id))
    return at is not None and at <= now


@dataclass(frozen=True, slots=True)
class Children:
    """What became of the programs that were asked next.

    `any_sent`: one of them was told; `any_open`: the company has not consented yet.
    """

    any_sent: bool
    any_open: bool


def children_of(referral: Referral) -> Children:
    """Return whether another program was found after a referral."""
    rows: Sequence[tuple[str, datetime | None]] = [
        (status, sent_at)
        for status, sent_at in db.session.execute(
            select(Referral.status, Referral.sent_at).where(
                Referral.parent_id == referral.id,
                Referral.status != Status.ENTERED_IN_ERROR,
            )
        )
    ]
    return Children(
        any_sent=any(sent_at is not None for _, sent_at in rows),
        any_open=any(Status(status) in OPEN for status, _ in rows),
    )


def last_move_of(referral: Referral) -> Event:
    """Return the event that brought a referral where it stands."""
    return db.session.scalars(
        select(Event)
        .where(Event.referral_id == referral.id, Event.kind == MOVE)
        .order_by(Event.number.desc())
        .limit(1)
    ).one()


def managers() -> list[Account]:
    """Return the active managers, the longest known first."""
    return list(
        db.session.scalars(
            select(Account)
            .where(Account.role_code == AccountRole.MANAGER, Account.status == ACTIVE)
            .order_by(Account.created_at, Account.email)
        )
    )
