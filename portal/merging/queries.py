"""Reads for managers who look at what may be there twice."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from portal.accounts.models import Claim, Membership
from portal.directory import look_alikes
from portal.directory.beside import OrganizationSuccessor
from portal.directory.duplicates import Pair
from portal.directory.models import Organization, PathwayStep, Service
from portal.extensions import db
from portal.listings.content import ORGANIZATION, SERVICE
from portal.listings.models import OPEN, ListingChange
from portal.merging.models import DistinctPair
from portal.referrals.following import requests_of
from portal.upkeep.models import OPEN as OPEN_SUGGESTION
from portal.upkeep.models import Contact, ReminderStop, Suggestion, UpkeepLink


@dataclass(frozen=True, slots=True)
class Moving:
    """Everything that goes to the listing that stays."""

    services: Sequence[Service] = ()
    contacts: Sequence[Contact] = ()
    memberships: Sequence[Membership] = ()
    claims: Sequence[Claim] = ()
    stops: Sequence[ReminderStop] = ()
    links: Sequence[UpkeepLink] = ()
    suggestions: Sequence[Suggestion] = ()
    before_it: Sequence[Service] = ()  # programs after which it is suggested
    thrown_away: Sequence[ListingChange] = ()  # open changes about the one that goes
    other_changes: Sequence[ListingChange] = ()  # about its programs
    requests: int = 0  # of companies


def pairs(kind: str) -> list[Pair]:
    """Return what may be there twice and was not judged, the surest first; keys are slugs."""
    found = (
        look_alikes.organization_pairs() if kind == ORGANIZATION else look_alikes.service_pairs()
    )
    if not found:
        return []
    ids = ids_of(kind, [slug for pair in found for slug in (pair.first, pair.second)])
    judged = {
        (row.first_id, row.second_id)
        for row in db.session.execute(
            select(DistinctPair.first_id, DistinctPair.second_id).where(
                DistinctPair.kind == kind, DistinctPair.undone_at.is_(None)
            )
        )
    }
    return [pair for pair in found if ordered(ids[pair.first], ids[pair.second]) not in judged]


def ordered(one: uuid.UUID, other: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID]:
    """Return two ids, the smaller one first."""
    return (one, other) if one < other else (other, one)


def ids_of(kind: str, slugs: Sequence[str]) -> dict[str, uuid.UUID]:
    """Return the ids of listings by slug."""
    model = Organization if kind == ORGANIZATION else Service
    rows = db.session.execute(select(model.slug, model.id).where(model.slug.in_(slugs)))
    return {row.slug: row.id for row in rows}


def listings(kind: str, slugs: Sequence[str]) -> dict[str, Organization | Service]:
    """Return listings with what the list of pairs shows, by slug."""
    if kind == ORGANIZATION:
        organizations = db.session.scalars(
            select(Organization)
            .where(Organization.slug.in_(slugs))
            .options(selectinload(Organization.locations), selectinload(Organization.services))
        )
        return {found.slug: found for found in organizations}
    services = db.session.scalars(
        select(Service)
        .where(Service.slug.in_(slugs))
        .options(selectinload(Service.phones), joinedload(Service.organization))
    )
    return {found.slug: found for found in services}


def listing(kind: str, slug: str) -> Organization | Service | None:
    """Return a listing that may be merged: open, and not merged already."""
    found = listings(kind, [slug]).get(slug)
    return None if found is None or is_gone(kind, found.id) else found


def is_gone(kind: str, id_: uuid.UUID) -> bool:
    """Whether a listing is closed, so that it can neither stay nor go."""
    if kind == ORGANIZATION:
        return db.session.get(OrganizationSuccessor, id_) is not None
    return db.session.get_one(Service, id_).status == "inactive"


def distinct_pair(id_: uuid.UUID) -> DistinctPair | None:
    """Return a decision."""
    return db.session.get(DistinctPair, id_)


def distinct_pairs() -> Sequence[DistinctPair]:
    """Return the decisions that stand, newest first."""
    return db.session.scalars(
        select(DistinctPair)
        .where(DistinctPair.undone_at.is_(None))
        .options(joinedload(DistinctPair.decided_by))
        .order_by(DistinctPair.decided_at.desc())
    ).all()


def names(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the names of organizations and programs by id."""
    found: dict[uuid.UUID, str] = {}
    for model in (Organization, Service):
        rows = db.session.execute(select(model.id, model.name).where(model.id.in_(ids)))
        found |= {row.id: row.name for row in rows}
    return found


def moving(kind: str, gone_id: uuid.UUID) -> Moving:
    """Return everything that goes with a listing when it is merged into another one."""
    about = select(ListingChange).where(
        ListingChange.kind == kind,
        ListingChange.listing_id == gone_id,
        ListingChange.status.in_(OPEN),
    )
    thrown_away = db.session.scalars(about).all()
    if kind == SERVICE:
        return Moving(
            suggestions=db.session.scalars(
                select(Suggestion).where(
                    Suggestion.service_id == gone_id, Suggestion.state == OPEN_SUGGESTION
                )
            ).all(),
            before_it=db.session.scalars(
                select(Service)
                .join(PathwayStep, PathwayStep.service_id == Service.id)
                .where(PathwayStep.next_service_id == gone_id)
                .order_by(Service.name)
            ).all(),
            thrown_away=thrown_away,
        )
    return Moving(
        services=db.session.scalars(
            select(Service).where(Service.organization_id == gone_id).order_by(Service.name)
        ).all(),
        contacts=_of(Contact, gone_id),
        memberships=db.session.scalars(
            select(Membership)
            .where(Membership.organization_id == gone_id)
            .options(joinedload(Membership.account))
        ).all(),
        claims=[claim for claim in _of(Claim, gone_id) if claim.decided_at is None],
        stops=_of(ReminderStop, gone_id),
        links=_of(UpkeepLink, gone_id),
        requests=requests_of(gone_id),
        thrown_away=thrown_away,
        other_changes=db.session.scalars(
            select(ListingChange).where(
                ListingChange.organization_id == gone_id, ListingChange.kind == SERVICE
            )
        ).all(),
    )


def _of(model: Any, organization_id: uuid.UUID) -> Sequence[Any]:
    """Return the rows of a table that belong to an organization."""
    return db.session.scalars(select(model).where(model.organization_id == organization_id)).all()
