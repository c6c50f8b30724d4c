"""Reads of a database for tests: what a load stored."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import func, select

from portal.directory.models import CatalogueGeneration, Service, Taxonomy, TaxonomyTerm
from portal.extensions import db


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def service(slug: str) -> Service:
    return db.session.scalars(select(Service).where(Service.slug == slug)).one()


def attributes(slug: str, facet: str) -> list[tuple[str, str]]:
    """Return (code, value) of a service's terms in a facet, in order."""
    return [
        (attribute.taxonomy_term.code, attribute.value)
        for attribute in service(slug).attributes
        if attribute.taxonomy_term.taxonomy.slug == facet
    ]


def terms(facet: str) -> list[TaxonomyTerm]:
    query = select(Taxonomy).where(Taxonomy.slug == facet)
    return db.session.scalars(query).one().terms


def generation() -> int:
    return db.session.scalar(select(CatalogueGeneration.number)) or 0


def aware(moment: datetime) -> datetime:
    """Return a time as it was stored; SQLite forgets that it was UTC."""
    return moment.replace(tzinfo=UTC)
