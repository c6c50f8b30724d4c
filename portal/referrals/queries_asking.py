"""Reads before a request is entered: is it there already, and how much came in of late."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from portal.extensions import db
from portal.referrals.models import Details, Episode, Referral
from portal.referrals.states import OPEN


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
    query = select(func.count(Episode.id)).where(
        Episode.contact_digest == contact_digest, Episode.created_at >= since
    )
    return db.session.scalar(query) or 0


def most_for_one(service_ids: Collection[uuid.UUID], since: datetime) -> int:
    """Return how many requests came for that one of some programs that got the most."""
    counts = (
        select(func.count(Referral.id).label("number"))
        .where(Referral.service_id.in_(service_ids), Referral.begun_at >= since)
        .group_by(Referral.service_id)
        .subquery()
    )
    return db.session.scalar(select(func.max(counts.c.number))) or 0


def count_of_web(since: datetime) -> int:
    """Return how many requests came in over the web."""
    query = select(func.count(Episode.id)).where(
        Episode.channel == "web", Episode.created_at >= since
    )
    return db.session.scalar(query) or 0


def count_of_text(need_text: str, since: datetime, *, without: str) -> int:
    """Return how many others sent the very same words.

    Args:
        need_text: the words.
        since: no earlier ones.
        without: the contact digest of whoever sends them now.
    """
    query = (
        select(func.count(Episode.id))
        .join(Details)
        .where(
            Episode.created_at >= since,
            Details.need_text == need_text,
            Episode.contact_digest != without,
        )
    )
    return db.session.scalar(query) or 0


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
