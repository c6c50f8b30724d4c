"""Reads the names that suggestions are made of: topics, programs, organizations."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import func, select

from portal.directory.listed import PUBLISHED
from portal.directory.models import Attribute, Organization, Service, Taxonomy, TaxonomyTerm
from portal.directory.overrides import topic_names
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
            Service.id,
        )
        .join(TaxonomyTerm.taxonomy)
        .join(Attribute, Attribute.taxonomy_term_id == TaxonomyTerm.id)
        .join(Service, Service.id == Attribute.service_id)
        .where(Taxonomy.slug == "topic", PUBLISHED)
        .order_by(TaxonomyTerm.id)
    )
    topics = topic_names()
    names: dict[str, tuple[str, tuple[str, ...]]] = {}
    holders: defaultdict[str, set[uuid.UUID]] = defaultdict(set)
    for code, name, aliases, service_id in db.session.execute(query):
        names[code] = name, _parts(aliases)
        for one in topics.codes([code]):
            holders[one].add(service_id)
    for code, (name, known) in names.items():
        if topics.is_offered(code):
            label = topics.label(code, name)
            others = (*known, *([name] if label != name else ()))
            yield Named("topic", code, label, others, len(holders[code]))


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
