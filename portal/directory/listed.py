"""A service as lists show it: plain rows, since twenty full records cost ten times as much."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select

from portal.directory.beside import IntakePause
from portal.directory.facts import Facts, facts_from
from portal.directory.models import (
    Attribute,
    Organization,
    Service,
    Standing,
    Taxonomy,
    TaxonomyTerm,
)
from portal.directory.named_terms import SHOWN_IN_LISTS, NamedTerm
from portal.extensions import db

# What the public sees, the same for each reader: offered, and not hidden for its age.
PUBLISHED = and_(
    Service.status != "inactive",
    Service.id.not_in(select(Standing.service_id).where(Standing.rung == "hidden")),
)
# Of those, what is marked and ranked lower, as nobody confirmed it for too long.
OLD = Service.id.in_(select(Standing.service_id).where(Standing.rung == "old"))

# What takes no new companies at present: marked and ranked lower, never hidden. A step of each day
# takes the row away when the pause is over.
PAUSED = Service.id.in_(select(IntakePause.service_id))


@dataclass(frozen=True, slots=True)
class ListedService:
    """What a list shows of a service; `facts` hold the terms of SHOWN_IN_LISTS."""

    id: uuid.UUID
    slug: str
    name: str
    organization_name: str
    short_description: str
    status: str
    assured_date: date | None
    evidence_as_of: str
    facts: Facts
    is_old: bool = False  # the last confirmation is too old
    paused_until: date | None = None  # it takes no new companies before that day


Terms = Mapping[str, Sequence[NamedTerm]]
"""The terms of SHOWN_IN_LISTS by the slug of their service, main ones first."""


def services_by_ids(ids: Sequence[uuid.UUID], terms: Terms | None = None) -> list[ListedService]:
    """Return published services as lists show them, in the order of `ids`.

    Args:
        ids: of services; those not published are left out.
        terms: the services' terms where they are known already; read when left out.
    """
    if not ids:
        return []
    found = {row.id: row for row in _listed(Service.id.in_(ids), terms)}
    return [found[id_] for id_ in ids if id_ in found]


def services_of(organization_id: uuid.UUID) -> list[ListedService]:
    """Return an organization's published services by name."""
    return _listed(Service.organization_id == organization_id)


def _listed(wanted: ColumnElement[bool], terms: Terms | None = None) -> list[ListedService]:
    rows = db.session.execute(
        select(
            Service.id,
            Service.slug,
            Service.name,
            Organization.name.label("organization_name"),
            Service.short_description,
            Service.status,
            Service.assured_date,
            Service.evidence_as_of,
            Service.minimum_employees,
            Service.maximum_employees,
            OLD.label("is_old"),
            IntakePause.until_on,
        )
        .join(Service.organization)
        .outerjoin(IntakePause, IntakePause.service_id == Service.id)
        .where(wanted, PUBLISHED)
        .order_by(func.lower(Service.name))
    ).all()
    terms = _terms_of(wanted) if terms is None else terms
    return [
        ListedService(
            id=row.id,
            slug=row.slug,
            name=row.name,
            organization_name=row.organization_name,
            short_description=row.short_description,
            status=row.status,
            assured_date=row.assured_date,
            evidence_as_of=row.evidence_as_of,
            facts=facts_from(terms[row.slug], row.minimum_employees, row.maximum_employees),
            is_old=row.is_old,
            paused_until=row.until_on,
        )
        for row in rows
    ]


def _terms_of(wanted: ColumnElement[bool]) -> defaultdict[str, list[NamedTerm]]:
    """Return the terms that lists show, by the slug of their service, main ones first."""
    rows = db.session.execute(
        select(
            Service.slug,
            Taxonomy.slug,
            TaxonomyTerm.code,
            TaxonomyTerm.name,
            TaxonomyTerm.covers_all,
            Attribute.label,
            Attribute.value,
        )
        .join(Attribute, Attribute.service_id == Service.id)
        .join(TaxonomyTerm, TaxonomyTerm.id == Attribute.taxonomy_term_id)
        .join(Taxonomy, Taxonomy.id == TaxonomyTerm.taxonomy_id)
        .where(wanted, PUBLISHED, Taxonomy.slug.in_(SHOWN_IN_LISTS))
        .order_by(Attribute.position)
    )
    terms: defaultdict[str, list[NamedTerm]] = defaultdict(list)
    for service, facet, code, name, covers_all, label, value in rows:
        terms[service].append(NamedTerm(facet, code, label or name, covers_all, value))
    return terms
