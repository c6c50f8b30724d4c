"""Reads for staff who ask in companies' names: the programs, and what they have asked."""

from __future__ import annotations

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from portal.directory.listed import PUBLISHED
from portal.directory.models import Organization, Service
from portal.extensions import db
from portal.referrals.models import STAFF, Episode, Referral

MOST = 100


def program_choices() -> list[tuple[str, str]]:
    """Return (slug, name and organization) of each published program, by name."""
    rows = db.session.execute(
        select(Service.slug, Service.name, Organization.name)
        .join(Service.organization)
        .where(PUBLISHED)
        .order_by(func.lower(Service.name))
    )
    return [(slug, f"{name} ({organization})") for slug, name, organization in rows]


def referred_by(account_id: uuid.UUID) -> list[Episode]:
    """Return what somebody has asked in companies' names, the newest first, MOST at most."""
    query = (
        select(Episode)
        .where(Episode.creator_id == account_id, Episode.channel == STAFF)
        .options(
            joinedload(Episode.details),
            selectinload(Episode.referrals).joinedload(Referral.service),
        )
        .order_by(Episode.created_at.desc())
        .limit(MOST)
    )
    return list(db.session.scalars(query))
