"""Reads the names that suggestions are made of: topics, programs, organizations."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from portal.directory.listed import PUBLISHED
from portal.directory.models import Attribute, Organization, Service, Taxonomy, TaxonomyTerm
from portal.directory.successors import NOT_MERGED, former_names
from portal.extensions import db
from portal.search.suggesting import Named, Suggester


def suggester(number: int) -> Suggester:
    """Build a suggester over the published catalogue.

    Args:
        number: the generation that was read before; a change since then is seen by the next read.
    """
    return Suggester([*_topics(), *_listings(), *_organizations()], generation=number)


def _topics() -> Iterator[Named]:
    """Yield the topics that some published program has."""
    query = (
        select(
            TaxonomyTerm.code,
            TaxonomyTerm.name,
            TaxonomyTerm.aliases,
            func.count(func.distinct(Service.id)),
        )
        .join(TaxonomyTerm.taxonomy)
        .join(Attribute, Attribute.taxonomy_term_id == TaxonomyTerm.id)
        .join(Service, Service.id == Attribute.service_id)
        .where(Taxonomy.slug == "topic", PUBLISHED)
        .group_by(TaxonomyTerm.id)
    )
    for code, name, aliases, count in db.session.execute(query):
        yield Named("topic", code, name, _parts(aliases), count)


def _listings() -> Iterator[Named]:
    query = select(Service.slug, Service.name, Service.alternate_name).where(PUBLISHED)
    for slug, name, alternate in db.session.execute(query):
        yield Named("listing", slug, name, _parts(alternate))


def _organizations() -> Iterator[Named]:
    former = former_names()
    query = (
        select(
            Organization.id,
            Organization.slug,
            Organization.name,
            Organization.alternate_name,
            func.count(Service.id),
        )
        .outerjoin(Service, (Service.organization_id == Organization.id) & PUBLISHED)
        .where(NOT_MERGED)
        .group_by(Organization.id)
    )
    for id_, slug, name, alternate, count in db.session.execute(query):
        yield Named("organization", slug, name, (*_parts(alternate), *former.get(id_, ())), count)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)
