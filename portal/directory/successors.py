"""Reads of what replaces a closed program or organization: their old addresses lead there."""

from __future__ import annotations

import uuid
from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import aliased

from portal.directory.beside import OrganizationSuccessor, Successor
from portal.directory.models import Organization, Service
from portal.extensions import db

# Organizations that were not merged into another one.
NOT_MERGED = Organization.id.not_in(select(OrganizationSuccessor.organization_id))


def successor_of(slug: str) -> str | None:
    """Return the slug of the published service that replaces a closed one, or None.

    One that was replaced in turn is followed to its own successor, to the end of the line.
    """
    seen: set[str] = set()
    while slug not in seen:
        seen.add(slug)
        newer = aliased(Service)
        row = db.session.execute(
            select(newer.slug, newer.status)
            .join(Successor, Successor.successor_id == newer.id)
            .join(Service, Service.id == Successor.service_id)
            .where(Service.slug == slug, Service.status == "inactive")
        ).first()
        if row is None:
            return None
        if row.status != "inactive":
            return str(row.slug)
        slug = row.slug
    return None


def organization_successor_of(slug: str) -> str | None:
    """Return the slug of the organization that a merged one is part of now; None: not merged."""
    return merged_organizations().get(slug)


def merged_organizations() -> dict[str, str]:
    """Return, by the slug of each merged organization, that of the one it is part of now."""
    ends = _ends()
    if not ends:
        return {}
    ids = {*ends, *ends.values()}
    rows = db.session.execute(
        select(Organization.id, Organization.slug).where(Organization.id.in_(ids))
    )
    slugs = {row.id: row.slug for row in rows}
    return {slugs[start]: slugs[end] for start, end in ends.items()}


def former_names() -> dict[uuid.UUID, list[str]]:
    """Return, by the id of each that others were merged into, the names and short names of those.

    Names that it gave up for theirs are among them, and so are names that it has itself.
    """
    found: defaultdict[uuid.UUID, list[str]] = defaultdict(list)
    ends = _ends()
    if ends:
        rows = db.session.execute(
            select(
                Organization.id,
                Organization.name,
                Organization.alternate_name,
                OrganizationSuccessor.given_up,
            )
            .join(OrganizationSuccessor, OrganizationSuccessor.organization_id == Organization.id)
            .order_by(Organization.name)
        )
        for id_, name, *others in rows:
            names = [name, *(part for other in others for part in other.split("|"))]
            found[ends[id_]] += filter(None, names)
    return dict(found)


def _ends() -> dict[uuid.UUID, uuid.UUID]:
    """Return the end of the line of each merged organization."""
    rows = db.session.execute(
        select(OrganizationSuccessor.organization_id, OrganizationSuccessor.successor_id)
    )
    following = {row.organization_id: row.successor_id for row in rows}
    ends = {}
    for start in following:
        end, seen = start, {start}
        while end in following and following[end] not in seen:
            end = following[end]
            seen.add(end)
        ends[start] = end
    return ends
