"""Reads of listings as the people who keep them see them: state, versions, changes, company."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from portal.directory.exporting import stored_catalogue
from portal.directory.models import Organization, Service
from portal.extensions import db
from portal.listings.content import SERVICE, Content
from portal.listings.contents import contents_of
from portal.listings.models import (
    DRAFT,
    OPEN,
    RETURNED,
    WAITING,
    ListingChange,
    ListingRevision,
    PublishingMode,
)

PAGE = 50
WAITING_PAGE = 25


@dataclass(frozen=True, slots=True)
class Standing:
    """A listing as the public has it now; `number` is that of its revision, 0 before any edit."""

    number: int
    content: Content


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A listing in the list of those who keep it."""

    slug: str
    name: str
    organization_name: str
    organization_slug: str
    status: str
    assured_date: date | None
    evidence_as_of: str
    change_status: str  # of an open change of anybody; blank: none


def standing(kind: str, listing_id: uuid.UUID) -> Standing:
    """Return a listing's present state and the number that a form starts from."""
    return standings(kind, [listing_id])[listing_id]


def standings(kind: str, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Standing]:
    """Return the present states of listings and the numbers that forms start from.

    A state that no revision holds, such as that of a load since, counts as a revision of its own;
    it is written down with the next one.
    """
    found = {}
    for listing_id, content in _present(kind, ids).items():
        latest = latest_revision(listing_id)
        number = 0 if latest is None else latest.number + (latest.content != content)
        found[listing_id] = Standing(number, content)
    return found


def _present(kind: str, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Content]:
    catalogue = stored_catalogue()
    model = Service if kind == SERVICE else Organization
    slugs = set(db.session.scalars(select(model.slug).where(model.id.in_(ids))))
    rows = catalogue.programs if kind == SERVICE else catalogue.organizations
    return contents_of([row for row in rows if row.id in slugs])


def latest_revision(listing_id: uuid.UUID) -> ListingRevision | None:
    """Return the newest revision of a listing."""
    return db.session.scalar(
        select(ListingRevision)
        .where(ListingRevision.listing_id == listing_id)
        .order_by(ListingRevision.number.desc())
        .limit(1)
    )


def revisions(listing_id: uuid.UUID) -> Sequence[ListingRevision]:
    """Return all revisions of a listing, newest first."""
    return db.session.scalars(
        select(ListingRevision)
        .where(ListingRevision.listing_id == listing_id)
        .order_by(ListingRevision.number.desc())
    ).all()


def service_of(slug: str) -> Service | None:
    """Return a service, published or not, with its organization."""
    return db.session.scalar(
        select(Service).where(Service.slug == slug).options(joinedload(Service.organization))
    )


def services_of(slugs: Collection[str]) -> Sequence[Service]:
    """Return services, published or not, with their organizations, in no order."""
    return db.session.scalars(
        select(Service).where(Service.slug.in_(slugs)).options(joinedload(Service.organization))
    ).all()


def organization_of(slug: str) -> Organization | None:
    """Return an organization."""
    return db.session.scalar(select(Organization).where(Organization.slug == slug))


def change(change_id: uuid.UUID) -> ListingChange | None:
    """Return a change with its organization and author."""
    return db.session.scalar(
        select(ListingChange)
        .where(ListingChange.id == change_id)
        .options(joinedload(ListingChange.organization), joinedload(ListingChange.author))
    )


def open_change(account_id: uuid.UUID, listing_id: uuid.UUID) -> ListingChange | None:
    """Return somebody's change of a listing that is neither published nor discarded."""
    return db.session.scalar(
        select(ListingChange)
        .where(
            ListingChange.author_id == account_id,
            ListingChange.listing_id == listing_id,
            ListingChange.status.in_(OPEN),
        )
        .order_by(ListingChange.created_at)
        .limit(1)
    )


