"""The moves that a page offers to a program."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from portal.referrals.offered import offered
from portal.referrals.standing import Standing
from portal.referrals.states import Status

NOW = datetime(2026, 12, 1, 15, tzinfo=UTC)
S = Status


def standing(status: Status, *, since: timedelta = timedelta(0)) -> Standing:
    return Standing(status, NOW - since, NOW - since, sent_at=NOW - since)


# Read by hand from the rows of the table that name the program.
@pytest.mark.parametrize(
    ("status", "moves"),
    [
        (S.SENT, {S.ACCEPTED, S.INFORMATION_REQUESTED, S.DECLINED, S.REDIRECTED}),
        (S.RECEIVED, {S.ACCEPTED, S.INFORMATION_REQUESTED, S.DECLINED, S.REDIRECTED}),
        (S.INFORMATION_REQUESTED, {S.REDIRECTED}),
        (S.ACCEPTED, {S.CONTACT_MADE, S.WAITLISTED, S.REDIRECTED}),
        (S.CONTACT_MADE, {S.WAITLISTED, S.ENROLLED, S.NOT_ENROLLED}),
        (S.WAITLISTED, {S.CONTACT_MADE, S.ENROLLED, S.NOT_ENROLLED}),
        (S.ENROLLED, {S.COMPLETED, S.DISCONTINUED}),
        (S.DECLINED, {S.RECEIVED}),
        (S.COMPLETED, {S.RECEIVED}),
        (S.WITHDRAWN, set()),
        (S.REDIRECTED, set()),
        (S.ENTERED_IN_ERROR, set()),
    ],
)
def test_a_program_is_offered_what_the_table_lets_it_do(status, moves):
    assert set(offered(standing(status), now=NOW)) == moves


def test_accepting_comes_first():
    assert offered(standing(S.SENT), now=NOW)[0] is S.ACCEPTED


@pytest.mark.parametrize(("days", "is_offered"), [(30, True), (31, False)])
def test_what_ended_can_be_opened_again_for_thirty_days(days, is_offered):
    ended = standing(S.DECLINED, since=timedelta(days=days))

    assert (S.RECEIVED in offered(ended, now=NOW)) is is_offered


@pytest.mark.parametrize(("hours", "is_offered"), [(24, True), (25, False)])
def test_whoever_entered_it_can_take_a_mistake_back_within_a_day(hours, is_offered):
    entered = standing(S.SENT, since=timedelta(hours=hours))

    moves = offered(entered, now=NOW, is_creator=True)

    assert (S.ENTERED_IN_ERROR in moves) is is_offered


def test_a_request_that_waits_for_the_companys_consent_is_not_passed_on_twice():
    assert S.REDIRECTED not in offered(standing(S.ACCEPTED), now=NOW, is_passed_on=True)
