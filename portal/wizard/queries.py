"""Reads the published programs for the matching, and the places that companies name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from portal.directory.listed import OLD, PAUSED, PUBLISHED
from portal.directory.models import (
    Attribute,
    County,
    PathwayStep,
    PostalPlace,
    Round,
    Service,
    Taxonomy,
    TaxonomyTerm,
)
from portal.directory.overrides import topic_names
from portal.directory.rounds import Season
from portal.directory.topic_names import TopicNames
from portal.directory.vocabulary import slug_of
from portal.extensions import db
from portal.wizard.candidates import Candidate


@dataclass(frozen=True, slots=True)
class CountyLine:
    """A county with the codes of the regions that it lies in or reaches into."""

    name: str
    regions: tuple[str, ...]


def candidates() -> Iterator[Candidate]:
    """Return all published programs by slug."""
    terms: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = db.session.execute(
        select(Service.slug, Taxonomy.slug, TaxonomyTerm.code, TaxonomyTerm.name, Attribute.label)
        .join(Attribute, Attribute.service_id == Service.id)
        .join(TaxonomyTerm, TaxonomyTerm.id == Attribute.taxonomy_term_id)
        .join(Taxonomy, Taxonomy.id == TaxonomyTerm.taxonomy_id)
        .where(PUBLISHED)
        .order_by(Attribute.position)
    )
    for slug, facet, code, name, label in rows:
        terms[slug][facet].append((label or name) if facet == "topic" else code)
    seasons, steps, changed = _seasons(), _next_steps(), topic_names()
    for service in db.session.execute(
        select(
            Service.slug,
            Service.name,
            Service.minimum_employees,
            Service.maximum_employees,
            Service.status,
            Service.assured_date,
            OLD.label("is_old"),
            PAUSED.label("is_paused"),
        )
        .where(PUBLISHED)
        .order_by(Service.slug)
    ):
        named = terms[service.slug]
        yield Candidate(
            slug=service.slug,
            name=service.name,
            audiences=tuple(named["audience"]),
            forms=tuple(named["form"]),
            regions=tuple(named["region"]),
            delivery=tuple(named["delivery"]),
            costs=tuple(named["cost"]),
            industries=tuple(named["industry"]),
            topics=_topics(named["topic"], changed),
            minimum=service.minimum_employees,
            maximum=service.maximum_employees,
            is_uncertain=service.status == "uncertain" or service.is_old,
            is_paused=service.is_paused,
            assured_on=service.assured_date.toordinal() if service.assured_date else 0,
            seasons=tuple(seasons[service.slug]),
            next_slugs=tuple(steps[service.slug]),
        )


def _topics(named: list[str], changed: TopicNames) -> tuple[str, ...]:
    """Return the topics that a listing names, and those that are one with them."""
    if not changed.changed:
        return tuple(named)
    own = [slug_of(name) for name in named]
    more = [code for code in changed.codes(own) if code not in own]
    return (*named, *more, *changed.words(own))


def _seasons() -> defaultdict[str, list[Season]]:
    found: defaultdict[str, list[Season]] = defaultdict(list)
    rows = db.session.execute(
        select(Service.slug, Round.opens_on, Round.closes_on, Round.recurs)
        .join(Service, Service.id == Round.service_id)
        .order_by(Round.opens_on, Round.closes_on)
    )
    for slug, opens_on, closes_on, recurs in rows:
        found[slug].append(Season(opens_on, closes_on, recurs))
    return found


def _next_steps() -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    following = aliased(Service)
    rows = db.session.execute(
        select(Service.slug, following.slug)
        .join(PathwayStep, PathwayStep.service_id == Service.id)
        .join(following, following.id == PathwayStep.next_service_id)
        .order_by(PathwayStep.position)
    )
    for slug, next_slug in rows:
        found[slug].append(next_slug)
    return found


def counties() -> list[CountyLine]:
    """Return all counties by name."""
    return [
        CountyLine(
            county.name,
            (county.region, *(code for code in county.also_regions.split("|") if code)),
        )
        for county in db.session.scalars(select(County).order_by(County.name))
    ]


def counties_of_postal_codes() -> dict[str, str]:
    """Return the county of each ZIP code of the state."""
    return dict(db.session.execute(select(PostalPlace.postal_code, PostalPlace.county)).all())


def term_names(facet: str) -> dict[str, str]:
    """Return the names of a taxonomy's terms by code, in the catalogue's order."""
    rows = db.session.execute(
        select(TaxonomyTerm.code, TaxonomyTerm.name)
        .join(TaxonomyTerm.taxonomy)
        .where(Taxonomy.slug == facet)
        .order_by(TaxonomyTerm.position)
    )
    return dict(rows.all())