def with_open_change(account_id: uuid.UUID, ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return of which listings somebody has a change that is neither published nor discarded."""
    found = db.session.scalars(
        select(ListingChange.listing_id).where(
            ListingChange.author_id == account_id,
            ListingChange.listing_id.in_(ids),
            ListingChange.status.in_(OPEN),
        )
    )
    return {id_ for id_ in found if id_ is not None}


def changes_of(account_id: uuid.UUID) -> Sequence[ListingChange]:
    """Return somebody's drafts and returned changes, oldest first."""
    return db.session.scalars(
        select(ListingChange)
        .where(
            ListingChange.author_id == account_id,
            ListingChange.status.in_((DRAFT, RETURNED)),
        )
        .options(joinedload(ListingChange.organization))
        .order_by(ListingChange.updated_at)
    ).all()


def waiting_changes(organization_id: uuid.UUID | None, *, page: int = 1) -> Sequence[ListingChange]:
    """Return a page of the changes that wait for a manager, oldest first.

    Args:
        organization_id: whose; None: everybody's.
        page: from 1.
    """
    query = select(ListingChange).where(ListingChange.status == WAITING)
    if organization_id is not None:
        query = query.where(ListingChange.organization_id == organization_id)
    return db.session.scalars(
        query.options(joinedload(ListingChange.organization), joinedload(ListingChange.author))
        .order_by(ListingChange.sent_at, ListingChange.id)
        .limit(WAITING_PAGE)
        .offset((page - 1) * WAITING_PAGE)
    ).all()


def waiting_by_organization() -> list[tuple[str, str, int]]:
    """Return slug and name of those who have changes that wait, and how many, by name."""
    rows = db.session.execute(
        select(Organization.slug, Organization.name, func.count(ListingChange.id))
        .join(ListingChange, ListingChange.organization_id == Organization.id)
        .where(ListingChange.status == WAITING)
        .group_by(Organization.id)
        .order_by(func.lower(Organization.name))
    )
    return [(slug, name, count) for slug, name, count in rows]


def waiting_since(organization_id: uuid.UUID | None = None) -> tuple[int, datetime | None]:
    """Return how many changes wait for a manager, and since when the oldest does.

    Args:
        organization_id: whose; None: everybody's.
    """
    query = select(func.count(ListingChange.id), func.min(ListingChange.sent_at)).where(
        ListingChange.status == WAITING
    )
    if organization_id is not None:
        query = query.where(ListingChange.organization_id == organization_id)
    row = db.session.execute(query).one()
    return row[0], row[1]


def is_published_at_once(organization_id: uuid.UUID) -> bool:
    """Whether an organization's changes need no approval."""
    mode = db.session.get(PublishingMode, organization_id)
    return mode is not None and mode.is_at_once


def listings(
    organization_ids: Collection[uuid.UUID] | None,
    *,
    words: str = "",
    page: int = 1,
    size: int = PAGE,
) -> tuple[list[StaffLine], int]:
    """Return a page of listings by name, and how many there are.

    Args:
        organization_ids: whose; None: everybody's.
        words: part of the name of the listing or its organization.
        page: from 1.
        size: how many a page has.
    """
    query = select(Service).join(Service.organization)
    if organization_ids is not None:
        query = query.where(Service.organization_id.in_(organization_ids))
    if words:
        query = query.where(
            or_(
                Service.name.icontains(words, autoescape=True),
                Service.alternate_name.icontains(words, autoescape=True),
                Organization.name.icontains(words, autoescape=True),
            )
        )
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    found = db.session.scalars(
        query.options(joinedload(Service.organization))
        .order_by(func.lower(Organization.name), func.lower(Service.name))
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    statuses = _change_statuses([service.id for service in found])
    lines = [
        StaffLine(
            slug=service.slug,
            name=service.name,
            organization_name=service.organization.name,
            organization_slug=service.organization.slug,
            status=service.status,
            assured_date=service.assured_date,
            evidence_as_of=service.evidence_as_of,
            change_status=statuses.get(service.id, ""),
        )
        for service in found
    ]
    return lines, total


def _change_statuses(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    rows = db.session.execute(
        select(ListingChange.listing_id, ListingChange.status)
        .where(ListingChange.listing_id.in_(ids), ListingChange.status.in_(OPEN))
        .order_by(ListingChange.updated_at)
    )
    return {row.listing_id: row.status for row in rows}


def unconfirmed(organization_ids: Collection[uuid.UUID]) -> Sequence[Service]:
    """Return published listings that nobody has confirmed, oldest evidence first."""
    return db.session.scalars(
        select(Service)
        .where(
            Service.organization_id.in_(organization_ids),
            Service.assured_date.is_(None),
            Service.status != "inactive",
        )
        .options(joinedload(Service.organization))
        .order_by(Service.evidence_as_of, func.lower(Service.name))
    ).all()


def slug_of_service(listing_id: uuid.UUID) -> str:
    """Return the slug of a service."""
    return db.session.scalars(select(Service.slug).where(Service.id == listing_id)).one()
