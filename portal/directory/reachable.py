"""A service with how to reach it and what it costs: plain rows, for those who show a few."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.directory.beside import IntakePause
from portal.directory.listed import PUBLISHED
from portal.directory.models import Organization, Phone, Service
from portal.extensions import db


@dataclass(frozen=True, slots=True)
class ReachableService:
    """What somebody needs who wants to act on a service; `phones` are numbers."""

    slug: str
    name: str
    organization_name: str
    short_description: str
    fees_description: str
    email: str
    url: str
    application_url: str
    assured_date: date | None
    evidence: str
    evidence_as_of: str
    paused_until: date | None
    phones: tuple[str, ...]


def reachable_services(slugs: Sequence[str]) -> dict[str, ReachableService]:
    """Return those of the services that are published, by slug."""
    if not slugs:
        return {}
    rows = db.session.execute(
        select(
            Service.slug,
            Service.name,
            Organization.name.label("organization_name"),
            Service.short_description,
            Service.fees_description,
            Service.email,
            Service.url,
            Service.application_url,
            Service.assured_date,
            Service.evidence,
            Service.evidence_as_of,
            IntakePause.until_on.label("paused_until"),
        )
        .join(Service.organization)
        .outerjoin(IntakePause, IntakePause.service_id == Service.id)
        .where(Service.slug.in_(slugs), PUBLISHED)
    ).all()
    phones: defaultdict[str, list[str]] = defaultdict(list)
    for slug, number in db.session.execute(
        select(Service.slug, Phone.number)
        .join(Phone, Phone.service_id == Service.id)
        .where(Service.slug.in_(slugs))
        .order_by(Phone.number)
    ):
        phones[slug].append(number)
    return {
        row.slug: ReachableService(**row._mapping, phones=tuple(phones[row.slug])) for row in rows
    }
