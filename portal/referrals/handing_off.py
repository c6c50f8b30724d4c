"""Passes a request on: another program is suggested, and asked once the company consents.

The caller holds a write unit and commits.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select

from portal.directory.models import Service
from portal.extensions import db
from portal.referrals.business_days import Calendar
from portal.referrals.models import MOVE, Event, Referral
from portal.referrals.moving import Mover, locked, move
from portal.referrals.operations import Recipient, add_referral
from portal.referrals.receiving import receiving
from portal.referrals.standing import Limits
from portal.referrals.states import Role, Status, transition


class AlreadyAskedError(Exception):
    """The request was put to this program before."""


def offer(
    referral: Referral,
    service: Service,
    *,
    account_id: uuid.UUID | None,
    now: datetime,
    calendar: Calendar,
) -> Referral:
    """Put a request to another program, as a draft that waits for the company's consent.

    Args:
        referral: that is passed on.
        service: the program that is suggested.
        account_id: who suggests it; None: a program by its mailed link.
        now: the present moment.
        calendar: of the offices.

    Raises:
        AlreadyAskedError: it was asked before, whatever it answered.
    """
    if was_asked(referral, service):
        raise AlreadyAskedError
    via_navigator = service.organization_id not in receiving([service.organization_id])
    return add_referral(
        referral.episode,
        Recipient(
            service,
            via_navigator=via_navigator,
            limits=Limits(),
        ),
        by=Mover(Role.STAFF, account_id),
        now=now,
        calendar=calendar,
        parent=referral,
    )


def was_asked(referral: Referral, service: Service) -> bool:
    """Whether the request was put to a program, in whichever way."""
    asked = select(Referral.id).where(
        Referral.episode_id == referral.episode_id, Referral.service_id == service.id
    )
    return db.session.scalar(asked) is not None


def pass_on_parent(child: Referral, event: Event, *, calendar: Calendar) -> Event | None:
    """Move the parent of a child that was sent, if its program still had the request.

    A program that declined has answered already. Who suggested the child passes the parent on.

    Returns:
        The event of the parent; None where there is nothing to move.
    """
    if event.kind != MOVE or event.action != Status.SENT or child.parent_id is None:
        return None
    parent = locked(child.parent_id)
    if parent is None or transition(Status(parent.status), Status.REDIRECTED) is None:
        return None
    begun = db.session.scalars(
        select(Event).where(Event.referral_id == child.id).order_by(Event.number).limit(1)
    ).one()
    return move(
        parent,
        Status.REDIRECTED,
        by=Mover(Role.PROGRAM, begun.actor_id),
        now=event.at,
        calendar=calendar,
        facts={"child": str(child.id)},
    )
