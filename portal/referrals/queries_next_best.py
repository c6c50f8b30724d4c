"""Reads for the programs to ask next."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from portal.directory.beside import IntakePause
from portal.directory.listed import PUBLISHED
from portal.directory.models import Attribute, Service, Taxonomy, TaxonomyTerm
from portal.extensions import db
from portal.referrals.models import Episode, Referral
from portal.referrals.states import Status


def asked_slugs(episode: Episode) -> frozenset[str]:
    """Return the programs that a request went to, whatever became of it."""
    return frozenset(
        db.session.scalars(
            select(Service.slug)
            .join(Referral, Referral.service_id == Service.id)
            .where(Referral.episode_id == episode.id)
        )
    )


def paused_slugs() -> frozenset[str]:
    """Return the programs that take no new companies at present."""
    return frozenset(
        db.session.scalars(
            select(Service.slug).join(IntakePause, IntakePause.service_id == Service.id)
        )
    )


def connecting_like(service: Service) -> frozenset[str]:
    """Return the programs that bring together whom a program brings together."""
    values = (
        select(Attribute.taxonomy_term_id)
        .join(TaxonomyTerm, TaxonomyTerm.id == Attribute.taxonomy_term_id)
        .join(Taxonomy, Taxonomy.id == TaxonomyTerm.taxonomy_id)
        .where(Taxonomy.slug == "connects", Attribute.service_id == service.id)
    )
    return frozenset(
        db.session.scalars(
            select(Service.slug)
            .join(Attribute, Attribute.service_id == Service.id)
            .where(Attribute.taxonomy_term_id.in_(values))
        )
    )


def published_by_slugs(slugs: Sequence[str]) -> list[Service]:
    """Return published programs with their organizations, in the order of the slugs."""
    found = {
        service.slug: service
        for service in db.session.scalars(
            select(Service)
            .where(Service.slug.in_(slugs), PUBLISHED)
            .options(joinedload(Service.organization))
        )
    }
    return [found[slug] for slug in slugs if slug in found]


def has_child(referral: Referral) -> bool:
    """Whether another program was asked after a referral already."""
    return (
        db.session.scalar(
            select(Referral.id)
            .where(
                Referral.parent_id == referral.id,
                Referral.status.not_in((Status.ENTERED_IN_ERROR, Status.WITHDRAWN)),
            )
            .limit(1)
        )
        is not None
    )


def program_named(text: str) -> Service | None:
    """Return the published program with a slug or a name; None when it is none, or several."""
    wanted = text.strip()
    found = db.session.scalars(
        select(Service)
        .where(or_(Service.slug == wanted, func.lower(Service.name) == wanted.lower()), PUBLISHED)
        .options(joinedload(Service.organization))
        .limit(2)
    ).all()
    return found[0] if len(found) == 1 else None
