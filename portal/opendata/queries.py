"""Reads of the feeds: published services by their latest change."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select

from portal.directory.listed import PUBLISHED
from portal.directory.models import Attribute, Organization, Service, Taxonomy, TaxonomyTerm
from portal.extensions import db


@dataclass(frozen=True, slots=True)
class ChangedService:
    """A service as a feed tells of it; `forms` are codes, `last_modified` is aware."""

    id: uuid.UUID
    slug: str
    name: str
    organization_name: str
    short_description: str
    last_modified: datetime
    forms: tuple[str, ...]


def latest_changes(among: Collection[uuid.UUID], *, limit: int) -> list[ChangedService]:
    """Return the services that changed last, latest first.

    Args:
        among: ids of services; those that are published no more are left out.
        limit: how many at most.
    """
    newest = select(Service.id).where(PUBLISHED)
    newest = newest.order_by(Service.last_modified.desc(), Service.slug)
    ids = [id_ for id_ in db.session.scalars(newest) if id_ in among][:limit]
    rows = db.session.execute(
        select(
            Service.id,
            Service.slug,
            Service.name,
            Organization.name,
            Service.short_description,
            Service.last_modified,
        )
        .join(Service.organization)
        .where(Service.id.in_(ids))
    )
    forms = _forms_of(ids)
    found = {row[0]: ChangedService(*row[:5], _aware(row[5]), forms[row[0]]) for row in rows}
    return [found[id_] for id_ in ids]


def latest_change() -> datetime | None:
    """Return when any published service changed last; None when there is none."""
    latest = db.session.scalar(select(func.max(Service.last_modified)).where(PUBLISHED))
    return _aware(latest) if latest else None


def _forms_of(ids: Collection[uuid.UUID]) -> defaultdict[uuid.UUID, tuple[str, ...]]:
    rows = db.session.execute(
        select(Attribute.service_id, TaxonomyTerm.code)
        .join(Attribute.taxonomy_term)
        .join(TaxonomyTerm.taxonomy)
        .where(Taxonomy.slug == "form", Attribute.service_id.in_(ids))
        .order_by(TaxonomyTerm.position)
    )
    forms: defaultdict[uuid.UUID, tuple[str, ...]] = defaultdict(tuple)
    for service, code in rows:
        forms[service] += (code,)
    return forms


def _aware(moment: datetime) -> datetime:
    """Return a stored time with its zone; SQLite forgets that it was UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
