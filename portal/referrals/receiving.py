"""Who can receive a request: people at the organization, or the navigator in their place."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from sqlalchemy import select

from portal.accounts.models import ACTIVE, Account, Membership, Navigator
from portal.extensions import db
from portal.referrals.models import Referral
from portal.upkeep.models import Contact
from portal.upkeep.queries import Recipient


def receiving(organization_ids: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Return which organizations can receive requests themselves.

    They have active staff, or a contact who has said that requests may come there.
    """
    with_staff = (
        select(Membership.organization_id)
        .join(Account, Account.id == Membership.account_id)
        .where(Account.status == ACTIVE, Membership.organization_id.in_(organization_ids))
    )
    with_intake = select(Contact.organization_id).where(
        Contact.takes_requests, Contact.organization_id.in_(organization_ids)
    )
    return frozenset(db.session.scalars(with_staff.union(with_intake)))


def intake_of(organization_id: uuid.UUID) -> list[Recipient]:
    """Return who is told of requests: intake contacts, then staff; alternates are last.

    Whoever wants no reminders about listings still hears of requests.
    """
    contacts = db.session.scalars(
        select(Contact)
        .where(Contact.organization_id == organization_id, Contact.takes_requests)
        .order_by(Contact.is_alternate, Contact.created_at, Contact.email)
    )
    found = [Recipient(c.email, c.name, c.language, c.is_alternate) for c in contacts]
    known = {recipient.email for recipient in found}
    staff = staff_of(organization_id)
    found += [Recipient(a.email, a.name, a.language, False) for a in staff if a.email not in known]
    return sorted(found, key=lambda recipient: recipient.is_alternate)


def asks_navigator(referral: Referral) -> bool:
    """Whether the navigator is asked in the program's place: nobody there can receive requests."""
    return referral.via_navigator or not intake_of(referral.organization_id)


def answerers_of(referral: Referral) -> list[Recipient]:
    """Return who may answer a request now; a link to anybody else's address does not work."""
    if referral.via_navigator:
        return navigators()
    return intake_of(referral.organization_id) or navigators()


def navigators() -> list[Recipient]:
    """Return the navigators: active staff of the organization that managers have named."""
    named = navigator_organization_id()
    staff = staff_of(named) if named else []
    return [Recipient(a.email, a.name, a.language, False) for a in staff]


def navigator_organization_id() -> uuid.UUID | None:
    """Return the organization that is named as navigator; None: managers have named none."""
    found: uuid.UUID | None = db.session.scalar(select(Navigator.organization_id))
    return found


def staff_of(organization_id: uuid.UUID) -> list[Account]:
    """Return the active staff of an organization, the longest known first."""
    return list(
        db.session.scalars(
            select(Account)
            .join(Membership, Membership.account_id == Account.id)
            .where(Membership.organization_id == organization_id, Account.status == ACTIVE)
            .order_by(Account.created_at, Account.email)
        )
    )
