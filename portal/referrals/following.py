"""Requests follow an organization into the one that it was merged into. The caller commits."""

from __future__ import annotations

import uuid

from sqlalchemy import func, select, update

from portal.accounts.models import Navigator
from portal.extensions import db
from portal.referrals.answer_models import SavedReply
from portal.referrals.models import Episode, Referral


def requests_of(organization_id: uuid.UUID) -> int:
    """Return how many requests an organization was asked, open and ended."""
    query = select(func.count()).where(Referral.organization_id == organization_id)
    return db.session.scalar(query) or 0


def follow(gone_id: uuid.UUID, kept_id: uuid.UUID) -> None:
    """Give the requests, saved replies and the part of navigator to the organization that stays.

    A saved reply whose name the other one has already is left where it is; nobody reads it there.
    """
    names = select(SavedReply.name).where(SavedReply.organization_id == kept_id)
    for change in (
        update(Referral).where(Referral.organization_id == gone_id).values(organization_id=kept_id),
        update(Episode)
        .where(Episode.creator_organization_id == gone_id)
        .values(creator_organization_id=kept_id),
        update(Navigator)
        .where(Navigator.organization_id == gone_id)
        .values(organization_id=kept_id),
        update(SavedReply)
        .where(SavedReply.organization_id == gone_id, SavedReply.name.not_in(names))
        .values(organization_id=kept_id),
    ):
        db.session.execute(change, execution_options={"synchronize_session": "fetch"})
