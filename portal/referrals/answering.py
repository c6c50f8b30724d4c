"""What somebody at a program does with a request: answer it, note something, take it over.

The caller holds a write unit and commits.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask import current_app
from sqlalchemy import select

from portal import clock
from portal.accounts.models import Account
from portal.directory.models import Service
from portal.extensions import db
from portal.referrals.acting import NoSuchReferralError, act
from portal.referrals.calendars import calendar_of
from portal.referrals.chaining import append
from portal.referrals.handing_off import offer
from portal.referrals.models import MOVE, NOTE, OTHER, Event, Referral
from portal.referrals.moving import ChangedMeanwhileError, Mover, locked
from portal.referrals.standing import RefusedMoveError
from portal.referrals.states import OPEN, Role, Status, transition

INTERNAL, SHARED = NOTES = ("internal", "shared")
ASSIGNED, SUGGESTED = "assigned", "suggested"


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody at a program has filled in.

    `target` REDIRECTED suggests another program: the request is passed on once the company agrees.
    """

    target: Status
    facts: Mapping[str, str] = field(default_factory=dict)
    personal: Mapping[str, str] = field(default_factory=dict)
    suggested: Service | None = None


def last_seen(referral_id: uuid.UUID) -> int:
    """Return the number of the last event that a page must have shown before somebody answers.

    Receipts are left out: nobody's answer is out of date because a colleague opened the page.
    """
    numbers = db.session.execute(
        select(Event.number, Event.action, Event.source, Event.kind)
        .where(Event.referral_id == referral_id, Event.kind.in_((MOVE, OTHER)))
        .order_by(Event.number.desc())
    )
    for number, action, source, kind in numbers:
        is_receipt = action == Status.RECEIVED and source == Status.SENT
        if (kind == MOVE and not is_receipt) or action == SUGGESTED:
            return int(number)
    return 0


def answer(referral_id: uuid.UUID, given: Answer, *, by: Mover, seen: int) -> None:
    """Move a request as somebody at its program says; suggest another program where they do.

    Args:
        referral_id: of a request that was sent.
        given: what they filled in.
        by: who; without an account where they came by a link.
        seen: `last_seen` when the page was made.

    Raises:
        NoSuchReferralError: there is none.
        ChangedMeanwhileError: something happened after `seen`.
        RefusedMoveError: the table or its conditions do not allow it.
        AlreadyAskedError: the suggested program was asked before.
    """
    referral = _locked(referral_id, seen)
    if given.target is Status.REDIRECTED:
        _check_passing_on(referral)
    else:
        act(referral_id, given.target, by=by, facts=given.facts, personal=given.personal)
    if given.suggested is not None:
        _suggest(referral, given.suggested, by=by, note=given.personal.get("note", ""))


def receive(referral_id: uuid.UUID, *, by: Mover) -> bool:
    """Note that the program has opened a request; whether that is new. It is no answer."""
    referral = locked(referral_id)
    if referral is None or referral.status != Status.SENT:
        return False
    act(referral_id, Status.RECEIVED, by=by)
    return True


def note(referral: Referral, text: str, *, is_shared: bool, by: Mover, now: datetime) -> Event:
    """Add a note: for colleagues alone, or for the company, too."""
    return append(
        referral,
        kind=NOTE,
        action=SHARED if is_shared else INTERNAL,
        role=by.role,
        actor_id=by.account_id,
        now=now,
        personal={"note": text},
    )


def assign(referral: Referral, to: Account | None, *, by: Mover, was: str, now: datetime) -> None:
    """Give a request to a colleague, or to nobody in particular.

    Args:
        referral: from `locked`.
        to: whom.
        by: who.
        was: the id of who looked after it when the page was made; blank: nobody.
        now: the present moment.

    Raises:
        ChangedMeanwhileError: somebody else looks after it by now.
    """
    if was != str(referral.assignee_id or ""):
        raise ChangedMeanwhileError
    if referral.assignee_id == (to.id if to else None):
        return
    referral.assignee_id = to.id if to else None
    append(
        referral,
        kind=OTHER,
        action=ASSIGNED,
        role=by.role,
        actor_id=by.account_id,
        now=now,
        facts={"to": str(to.id) if to else ""},
    )


def _locked(referral_id: uuid.UUID, seen: int) -> Referral:
    referral = locked(referral_id)
    if referral is None:
        raise NoSuchReferralError
    if seen != last_seen(referral_id):
        raise ChangedMeanwhileError
    return referral


def _check_passing_on(referral: Referral) -> None:
    """Refuse to pass on what cannot be passed on now, or what waits for consent already."""
    row = transition(Status(referral.status), Status.REDIRECTED)
    if row is None or Role.PROGRAM not in row.who:
        raise RefusedMoveError("no_such_move", Status.REDIRECTED)
    if is_passed_on(referral):
        raise RefusedMoveError("no_such_move", SUGGESTED)


def is_passed_on(referral: Referral) -> bool:
    """Whether another program was suggested and nothing has come of it yet."""
    return any(Status(child.status) in OPEN for child in referral.children)


def _suggest(referral: Referral, service: Service, *, by: Mover, note: str) -> None:
    now, calendar = clock.now(), calendar_of(current_app.config["PORTAL"])
    child = offer(referral, service, account_id=by.account_id, now=now, calendar=calendar)
    append(
        referral,
        kind=OTHER,
        action=SUGGESTED,
        role=by.role,
        actor_id=by.account_id,
        now=now,
        facts={"child": str(child.id)},
        personal={"note": note},
    )
    # Whom nobody can write to is called by the navigator, who notes the spoken consent.
    if referral.episode.details.email:
        act(child.id, Status.AWAITING_CONSENT, by=Mover(Role.STAFF, by.account_id))
