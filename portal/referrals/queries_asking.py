"""Reads before a request is entered: is it there already, and how much came in of late."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from portal.directory.listed import PUBLISHED
from portal.directory.models import Attribute, Service, Taxonomy, TaxonomyTerm
from portal.extensions import db
from portal.referrals.models import WEB, Details, Episode, Referral
from portal.referrals.states import OPEN


@dataclass(frozen=True, slots=True)
class Pace:
    """How many requests came in of late.

    Attributes:
        of_contact: from the same mailbox or number within a day.
        for_program: for that one of the programs that got the most, within a day.
        of_web: over the web within an hour.
        of_text: from others, with the very same words, within a day.
    """

    of_contact: int
    for_program: int
    of_web: int
    of_text: int


def askable_services(slugs: Sequence[str]) -> list[Service]:
    """Return published services with their organizations, in the order of `slugs`.

    No more than a request needs: what a listing's page shows takes longer than a request may.
    """
    query = (
        select(Service)
        .where(Service.slug.in_(slugs), PUBLISHED)
        .options(joinedload(Service.organization))
    )
    found = {service.slug: service for service in db.session.scalars(query)}
    return [found[slug] for slug in slugs if slug in found]


def connects_of(service: Service) -> list[str]:
    """Return whom a program brings together, as its listing says."""
    query = (
        select(TaxonomyTerm.code)
        .join(TaxonomyTerm.taxonomy)
        .join(Attribute, Attribute.taxonomy_term_id == TaxonomyTerm.id)
        .where(Taxonomy.slug == "connects", Attribute.service_id == service.id)
    )
    return list(db.session.scalars(query))


def is_entered(idempotency_key: str) -> bool:
    """Whether a form was sent already."""
    query = select(Episode.id).where(Episode.idempotency_key == idempotency_key)
    return db.session.scalar(query) is not None


def open_doubles(
    contact_digest: str, need: str, service_ids: Collection[uuid.UUID]
) -> list[Referral]:
    """Return the open referrals of a company to some programs for the same need.

    One that is held counts as not asked: nobody would hear of it.
    """
    query = (
        select(Referral)
        .join(Referral.episode)
        .where(
            Episode.contact_digest == contact_digest,
            Episode.need == need,
            _is_not_held(),
            Referral.service_id.in_(service_ids),
            Referral.status.in_(OPEN),
        )
        .options(joinedload(Referral.service), joinedload(Referral.episode))
        .order_by(Referral.begun_at)
    )
    return list(db.session.scalars(query))


def count_of_contact(contact_digest: str, since: datetime) -> int:
    """Return how many requests came from one mailbox or number."""
    return db.session.scalar(_of_contact(contact_digest, since)) or 0


def pace_of(
    contact_digest: str,
    need_text: str,
    service_ids: Collection[uuid.UUID],
    *,
    day_ago: datetime,
    hour_ago: datetime,
) -> Pace:
    """Return how much came in of late, in one SELECT: each request waits for it.

    Args:
        contact_digest: of whoever asks now.
        need_text: what they wrote.
        service_ids: the programs that they ask.
        day_ago: the present moment less a day.
        hour_ago: less an hour.
    """
    of_each = (
        select(func.count(Referral.id).label("number"))
        .where(Referral.service_id.in_(service_ids), Referral.begun_at >= day_ago)
        .group_by(Referral.service_id)
        .subquery()
    )
    of_web = select(func.count(Episode.id)).where(
        Episode.channel == WEB, Episode.created_at >= hour_ago
    )
    of_text = (
        select(func.count(Episode.id))
        .join(Details)
        .where(
            Episode.created_at >= day_ago,
            Details.need_text == need_text,
            Episode.contact_digest != contact_digest,
        )
    )
    most = select(func.max(of_each.c.number))
    found = (_of_contact(contact_digest, day_ago), most, of_web, of_text)
    row = db.session.execute(select(*(query.scalar_subquery() for query in found))).one()
    return Pace(*(count or 0 for count in row))


def _of_contact(contact_digest: str, since: datetime) -> Select[int]:
    return select(func.count(Episode.id)).where(
        Episode.contact_digest == contact_digest, Episode.created_at >= since
    )


def held_episodes() -> list[Episode]:
    """Return the requests that are held, the oldest first."""
    query = (
        select(Episode)
        .where(Episode.held_at.is_not(None), Episode.released_at.is_(None))
        .options(joinedload(Episode.details))
        .order_by(Episode.held_at)
    )
    return list(db.session.scalars(query))


def _is_not_held() -> ColumnElement[bool]:
    return or_(Episode.held_at.is_(None), Episode.released_at.is_not(None))
