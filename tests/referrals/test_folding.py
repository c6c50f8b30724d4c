"""Clocks of a referral; the days are counted by hand on a calendar of November 2026.

Thanksgiving is Thursday the 26th. All hours are those of Boston.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from portal.referrals.conditions import lapses_at
from portal.referrals.folding import fold, step
from portal.referrals.standing import Limits, Move, RefusedMoveError, Standing
from portal.referrals.states import Role, Status

BOSTON = ZoneInfo("America/New_York")
LIMITS = Limits(response_days=2, contact_days=5)
WORDS = frozenset({"contact_name", "question", "answer", "why"})


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=BOSTON)


def made(target: Status, role: Role, when: str, **facts: str) -> Move:
    return Move(target, role, at(when), facts, WORDS)


def sent(when: str = "11-02T10:00") -> list[Move]:
    return [
        made(Status.DRAFT, Role.OWNER, when, need="form"),
        made(Status.AWAITING_CONFIRMATION, Role.OWNER, when),
        made(Status.SENT, Role.OWNER, when),
    ]


@pytest.fixture
def standing(calendar) -> Any:
    """Folds moves."""
    return lambda *moves: fold(moves, limits=LIMITS, calendar=calendar)


@pytest.fixture
def stepped(calendar) -> Any:
    """Makes one more move."""

    def once(before: Standing, move: Move) -> Standing:
        return step(before, move, limits=LIMITS, calendar=calendar)

    return once


def test_a_program_that_was_told_has_two_business_days(standing):
    found = standing(*sent("11-20T15:00"))  # a Friday

    assert (found.mover, found.due_at) == ("program", at("11-24T17:00"))


def test_opening_it_is_no_answer_and_moves_no_clock(standing):
    found = standing(*sent("11-20T15:00"), made(Status.RECEIVED, Role.PROGRAM, "11-23T09:00"))

    assert found.answered_at is None
    assert found.due_at == at("11-24T17:00")


def test_a_question_stops_the_programs_clock_and_the_answer_lets_it_go_on(standing):
    asked = made(Status.INFORMATION_REQUESTED, Role.PROGRAM, "11-02T16:00")
    paused = standing(*sent("11-02T10:00"), asked)
    # Two days were left on Monday evening: two more from the answer on Tuesday the 10th, since
    # Wednesday the 11th is Veterans Day.
    resumed = standing(
        *sent("11-02T10:00"), asked, made(Status.RECEIVED, Role.OWNER, "11-10T10:00")
    )

    assert (paused.mover, paused.due_at) == ("company", at("11-02T16:00") + timedelta(days=21))
    assert paused.answered_at == at("11-02T16:00")
    assert (resumed.mover, resumed.due_at) == ("program", at("11-13T17:00"))


def test_a_question_on_the_last_day_leaves_one_day(standing):
    found = standing(
        *sent("11-02T10:00"),
        made(Status.INFORMATION_REQUESTED, Role.PROGRAM, "11-04T16:30"),
        made(Status.RECEIVED, Role.OWNER, "11-05T08:00"),
    )

    assert found.due_at == at("11-06T17:00")


def test_after_accepting_there_are_five_business_days_for_the_contact(standing):
    found = standing(*sent("11-20T15:00"), made(Status.ACCEPTED, Role.PROGRAM, "11-23T11:00"))

    # Tuesday, Wednesday, Friday, Monday, Tuesday.
    assert found.due_at == at("12-01T17:00")


def test_a_reopened_referral_keeps_the_start_of_its_clock(standing):
    found = standing(
        *sent("11-02T10:00"),
        made(Status.DECLINED, Role.PROGRAM, "11-03T10:00", reason="capacity", hand_off="suggested"),
        made(Status.RECEIVED, Role.PROGRAM, "11-16T10:00"),
    )

    assert (found.sent_at, found.due_at) == (at("11-02T10:00"), at("11-04T17:00"))
    assert found.answered_at == at("11-03T10:00")
    assert lapses_at(found) == at("11-16T10:00") + timedelta(days=30)


def test_someone_finds_another_program_within_14_days_of_a_decline(standing):
    found = standing(
        *sent("11-02T10:00"),
        made(Status.DECLINED, Role.PROGRAM, "11-03T10:00", reason="cost", hand_off="none_known"),
    )

    assert (found.mover, found.due_at) == ("navigator", at("11-03T10:00") + timedelta(days=14))


@pytest.mark.parametrize(
    ("target", "role", "when", "facts", "reason"),
    [
        (Status.EXPIRED, Role.SYSTEM, "12-02T09:59", {}, "too_early"),
        (Status.DECLINED, Role.PROGRAM, "11-03T10:00", {"reason": "cost"}, "missing"),
        (
            Status.DECLINED,
            Role.PROGRAM,
            "11-03T10:00",
            {"reason": "no idea", "hand_off": "none_known"},
            "unknown_code",
        ),
        (Status.ACCEPTED, Role.OWNER, "11-03T10:00", {}, "not_theirs"),
        (Status.COMPLETED, Role.PROGRAM, "11-03T10:00", {"outcome": "sales"}, "no_such_move"),
        (Status.ACCEPTED, Role.PROGRAM, "11-02T09:59", {}, "before_last"),
        (Status.ENTERED_IN_ERROR, Role.CREATOR, "11-03T10:01", {}, "too_late"),
    ],
)
def test_a_sent_referral_refuses(standing, stepped, target, role, when, facts, reason):
    before = standing(*sent("11-02T10:00"))

    with pytest.raises(RefusedMoveError) as refused:
        stepped(before, made(target, role, when, **facts))

    assert refused.value.reason == reason


def test_silence_of_thirty_days_lets_it_expire(standing, stepped):
    before = standing(*sent("11-02T10:00"))

    found = stepped(before, made(Status.EXPIRED, Role.SYSTEM, "12-02T10:00"))

    assert lapses_at(before) == at("12-02T10:00")
    assert (found.status, found.answered_at) == (Status.EXPIRED, None)


def test_a_request_that_nobody_confirmed_is_no_unmet_need(standing, stepped):
    lapsed = standing(*sent("11-02T10:00")[:2], made(Status.EXPIRED, Role.SYSTEM, "11-16T10:00"))

    assert lapses_at(lapsed) is None
    assert lapsed.mover == ""
    for target, role in ((Status.CLOSED_UNMET, Role.SYSTEM), (Status.RECEIVED, Role.MANAGER)):
        with pytest.raises(RefusedMoveError):
            stepped(lapsed, made(target, role, "12-01T10:00", unmet="other"))


def test_a_confirmation_after_fourteen_days_is_too_late(standing, stepped):
    waiting = standing(*sent("11-02T10:00")[:2])

    with pytest.raises(RefusedMoveError) as refused:
        stepped(waiting, made(Status.SENT, Role.OWNER, "11-16T10:01"))

    assert refused.value.reason == "too_late"


def test_a_day_that_is_over_gives_until_the_next_evening(standing):
    found = standing(
        *sent("11-02T10:00"),
        made(Status.ACCEPTED, Role.PROGRAM, "11-03T10:00"),
        made(Status.WAITLISTED, Role.PROGRAM, "11-03T19:00", expected_on="2026-11-03"),
    )

    assert (found.mover, found.due_at) == ("program", at("11-04T17:00"))
