"""Measures of referrals, worked out by hand on paper and held against another way of counting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.referrals.measures import (
    Asked,
    Loop,
    Parting,
    Seen,
    Share,
    Wait,
    first_response_rate,
    hand_off_success,
    loop_closure,
    median_days,
    wait_of,
    waiting_curve,
)

NOW = datetime(2026, 3, 12, 12, tzinfo=UTC)


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def asked(sent: float, due: float, **ends: float) -> Asked:
    """Return a referral; times in days before now."""
    return Asked(ago(sent), ago(due), **{f"{name}_at": ago(end) for name, end in ends.items()})


def test_the_rate_counts_answers_in_time_among_those_whose_limit_ran_out():
    referrals = [
        asked(10, 8, answered=9),  # in time
        asked(10, 8, answered=8),  # at the last moment
        asked(10, 8, answered=7),  # late
        asked(10, 8),  # silent
        asked(10, 8, withdrawn=9),  # withdrawn before the limit: left out
        asked(10, 8, answered=9.5, withdrawn=9),  # answered, then withdrawn: in time
        asked(10, 8, withdrawn=7),  # withdrawn after a silence of the whole limit
        asked(1, -1),  # the limit runs on: left out
        asked(1, -1, answered=0.5),  # the same, though it was answered
    ]

    assert first_response_rate(referrals, now=NOW) == Share(3, 6)


def test_a_share_of_nothing_is_none():
    assert first_response_rate([], now=NOW).value is None
    assert Share(1, 4).value == 0.25


def test_waits_end_with_an_answer_are_censored_when_last_seen_or_never_end():
    assert wait_of(asked(10, 8, answered=7), now=NOW) == Wait(3, Seen.ANSWERED)
    assert wait_of(asked(10, 8), now=NOW) == Wait(10, Seen.CENSORED)
    assert wait_of(asked(10, 8, withdrawn=6), now=NOW) == Wait(4, Seen.CENSORED)
    assert wait_of(asked(40, 38, expired=10), now=NOW) == Wait(30, Seen.NEVER)


def waits(answered: list[float], censored: list[float], never: int = 0) -> list[Wait]:
    return [
        *(Wait(day, Seen.ANSWERED) for day in answered),
        *(Wait(day, Seen.CENSORED) for day in censored),
        *(Wait(30, Seen.NEVER) for _ in range(never)),
    ]


def test_the_curve_is_the_one_of_paper_and_pencil():
    # Days 1, 3, 3, 5 answered; last seen at 2 and 4. At risk: 6, 4, 1.
    # 5/6; then 5/6 * 2/4 = 5/12; then 5/12 * 0.
    curve = waiting_curve(waits([1, 3, 3, 5], [2, 4]))

    assert [day for day, _ in curve] == [1, 3, 5]
    assert [share for _, share in curve] == pytest.approx([5 / 6, 5 / 12, 0])
    assert median_days(waits([1, 3, 3, 5], [2, 4])) == 3


def test_expired_ones_are_never_answered_and_hold_the_median_up():
    assert median_days(waits([1, 2], [], never=1)) == 2  # 2/3, then 1/3
    assert median_days(waits([1, 2], [], never=2)) == 2  # exactly one half
    assert median_days(waits([1, 2], [], never=3)) is None  # 3 of 5 never
    assert median_days([]) is None


def test_a_wait_that_ends_unseen_on_the_day_of_an_answer_was_still_at_risk():
    # 1 of 2 answered on day 2, the other last seen that day: one half.
    assert waiting_curve(waits([2], [2])) == [(2, 0.5)]


def redistributed(found: list[Wait]) -> list[tuple[float, Fraction]]:
    """Work the curve out another way: each censored wait hands its weight to those that last.

    Efron's redistribution to the right gives the product-limit estimate.
    """
    order = sorted(
        found,
        key=lambda wait: (wait.seen is Seen.NEVER, wait.days, wait.seen is not Seen.ANSWERED),
    )
    weights = [Fraction(1, len(order)) for _ in order]
    gone, curve = Fraction(0), {}
    for place, wait in enumerate(order):
        if wait.seen is Seen.ANSWERED:
            gone += weights[place]
            curve[wait.days] = 1 - gone
        elif wait.seen is Seen.CENSORED:
            later = range(place + 1, len(order))
            for other in later:
                weights[other] += weights[place] / len(later)
    return sorted(curve.items())


@given(
    st.lists(
        st.builds(Wait, st.integers(0, 8).map(float), st.sampled_from(Seen)), min_size=1, max_size=9
    )
)
def test_the_curve_equals_the_one_that_hands_censored_weight_on(found):
    curve = waiting_curve(found)

    expected = redistributed(found)
    assert [day for day, _ in curve] == [day for day, _ in expected]
    assert [share for _, share in curve] == pytest.approx([float(s) for _, s in expected])


def test_loops_are_closed_by_reports_among_those_sent_ninety_days_ago():
    loops = [
        Loop(ago(90), is_reported=True),
        Loop(ago(200), is_reported=False),
        Loop(ago(200), is_reported=True),
        Loop(ago(89), is_reported=True),  # too young
    ]

    assert loop_closure(loops, now=NOW) == Share(2, 3)


def test_a_hand_off_succeeds_when_a_child_is_accepted_within_a_fortnight():
    partings = [
        Parting(ago(30), ago(16)),  # on the fourteenth day
        Parting(ago(30), ago(15.9)),  # a little later
        Parting(ago(30)),
        Parting(ago(5), ago(1)),  # already
        Parting(ago(5)),  # may still come: left out
    ]

    assert hand_off_success(partings, now=NOW) == Share(2, 4)
