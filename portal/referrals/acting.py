"""One move as pages, links and the worker make it: load, move, tell. The caller commits."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from flask import current_app

from portal import clock
from portal.referrals.calendars import calendar_of
from portal.referrals.handing_off import pass_on_parent
from portal.referrals.models import Event
from portal.referrals.moving import Mover, locked, move
from portal.referrals.states import Status
from portal.referrals.telling import tell


class NoSuchReferralError(LookupError):
    """There is no referral with this id."""


def act(
    referral_id: uuid.UUID,
    target: Status,
    *,
    by: Mover,
    facts: Mapping[str, str] | None = None,
    personal: Mapping[str, str] | None = None,
    seen: int | None = None,
) -> Event:
    """Move a referral and queue the letters about it, in the write unit of the caller.

    Where a referral that was passed on is sent, the one that it came from is moved, too.

    Raises:
        NoSuchReferralError: there is none.
        RefusedMoveError: the table or its conditions do not allow it: answer 409.
        ChangedMeanwhileError: somebody was quicker: answer 409 and show what happened.
    """
    referral = locked(referral_id)
    if referral is None:
        raise NoSuchReferralError
    calendar = calendar_of(current_app.config["PORTAL"])
    event = move(
        referral,
        target,
        by=by,
        now=clock.now(),
        calendar=calendar,
        facts=facts,
        personal=personal,
        seen=seen,
    )
    tell(referral, event)
    passed_on = pass_on_parent(referral, event, calendar=calendar)
    if passed_on is not None:
        tell(passed_on.referral, passed_on)
    return event
