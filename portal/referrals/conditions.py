"""What a move needs beside its row in the table: facts, words and the right time (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from portal.referrals.codes import HandOff, Outcome, Reason, UnmetCode
from portal.referrals.standing import (
    CHILD_WITHIN,
    CONFIRM_WITHIN,
    CREATOR_WITHIN,
    LAPSING,
    QUESTION_LAPSES,
    REOPEN_WITHIN,
    SILENCE_LAPSES,
    Move,
    RefusedMoveError,
    Standing,
)
from portal.referrals.states import (
    BEFORE_SENDING,
    REOPENABLE,
    UNANSWERED,
    WITHOUT_CHILD_UNMET,
    Role,
    Status,
    transition,
)

# What a move must bring: facts (kept in the chain) and personal fields (kept beside it).
FACTS: Mapping[Status, tuple[str, ...]] = {
    Status.DECLINED: ("reason", "hand_off"),
    Status.REDIRECTED: ("child",),
    Status.WAITLISTED: ("expected_on",),
    Status.ENROLLED: ("starts_on",),
    Status.NOT_ENROLLED: ("reason",),
    Status.DISCONTINUED: ("reason",),
    Status.COMPLETED: ("outcome",),
    Status.CLOSED_UNMET: ("unmet",),
}
SAID: Mapping[Status, tuple[str, ...]] = {
    Status.ACCEPTED: ("contact_name",),
    Status.INFORMATION_REQUESTED: ("question",),
}
DATES = frozenset({"expected_on", "starts_on", "contact_on"})
CODES: Mapping[str, frozenset[str]] = {
    "reason": frozenset(Reason),
    "hand_off": frozenset(HandOff),
    "outcome": frozenset(Outcome),
    "unmet": frozenset(UnmetCode),
}


def check(standing: Standing | None, move: Move) -> None:
    """Refuse a move that the table or its conditions do not allow.

    Raises:
        RefusedMoveError: with a reason of `folding.step`.
    """
    source = standing.status if standing else None
    row = transition(source, move.target)
    if row is None:
        raise RefusedMoveError("no_such_move", f"{source or ''} → {move.target}")
    if move.role not in row.who:
        raise RefusedMoveError("not_theirs", move.role)
    if standing is not None:
        if move.at < standing.since_at:
            raise RefusedMoveError("before_last")
        _check_time(standing, move)
    _check_brought(source, move)


def _check_brought(source: Status | None, move: Move) -> None:
    for name in needed_facts(source, move.target):
        if not move.facts.get(name):
            raise RefusedMoveError("missing", name)
    for name in needed_words(source, move.target):
        if name not in move.said:
            raise RefusedMoveError("missing", name)
    for name in DATES & move.facts.keys():
        day_of(move.facts[name], name)
    for name in CODES.keys() & move.facts.keys():
        if move.facts[name] not in CODES[name]:
            raise RefusedMoveError("unknown_code", name)


def needed_facts(source: Status | None, target: Status) -> tuple[str, ...]:
    """Return the facts that a move must bring."""
    if source is None:
        return ("need",)
    if target is Status.CONTACT_MADE and source is Status.ACCEPTED:
        return ("contact_on",)
    if target is Status.SENT and source is not Status.AWAITING_CONFIRMATION:
        return ("consent",)
    return FACTS.get(target, ())


def needed_words(source: Status | None, target: Status) -> tuple[str, ...]:
    """Return the personal fields that a move must bring."""
    if target is Status.RECEIVED and source is Status.INFORMATION_REQUESTED:
        return ("answer",)
    if target is Status.RECEIVED and source in REOPENABLE:
        return ("why",)
    return SAID.get(target, ())


def _check_time(standing: Standing, move: Move) -> None:
    source, waited = standing.status, move.at - standing.since_at
    if source in BEFORE_SENDING and move.target is Status.SENT and waited > CONFIRM_WITHIN:
        raise RefusedMoveError("too_late")
    if move.target is Status.EXPIRED and move.at - _silent_since(standing) < _lapse(source):
        raise RefusedMoveError("too_early")
    if move.target is Status.CLOSED_UNMET:
        if standing.sent_at is None:  # a request that nobody confirmed is no unmet need
            raise RefusedMoveError("no_such_move")
        if waited < CHILD_WITHIN:
            raise RefusedMoveError("too_early")
    if source in REOPENABLE and move.target is Status.RECEIVED:
        if standing.sent_at is None:  # what was never sent cannot be received
            raise RefusedMoveError("no_such_move")
        if waited > REOPEN_WITHIN:
            raise RefusedMoveError("too_late")
    if move.role is Role.CREATOR and move.at - standing.begun_at > CREATOR_WITHIN:
        raise RefusedMoveError("too_late")


def _lapse(source: Status) -> timedelta:
    if source in BEFORE_SENDING:
        return CONFIRM_WITHIN
    return QUESTION_LAPSES if source is Status.INFORMATION_REQUESTED else SILENCE_LAPSES


def _silent_since(standing: Standing) -> datetime:
    if standing.status in UNANSWERED and standing.waiting_since:
        return standing.waiting_since
    return standing.since_at


def lapses_at(standing: Standing) -> datetime | None:
    """Return when nothing more is waited for: then the system moves it; None: never."""
    if standing.status in LAPSING:
        return _silent_since(standing) + _lapse(standing.status)
    if standing.status in WITHOUT_CHILD_UNMET and standing.sent_at:
        return standing.since_at + CHILD_WITHIN
    return None


def day_of(text: str, name: str = "") -> date:
    """Return the day that a fact names, written as in ISO 8601."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RefusedMoveError("not_a_day", name) from None
