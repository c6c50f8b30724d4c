"""Moves a referral by the table of `states.py`. The caller holds a write unit and commits."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.extensions import db
from portal.referrals.business_days import Calendar
from portal.referrals.chaining import append, facts_of, words_of
from portal.referrals.clock_models import Clock
from portal.referrals.folding import fold, step
from portal.referrals.models import MOVE, Episode, Event, Referral
from portal.referrals.queries_limits import limits_of
from portal.referrals.reminding import next_due
from portal.referrals.standing import Move, RefusedMoveError, Standing
from portal.referrals.states import Role, Status


@dataclass(frozen=True, slots=True)
class Mover:
    """Who moves a referral, and in which part.

    `account_id` is None for the company, for a program that answers by a mailed link, and for the
    system. A navigator who writes down what a program said moves it as the program.
    """

    role: Role
    account_id: uuid.UUID | None = None


SYSTEM = Mover(Role.SYSTEM)
OWNER = Mover(Role.OWNER)


class ChangedMeanwhileError(Exception):
    """Somebody has moved the referral since the page was opened."""


def locked(referral_id: uuid.UUID) -> Referral | None:
    """Return a referral as it stands now, so that nobody else moves it before the commit."""
    return db.session.scalars(
        select(Referral)
        .where(Referral.id == referral_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def move(
    referral: Referral,
    target: Status,
    *,
    by: Mover,
    now: datetime,
    calendar: Calendar,
    facts: Mapping[str, str] | None = None,
    personal: Mapping[str, str] | None = None,
    seen: int | None = None,
) -> Event:
    """Move a referral, and append the event.

    Args:
        referral: from `locked`.
        target: where to.
        by: who, in which part.
        now: the present moment.
        calendar: of the offices.
        facts: codes and dates that the move needs ("reason", "starts_on", ...).
        personal: words that come with it ("question", "note", ...).
        seen: the number of the last move that whoever moves it has seen; None: not asked.

    Raises:
        RefusedMoveError: the table or its conditions do not allow it.
        ChangedMeanwhileError: another move came after `seen`.
    """
    if seen is not None and seen != last_move(referral):
        raise ChangedMeanwhileError
    _check_creator(referral, by)
    said = {name: text for name, text in (personal or {}).items() if text}
    made = Move(target, by.role, now, dict(facts or {}), frozenset(said))
    source, clock = referral.status, (referral.mover, referral.due_at)
    if target is Status.SENT:
        # How long its program may take is fixed here, whatever managers set later.
        limits = limits_of([referral.service_id])[referral.service_id]
        referral.response_days, referral.contact_days = limits.response_days, limits.contact_days
    referral.standing = step(referral.standing, made, limits=referral.limits, calendar=calendar)
    if clock != (referral.mover, referral.due_at):  # a receipt leaves the clock as it was
        referral.reminders = 0
    plan(referral, calendar)
    if "contact_name" in said:
        referral.contact_name = said["contact_name"]
    return append(
        referral,
        kind=MOVE,
        action=target,
        source=source,
        role=by.role,
        actor_id=by.account_id,
        now=now,
        facts=made.facts,
        personal=said,
    )


def begin(referral: Referral, *, by: Mover, need: str, now: datetime, calendar: Calendar) -> Event:
    """Begin a referral as a draft.

    Args:
        referral: new, all but its standing filled in.
        by: who asks.
        need: code of what is needed.
        now: the present moment.
        calendar: of the offices.
    """
    made = Move(Status.DRAFT, by.role, now, {"need": need})
    referral.standing = step(None, made, limits=referral.limits, calendar=calendar)
    referral.reminders = 0
    db.session.add(referral)
    db.session.flush()
    plan(referral, calendar)
    return append(
        referral,
        kind=MOVE,
        action=Status.DRAFT,
        role=by.role,
        actor_id=by.account_id,
        now=now,
        facts=made.facts,
    )


def plan(referral: Referral, calendar: Calendar, *, not_before: datetime | None = None) -> None:
    """Note when the worker is to look at a referral again.

    Args:
        referral: as it stands now.
        calendar: of the offices.
        not_before: no reminder comes earlier.
    """
    due = next_due(
        referral.standing, reminders=referral.reminders, calendar=calendar, not_before=not_before
    )
    set_clock(referral.id, due.at if due else None)


def set_clock(referral_id: uuid.UUID, at: datetime | None) -> None:
    """Have the worker look at a referral at a moment; None: never."""
    clock = db.session.get(Clock, referral_id)
    if at is None:
        if clock is not None:
            db.session.delete(clock)
    elif clock is None:
        db.session.add(Clock(referral_id=referral_id, at=at))
    else:
        clock.at = at


def folded(referral: Referral, calendar: Calendar) -> Standing:
    """Return where a referral stands by its events alone."""
    events = db.session.scalars(
        select(Event)
        .where(Event.referral_id == referral.id, Event.kind == MOVE)
        .order_by(Event.number)
    )
    return fold(
        [
            Move(
                Status(event.action),
                Role(event.role),
                event.at,
                facts_of(event),
                # Erased words were there when the move was made.
                frozenset(words_of(event)) or _ALL_WORDS,
            )
            for event in events
        ],
        limits=referral.limits,
        calendar=calendar,
    )


_ALL_WORDS = frozenset({"contact_name", "question", "answer", "why"})


def last_move(referral: Referral) -> int:
    """Return the number of a referral's last move."""
    number: int | None = db.session.scalar(
        select(Event.number)
        .where(Event.referral_id == referral.id, Event.kind == MOVE)
        .order_by(Event.number.desc())
        .limit(1)
    )
    return number or 0


def _check_creator(referral: Referral, by: Mover) -> None:
    """Refuse "creator" to anybody but who entered the request."""
    if by.role is not Role.CREATOR:
        return
    episode = db.session.get_one(Episode, referral.episode_id)
    if by.account_id != episode.creator_id:  # both None: the company itself, on the web
        raise RefusedMoveError("not_theirs", by.role)
