"""Where a referral stands after its moves, and whose clock runs until when (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import reduce

from portal.referrals.business_days import Calendar, days_left, due_at, end_of
from portal.referrals.conditions import check, day_of
from portal.referrals.standing import (
    AFTER_CONTACT,
    AFTER_ENROLLING,
    CHILD_WITHIN,
    COMPANY,
    CONFIRM_WITHIN,
    NAVIGATOR,
    NOBODY,
    PROGRAM,
    QUESTION_LAPSES,
    Limits,
    Move,
    Standing,
)
from portal.referrals.states import (
    ENDED,
    FIRST_RESPONSES,
    UNANSWERED,
    WITHOUT_CHILD_UNMET,
    Status,
)


def step(standing: Standing | None, move: Move, *, limits: Limits, calendar: Calendar) -> Standing:
    """Return where a referral stands after a move.

    Args:
        standing: before it; None where the referral begins.
        move: what is done.
        limits: of the program.
        calendar: of the offices.

    Raises:
        RefusedMoveError: no such row ("no_such_move"), not this role ("not_theirs"), too early or
            too late ("too_early", "too_late"), something missing ("missing"), or time runs
            backwards ("before_last").
    """
    check(standing, move)
    if standing is None:
        return Standing(
            move.target, move.at, move.at, mover=COMPANY, due_at=move.at + CONFIRM_WITHIN
        )
    moved = replace(standing, status=move.target, since_at=move.at)
    if moved.answered_at is None and moved.sent_at and move.target in FIRST_RESPONSES:
        moved = replace(moved, answered_at=move.at)
    moved = _waiting(standing, moved, move, limits, calendar)
    mover, due = _clock(moved, move, limits, calendar)
    return replace(moved, mover=mover, due_at=due)


def fold(moves: Iterable[Move], *, limits: Limits, calendar: Calendar) -> Standing:
    """Return where a referral stands after all of its moves, the oldest first.

    Raises:
        RefusedMoveError: one of them was not allowed.
        ValueError: there is none.
    """
    standing: Standing | None = reduce(
        lambda before, move: step(before, move, limits=limits, calendar=calendar),
        moves,
        None,
    )
    if standing is None:
        raise ValueError("no moves")
    return standing


def _waiting(
    before: Standing, moved: Standing, move: Move, limits: Limits, calendar: Calendar
) -> Standing:
    """Set what counts the wait for an answer: it begins, pauses at a question, and goes on."""
    if move.target is Status.SENT:
        due = due_at(move.at, limits.response_days, calendar)
        return replace(moved, sent_at=move.at, waiting_since=move.at, response_due_at=due)
    if move.target is Status.INFORMATION_REQUESTED and before.response_due_at:
        return replace(moved, left_days=days_left(move.at, before.response_due_at, calendar))
    if move.target is Status.RECEIVED and before.status is Status.INFORMATION_REQUESTED:
        left = max(1, before.left_days or 0)
        due = due_at(move.at, left, calendar)
        return replace(moved, waiting_since=move.at, response_due_at=due, left_days=None)
    if move.target is Status.RECEIVED and before.status in ENDED:
        # Reopened: the clock keeps its start, so it is late; silence is counted anew.
        return replace(moved, waiting_since=move.at)
    return moved


# Whose clock runs in these, and for how long from the move.
_SPANS: Mapping[Status, tuple[str, timedelta]] = {
    Status.DRAFT: (COMPANY, CONFIRM_WITHIN),
    Status.AWAITING_CONFIRMATION: (COMPANY, CONFIRM_WITHIN),
    Status.AWAITING_CONSENT: (COMPANY, CONFIRM_WITHIN),
    Status.INFORMATION_REQUESTED: (COMPANY, QUESTION_LAPSES),
    Status.CONTACT_MADE: (PROGRAM, AFTER_CONTACT),
}
# In these until a day that the move names, and so long after it.
_DAYS: Mapping[Status, tuple[str, timedelta]] = {
    Status.WAITLISTED: ("expected_on", timedelta(0)),
    Status.ENROLLED: ("starts_on", AFTER_ENROLLING),
}


def _clock(
    moved: Standing, move: Move, limits: Limits, calendar: Calendar
) -> tuple[str, datetime | None]:
    """Return whose clock runs after a move, and until when."""
    status = moved.status
    clock: tuple[str, datetime | None] = (NOBODY, None)
    if status in _SPANS:
        mover, span = _SPANS[status]
        clock = mover, move.at + span
    elif status in _DAYS:
        name, span = _DAYS[status]
        day = max(day_of(move.facts[name]), calendar.day_of(move.at))
        due = end_of(day, calendar)
        if due <= move.at:  # said for today when the offices had closed: till the next evening
            due = due_at(move.at, 1, calendar)
        clock = PROGRAM, due + span
    elif status in UNANSWERED:
        clock = PROGRAM, moved.response_due_at
    elif status is Status.ACCEPTED:
        clock = PROGRAM, due_at(move.at, limits.contact_days, calendar)
    elif status in WITHOUT_CHILD_UNMET and moved.sent_at:
        clock = NAVIGATOR, move.at + CHILD_WITHIN
    return clock
