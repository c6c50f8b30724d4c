"""Reads of what a form offers: names, terms, and which listings name which term."""

from __future__ import annotations

import uuid
from collections import defaultdict

from sqlalchemy import func, select

from portal.directory.models import (
    Attribute,
    County,
    Organization,
    Service,
    Taxonomy,
    TaxonomyTerm,
)
from portal.directory.successors import NOT_MERGED
from portal.extensions import db
from portal.listings.discrimination import Tag

MEASURED = ("form", "industry", "region", "audience", "cost", "delivery", "topic")


def organization_names() -> list[tuple[str, str]]:
    """Return slug and name of all organizations by name, but merged ones."""
    rows = db.session.execute(
        select(Organization.slug, Organization.name)
        .where(NOT_MERGED)
        .order_by(func.lower(Organization.name))
    )
    return [(row.slug, row.name) for row in rows]


def service_names() -> dict[str, str]:
    """Return the names of all services by slug, in the order of their names."""
    rows = db.session.execute(select(Service.slug, Service.name).order_by(func.lower(Service.name)))
    return {row.slug: row.name for row in rows}


def county_names() -> list[str]:
    """Return the counties of the state."""
    return list(db.session.scalars(select(County.name).order_by(County.name)))


def term_names(facet: str) -> dict[str, str]:
    """Return the terms of a facet in their order: code → name in the catalogue."""
    rows = db.session.execute(
        select(TaxonomyTerm.code, TaxonomyTerm.name)
        .join(TaxonomyTerm.taxonomy)
        .where(Taxonomy.slug == facet)
        .order_by(TaxonomyTerm.position)
    )
    return {row.code: row.name for row in rows}


def tag_holders() -> tuple[dict[Tag, set[uuid.UUID]], int]:
    """Return which published services name which tag, and how many services there are."""
    rows = db.session.execute(
        select(Taxonomy.slug, TaxonomyTerm.code, Attribute.service_id)
        .join(TaxonomyTerm, TaxonomyTerm.id == Attribute.taxonomy_term_id)
        .join(Taxonomy, Taxonomy.id == TaxonomyTerm.taxonomy_id)
        .join(Service, Service.id == Attribute.service_id)
        .where(Service.status != "inactive", Taxonomy.slug.in_(MEASURED))
    )
    holders: defaultdict[Tag, set[uuid.UUID]] = defaultdict(set)
    for facet, code, service_id in rows:
        holders[facet, code].add(service_id)
    total = db.session.scalar(select(func.count(Service.id)).where(Service.status != "inactive"))
    return dict(holders), total or 0
