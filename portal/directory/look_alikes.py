"""Reads what is compared to find the same thing twice: open organizations and programs."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from portal.directory.duplicates import Entry, Pair, pairs_of
from portal.directory.models import Organization, Service
from portal.directory.successors import NOT_MERGED, former_names
from portal.extensions import db


def organization_pairs() -> list[Pair]:
    """Return the organizations that may be one, the surest first; keys are slugs."""
    return pairs_of(organization_entries())


def service_pairs() -> list[Pair]:
    """Return the programs that may be one, the surest first; keys are slugs."""
    return pairs_of(service_entries())


def organization_entries() -> list[Entry]:
    """Return the organizations that were not merged into another one."""
    former = former_names()
    found = db.session.scalars(
        select(Organization).where(NOT_MERGED).options(selectinload(Organization.locations))
    )
    entries = []
    for organization in found:
        places = organization.locations[:1]
        others = [*organization.alternate_name.split("|"), *former.get(organization.id, ())]
        entries.append(
            Entry(
                key=organization.slug,
                name=organization.name,
                other_names=tuple(filter(None, others)),
                website=organization.website,
                city=places[0].city if places else "",
                postal_code=places[0].postal_code if places else "",
            )
        )
    return entries


def service_entries() -> list[Entry]:
    """Return the programs that are not closed."""
    found = db.session.scalars(
        select(Service)
        .where(Service.status != "inactive")
        .options(selectinload(Service.phones), selectinload(Service.organization))
    )
    return [
        Entry(
            key=service.slug,
            name=service.name,
            other_names=tuple(service.alternate_names),
            owner=service.organization.slug,
            phone=service.phones[0].number if service.phones else "",
            website=service.url,
            email=service.email,
        )
        for service in found
    ]
