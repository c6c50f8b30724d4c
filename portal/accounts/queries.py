"""Reads of accounts: who there is, how far each organization has come, what was done."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import selectinload

from portal.accounts.models import ACTIVE, INVITED, Account, AuditEvent, Claim, Membership
from portal.directory.listed import PUBLISHED
from portal.directory.models import Organization, Service
from portal.directory.successors import NOT_MERGED
from portal.extensions import db

A_PAGE = 50
# Of an organization, in order.
STAGES = ("nobody", "invited", "claimed", "joined", "confirmed", "answering")


@dataclass(frozen=True, slots=True)
class Onboarding:
    """How far an organization has come: people, claims, confirmed listings.

    `invited` counts invitations that are still open, `claims` those that wait for a decision.
    """

    id: uuid.UUID
    slug: str
    name: str
    invited: int
    active: int
    claims: int
    listings: int
    confirmed: int
    is_answering: bool  # answered a request in time in the last 90 days

    @property
    def stage(self) -> str:
        """The furthest step, one of STAGES."""
        if self.is_answering:
            return "answering"
        if self.confirmed:
            return "confirmed"
        if self.active:
            return "joined"
        if self.claims:
            return "claimed"
        return "invited" if self.invited else "nobody"


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One event of the trail as its page shows it."""

    at: datetime
    actor: str
    action: str
    object_kind: str
    object_id: str
    details: dict[str, Any]


def accounts(*, words: str = "", page: int = 1) -> tuple[list[Account], int]:
    """Return a page of the accounts with their organizations, active ones first, and the total.

    Args:
        words: what address, name or an organization's name holds; blank for all.
        page: from 1.
    """
    order = case((Account.status == ACTIVE, 0), (Account.status == INVITED, 1), else_=2)
    found = select(Account)
    if words:
        named = func.lower(Organization.name).contains(words.lower(), autoescape=True)
        found = found.where(
            or_(
                func.lower(Account.email).contains(words.lower(), autoescape=True),
                func.lower(Account.name).contains(words.lower(), autoescape=True),
                Account.memberships.any(Membership.organization.has(named)),
            )
        )
    total = db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    rows = db.session.scalars(
        found.options(selectinload(Account.memberships).joinedload(Membership.organization))
        .order_by(order, Account.email)
        .limit(A_PAGE)
        .offset((page - 1) * A_PAGE)
    )
    return list(rows), total


def account(id_: uuid.UUID) -> Account | None:
    """Return an account, or None."""
    return db.session.get(Account, id_)


def organization_choices() -> list[tuple[str, str]]:
    """Return (slug, name) of all organizations but merged ones, for a field to choose from."""
    rows = (
        select(Organization.slug, Organization.name)
        .where(NOT_MERGED)
        .order_by(func.lower(Organization.name))
    )
    return [(slug, name) for slug, name in db.session.execute(rows)]


def organizations_by_slugs(slugs: list[str]) -> list[Organization]:
    """Return the organizations with these slugs."""
    return list(db.session.scalars(select(Organization).where(Organization.slug.in_(slugs))))


def onboarding(answering: Collection[uuid.UUID] = ()) -> list[Onboarding]:
    """Return how far each organization has come, by name; `answering` are those that answer."""
    people = _counts(Membership.organization_id, Account.status, Membership.account)
    claims = dict(
        db.session.execute(
            select(Claim.organization_id, func.count())
            .where(Claim.decided_at.is_(None), Claim.confirmed_at.is_not(None))
            .group_by(Claim.organization_id)
        ).all()
    )
    listings = {
        row[0]: (row[1], row[2])
        for row in db.session.execute(
            select(Service.organization_id, func.count(), func.count(Service.assured_date))
            .where(PUBLISHED)
            .group_by(Service.organization_id)
        )
    }
    return [
        Onboarding(
            id=id_,
            slug=slug,
            name=name,
            invited=people.get((id_, INVITED), 0),
            active=people.get((id_, ACTIVE), 0),
            claims=claims.get(id_, 0),
            listings=listings.get(id_, (0, 0))[0],
            confirmed=listings.get(id_, (0, 0))[1],
            is_answering=id_ in answering,
        )
        for id_, slug, name in db.session.execute(
            select(Organization.id, Organization.slug, Organization.name)
            .where(NOT_MERGED)
            .order_by(func.lower(Organization.name))
        )
    ]


def _counts(key: Any, status: Any, path: Any) -> dict[tuple[uuid.UUID, str], int]:
    rows = db.session.execute(select(key, status, func.count()).join(path).group_by(key, status))
    return {(id_, state): number for id_, state, number in rows}


def audit_total() -> int:
    """Return how many events the trail holds."""
    return db.session.scalar(select(func.count()).select_from(AuditEvent)) or 0


def audit_lines(*, page: int = 1) -> list[AuditLine]:
    """Return a page of the trail, the latest first."""
    rows = db.session.scalars(
        select(AuditEvent).order_by(AuditEvent.id.desc()).limit(A_PAGE).offset((page - 1) * A_PAGE)
    )
    return [
        AuditLine(
            row.at,
            row.actor_label,
            row.action,
            row.object_kind,
            row.object_id,
            json.loads(row.details),
        )
        for row in rows
    ]


def open_claims() -> list[Claim]:
    """Return the claims that wait for a decision, the oldest first."""
    return list(
        db.session.scalars(
            select(Claim)
            .where(Claim.confirmed_at.is_not(None), Claim.decided_at.is_(None))
            .order_by(Claim.created_at)
        )
    )
