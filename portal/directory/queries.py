"""Reads of the directory: published services and organizations, loaded with what pages show."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from portal.directory.beside import IntakePause, Story
from portal.directory.freshness import Evidence
from portal.directory.listed import PUBLISHED, ListedService, services_by_ids
from portal.directory.models import (
    Attribute,
    Location,
    Organization,
    PathwayStep,
    Service,
    Standing,
    Taxonomy,
    TaxonomyTerm,
)
from portal.directory.similar import most_similar
from portal.directory.successors import NOT_MERGED
from portal.extensions import db

SIMILAR_BY = ("topic", "form", "industry", "cost")
CONNECTED_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class OrganizationLine:
    """An organization as the list of all of them shows it."""

    slug: str
    name: str
    kind: str
    city: str
    service_count: int

    @property
    def initial(self) -> str:
        """The letter under which it is listed; "0–9" for a name that begins with none."""
        first = unicodedata.normalize("NFD", self.name[:1]).upper()[:1]
        return first if first.isalpha() else "0–9"


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service where only its name and its organization's are shown."""

    slug: str
    name: str
    organization_name: str


def service_total() -> int:
    """Return the number of published services."""
    return db.session.scalar(select(func.count(Service.id)).where(PUBLISHED)) or 0


def organization_total() -> int:
    """Return the number of organizations that were not merged into another one."""
    return db.session.scalar(select(func.count(Organization.id)).where(NOT_MERGED)) or 0


def published_service(slug: str) -> Service | None:
    """Return a published service with all that its page shows, or None."""
    return next(iter(published_services([slug])), None)


def story_of(service_id: uuid.UUID) -> str:
    """Return the story of a company that a service helped, in markdown; blank if there is none."""
    return db.session.scalar(select(Story.text).where(Story.service_id == service_id)) or ""


def published_services(slugs: Sequence[str]) -> list[Service]:
    """Return published services with all that their pages show, in the order of `slugs`."""
    if not slugs:
        return []
    query = (
        select(Service)
        .where(Service.slug.in_(slugs), PUBLISHED)
        .options(
            joinedload(Service.organization).selectinload(Organization.locations),
            _terms(),
            selectinload(Service.phones),
            selectinload(Service.rounds),
            selectinload(Service.next_steps),
        )
    )
    found = {service.slug: service for service in db.session.scalars(query)}
    return [found[slug] for slug in slugs if slug in found]


def is_old(service: Service) -> bool:
    """Whether the last confirmation of a published service is too old."""
    standing = db.session.get(Standing, service.id)
    return standing is not None and standing.rung == "old"


def paused_until(service: Service) -> date | None:
    """Return the day before which a service takes no new companies; None: it takes them."""
    pause = db.session.get(IntakePause, service.id)
    return pause.until_on if pause else None


def pauses_of(service_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, date]:
    """Return the day before which each of some services takes no new companies, where one does."""
    rows = db.session.execute(
        select(IntakePause.service_id, IntakePause.until_on).where(
            IntakePause.service_id.in_(service_ids)
        )
    )
    return dict(rows.tuples().all())


def hidden_service(slug: str) -> Service | None:
    """Return a service that is hidden because nobody confirmed it for long, or None."""
    return db.session.scalar(
        select(Service)
        .join(Standing, Standing.service_id == Service.id)
        .where(Service.slug == slug, Service.status != "inactive", Standing.rung == "hidden")
        .options(joinedload(Service.organization))
    )


def published_next_steps(service: Service) -> list[Service]:
    """Return the published services that an adviser would suggest after one, in their order."""
    return list(
        db.session.scalars(
            select(Service)
            .join(PathwayStep, PathwayStep.next_service_id == Service.id)
            .where(PathwayStep.service_id == service.id, PUBLISHED)
            .options(joinedload(Service.organization))
            .order_by(PathwayStep.position)
        )
    )


