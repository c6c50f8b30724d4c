"""Names the organization whose staff are the navigators. The caller commits."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import delete, select

from portal.accounts import audit
from portal.accounts.models import Account, AccountSession, Membership, Navigator
from portal.directory.models import Organization
from portal.extensions import db

ONLY = 1  # the id of the one row


def name_navigator(organization: Organization | None, *, by: Account, now: datetime) -> None:
    """Name an organization as navigator; None: nobody any more.

    Navigators sign in with a second factor. Sessions of its staff without one end at once, and
    the next sign-in leads them to set it up.
    """
    present = db.session.get(Navigator, ONLY)
    before = present.organization.slug if present else ""
    if present is not None:
        db.session.delete(present)
        db.session.flush()
    if organization is not None:
        db.session.add(Navigator(id=ONLY, organization_id=organization.id, named_at=now))
        end_sessions_without_second_factor(organization.id)
    db.session.flush()
    audit.record(
        "navigator:name",
        object_kind="organization",
        object_id=organization.slug if organization else "",
        now=now,
        by=by,
        before=before,
    )


def end_sessions_without_second_factor(organization_id: uuid.UUID) -> None:
    """End the sessions of an organization's staff that began with a password alone."""
    staff = select(Membership.account_id).where(Membership.organization_id == organization_id)
    db.session.execute(
        delete(AccountSession).where(
            AccountSession.account_id.in_(staff), AccountSession.second_factor_at.is_(None)
        )
    )
