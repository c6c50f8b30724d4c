"""When companies are asked; expected days are counted on a calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.referrals.follow_up_times import Course, Stage, due_on, due_stage
from portal.referrals.states import Status

ACCEPTED_ON = date(2026, 3, 2)
BEGAN_ON = date(2026, 4, 1)


def sent_over_years(course: Course) -> dict[str, date]:
    """Walk every day of two years as a worker does; the letters that go out, and when."""
    sent: dict[str, date] = {}
    for number in range(730):
        today = ACCEPTED_ON + timedelta(days=number)
        stage = due_stage(course, sent=set(sent), today=today)
        if stage:
            sent[stage] = today
    return sent


def test_a_company_that_took_part_is_asked_four_times():
    course = Course(Status.ENROLLED, ACCEPTED_ON, BEGAN_ON)

    assert sent_over_years(course) == {
        "day14": date(2026, 3, 16),
        "day90": date(2026, 6, 30),
        "month6": date(2026, 9, 30),
        "month12": date(2027, 4, 1),
    }


def test_a_company_that_was_accepted_and_never_began_is_asked_twice():
    course = Course(Status.CONTACT_MADE, ACCEPTED_ON)

    assert sent_over_years(course) == {"day14": date(2026, 3, 16), "day90": date(2026, 5, 31)}


@pytest.mark.parametrize(
    "status",
    [
        Status.WITHDRAWN,
        Status.ENTERED_IN_ERROR,
        Status.REDIRECTED,
        Status.DECLINED,
        Status.EXPIRED,
        Status.RECEIVED,
    ],
)
def test_where_nothing_came_of_a_request_nobody_is_asked(status):
    assert sent_over_years(Course(status, ACCEPTED_ON, BEGAN_ON)) == {}


def test_a_letter_that_could_not_go_out_for_a_month_is_left_out():
    course = Course(Status.ENROLLED, ACCEPTED_ON, BEGAN_ON)

    assert due_stage(course, sent=(), today=date(2026, 4, 15)) is Stage.DAY_14
    assert due_stage(course, sent=(), today=date(2026, 4, 16)) is None


def test_of_two_letters_that_are_due_the_later_one_goes_out_alone():
    course = Course(Status.ENROLLED, ACCEPTED_ON, date(2025, 12, 10))  # began before: a slip
    day = date(2026, 3, 20)

    assert due_on(Stage.DAY_14, course) <= day
    assert due_stage(course, sent=(), today=day) is Stage.DAY_90
    assert due_stage(course, sent={"day90"}, today=day) is None
