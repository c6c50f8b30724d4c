"""Reads of retention: how long is set, and which requests are past it."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import exists, select

from portal.extensions import db
from portal.referrals.ledger_models import RetentionSetting
from portal.referrals.models import Details, Episode, Referral
from portal.referrals.retention import DEFAULT_MONTHS, months_before


def retention_months() -> int:
    """Return for how many months a closed request keeps contact details and words."""
    setting = db.session.get(RetentionSetting, 1)
    return setting.months if setting else DEFAULT_MONTHS


def past_retention(months: int, *, now: datetime) -> list[uuid.UUID]:
    """Return the requests that were kept long enough.

    All of a request's referrals have stood where they stand for so long. Where they have ended,
    that is the time since closing; one that nobody has moved for so long counts as closed.
    """
    limit = months_before(now, months)
    moved_since = exists().where(Referral.episode_id == Episode.id, Referral.since_at > limit)
    return list(
        db.session.scalars(
            select(Episode.id)
            .join(Details, Details.episode_id == Episode.id)
            .where(Details.erased_at.is_(None), Episode.created_at <= limit, ~moved_since)
            .order_by(Episode.created_at)
        )
    )