def similar_services(service: Service, *, limit: int = 4) -> list[ListedService]:
    """Return the published services that share the most, and the rarest, with a service.

    What comes after it is left out: its page names that apart.

    Args:
        service: loaded with its attributes and next steps.
        limit: how many at most.
    """
    own = {
        attribute.taxonomy_term_id
        for attribute in service.attributes
        if attribute.taxonomy_term.taxonomy.slug in SIMILAR_BY
        and not attribute.taxonomy_term.covers_all
    }
    if not own:
        return []
    left_out = {service.id, *(step.next_service_id for step in service.next_steps)}
    holders = db.session.execute(
        select(Service.slug, Service.id, Attribute.taxonomy_term_id)
        .join(Attribute, Attribute.service_id == Service.id)
        .where(Attribute.taxonomy_term_id.in_(own), PUBLISHED)
    ).all()
    id_of = {slug: id_ for slug, id_, _ in holders}
    ranked = most_similar(
        [(slug, term) for slug, _, term in holders],
        total=service_total(),
        without={slug for slug, id_ in id_of.items() if id_ in left_out},
        limit=limit,
    )
    return services_by_ids([id_of[slug] for slug in ranked])


def term_counts(facet: str, *, audience: str = "") -> dict[str, int]:
    """Return how many published services name each term of a facet.

    Args:
        facet: the taxonomy's slug, one whose values listings name literally (form, connects).
        audience: count only services for this audience.
    """
    query = (
        select(TaxonomyTerm.code, func.count(Service.id))
        .join(TaxonomyTerm.taxonomy)
        .join(Attribute, Attribute.taxonomy_term_id == TaxonomyTerm.id)
        .join(Service, Service.id == Attribute.service_id)
        .where(Taxonomy.slug == facet, PUBLISHED)
        .group_by(TaxonomyTerm.code)
    )
    if audience:
        query = query.where(_has_term("audience", audience))
    return dict(db.session.execute(query).all())


def audience_total(audience: str) -> int:
    """Return the number of published services for an audience."""
    query = select(func.count(Service.id)).where(PUBLISHED, _has_term("audience", audience))
    return db.session.scalar(query) or 0


def connecting_services(link: str, *, limit: int = CONNECTED_AT_MOST) -> list[ServiceLine]:
    """Return services that bring two kinds of actors together, those sure to run first.

    Args:
        link: a code of the facet `connects`.
        limit: how many at most.
    """
    query = (
        select(Service.slug, Service.name, Organization.name)
        .join(Service.organization)
        .where(PUBLISHED, _has_term("connects", link))
        .order_by(Service.status, Service.name)
        .limit(limit)
    )
    return [ServiceLine(*row) for row in db.session.execute(query)]


def organizations() -> list[OrganizationLine]:
    """Return all organizations by name, but those merged into another one."""
    counts = (
        select(Service.organization_id, func.count(Service.id).label("number"))
        .where(PUBLISHED)
        .group_by(Service.organization_id)
        .subquery()
    )
    query = (
        select(
            Organization.slug,
            Organization.name,
            Organization.kind,
            func.coalesce(func.min(Location.city), ""),
            func.coalesce(counts.c.number, 0),
        )
        .outerjoin(Organization.locations)
        .outerjoin(counts, counts.c.organization_id == Organization.id)
        .where(NOT_MERGED)
        .group_by(Organization.id, counts.c.number)
        .order_by(func.lower(Organization.name))
    )
    return [OrganizationLine(*row) for row in db.session.execute(query)]


def organization(slug: str) -> Organization | None:
    """Return an organization with its places, or None."""
    return db.session.scalar(
        select(Organization)
        .where(Organization.slug == slug)
        .options(selectinload(Organization.locations))
    )


def evidence_of_services() -> list[Evidence]:
    """Return how each published service is known."""
    query = select(
        Service.assured_date, Service.evidence_as_of, Service.evidence, Service.status
    ).where(PUBLISHED)
    return [Evidence(*row) for row in db.session.execute(query)]


def _terms() -> ORMOption:
    return (
        selectinload(Service.attributes)
        .joinedload(Attribute.taxonomy_term)
        .joinedload(TaxonomyTerm.taxonomy)
    )


def _has_term(facet: str, code: str) -> ColumnElement[bool]:
    return Service.id.in_(
        select(Attribute.service_id)
        .join(Attribute.taxonomy_term)
        .join(TaxonomyTerm.taxonomy)
        .where(Taxonomy.slug == facet, TaxonomyTerm.code == code)
    )
