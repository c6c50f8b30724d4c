"""Moves in the database: what is stored equals the fold of the events."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal import clock
from portal.database import write_unit
from portal.extensions import db
from portal.referrals.moving import (
    OWNER,
    SYSTEM,
    ChangedMeanwhileError,
    Mover,
    folded,
    last_move,
    locked,
    move,
)
from portal.referrals.standing import RefusedMoveError
from portal.referrals.states import Role, Status
from tests.referrals.asking import ask

PROGRAM = Mover(Role.PROGRAM)


@pytest.fixture
def writing(writable_app):
    """A transaction that writes."""
    with writable_app.app_context(), write_unit():
        yield


@pytest.mark.usefixtures("writing")
def test_what_is_stored_after_many_moves_is_the_fold_of_the_events(calendar):
    now = clock.now()
    referral = ask(now=now).referrals[0]
    moves = [
        (Status.AWAITING_CONFIRMATION, OWNER, {}, {}),
        (Status.SENT, OWNER, {}, {}),
        (Status.INFORMATION_REQUESTED, PROGRAM, {}, {"question": "How many presses?"}),
        (Status.RECEIVED, OWNER, {}, {"answer": "Two."}),
        (Status.ACCEPTED, PROGRAM, {}, {"contact_name": "Grace"}),
        (Status.CONTACT_MADE, PROGRAM, {"contact_on": "2026-11-30"}, {}),
        (Status.ENROLLED, PROGRAM, {"starts_on": "2099-01-04"}, {}),
    ]

    for hours, (target, by, facts, said) in enumerate(moves, 1):
        at = now + timedelta(hours=hours)
        move(referral, target, by=by, now=at, calendar=calendar, facts=facts, personal=said)
    db.session.commit()

    stored = locked(referral.id)
    assert stored.standing == folded(stored, calendar)
    assert stored.status == Status.ENROLLED
    assert stored.answered_at == now + timedelta(hours=3)  # the question was the first response
    assert stored.contact_name == "Grace"


@pytest.mark.usefixtures("writing")
def test_a_move_from_a_page_that_is_out_of_date_is_refused(calendar):
    referral = ask().referrals[0]
    seen = last_move(referral)
    move(referral, Status.AWAITING_CONFIRMATION, by=OWNER, now=clock.now(), calendar=calendar)

    with pytest.raises(ChangedMeanwhileError):
        move(referral, Status.WITHDRAWN, by=OWNER, now=clock.now(), calendar=calendar, seen=seen)


@pytest.mark.usefixtures("writing")
@pytest.mark.parametrize(
    ("target", "by", "facts", "reason"),
    [
        (Status.ACCEPTED, PROGRAM, {}, "no_such_move"),
        (Status.AWAITING_CONFIRMATION, PROGRAM, {}, "not_theirs"),
        (Status.SENT, Mover(Role.NAVIGATOR), {}, "missing"),
        (Status.EXPIRED, SYSTEM, {}, "no_such_move"),
    ],
)
def test_a_draft_refuses_what_the_table_does_not_hold(calendar, target, by, facts, reason):
    referral = ask().referrals[0]

    with pytest.raises(RefusedMoveError) as refused:
        move(referral, target, by=by, now=clock.now(), calendar=calendar, facts=facts)

    assert refused.value.reason == reason
    assert referral.status == Status.DRAFT


@pytest.mark.usefixtures("writing")
def test_the_same_idempotency_key_is_one_request():
    first = ask(idempotency_key="a" * 32)
    second = ask("massmep-cnc", idempotency_key="a" * 32)

    assert second.id == first.id
    assert len(first.referrals) == 1
