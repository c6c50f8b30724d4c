"""Reads that measures are made of: referrals as the pure functions see them."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from portal.extensions import db
from portal.referrals.business_days import Calendar, due_at
from portal.referrals.measures import Asked, Share, first_response_rate, median_days, wait_of
from portal.referrals.models import Referral
from portal.referrals.states import Status

OWN_WINDOW = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """How an organization has answered the requests of the last 90 days.

    `median_days` is None while fewer than half of them were answered.
    """

    sent: int
    in_time: Share
    median_days: float | None


def own_figures(
    organization_ids: Collection[uuid.UUID], *, now: datetime, calendar: Calendar
) -> OwnFigures:
    """Return how some organizations answer, for their own staff alone; nothing is hidden in it.

    Requests that the navigator received in their place, and those that were entered by mistake,
    are left out.

    Args:
        organization_ids: those that somebody is staff of.
        now: the present moment.
        calendar: of the offices.
    """
    referrals = db.session.scalars(
        select(Referral).where(
            Referral.organization_id.in_(organization_ids),
            Referral.sent_at > now - OWN_WINDOW,
            Referral.via_navigator.is_(False),
            Referral.status != Status.ENTERED_IN_ERROR,
        )
    )
    asked = [found for each in referrals if (found := asked_of(each, calendar))]
    return OwnFigures(
        sent=len(asked),
        in_time=first_response_rate(asked, now=now),
        median_days=median_days([wait_of(each, now=now) for each in asked]),
    )


def asked_of(referral: Referral, calendar: Calendar) -> Asked | None:
    """Return a referral as the measures of answering see it; None: its program was never told.

    The limit is the one that ran from the start, whatever a question has added to it since.
    """
    if referral.sent_at is None:
        return None
    is_silent = referral.answered_at is None
    gone = referral.status in (Status.WITHDRAWN, Status.REDIRECTED)
    over = referral.status in (Status.EXPIRED, Status.CLOSED_UNMET)
    return Asked(
        sent_at=referral.sent_at,
        due_at=due_at(referral.sent_at, referral.response_days, calendar),
        answered_at=referral.answered_at,
        withdrawn_at=referral.since_at if gone else None,
        expired_at=referral.since_at if over and is_silent else None,
    )
