"""The ladder: each rung lasts to its day, letters come once each, never confirmed stands apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.upkeep.ladder import (
    LadderDays,
    Reminder,
    Rung,
    is_to_be_called,
    reminder_due,
    rung_of,
)

TODAY = date(2026, 3, 12)
DAYS = LadderDays()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("age", "rung"),
    [
        (-1, Rung.GREEN),
        (0, Rung.GREEN),
        (180, Rung.GREEN),
        (181, Rung.AMBER),
        (365, Rung.AMBER),
        (366, Rung.OLD),
        (548, Rung.OLD),
        (549, Rung.HIDDEN),
        (9_999, Rung.HIDDEN),
    ],
)
def test_a_rung_lasts_to_its_day_and_includes_it(age, rung):
    assert rung_of(ago(age), today=TODAY, days=DAYS) is rung


def test_what_nobody_has_confirmed_stands_apart_and_is_called_about():
    assert rung_of(None, today=TODAY, days=DAYS) is Rung.NOT_YET
    assert reminder_due(None, today=TODAY, days=DAYS) is None
    assert is_to_be_called(None, today=TODAY, days=DAYS)


@pytest.mark.parametrize(
    ("age", "reminder"),
    [
        (149, None),
        (150, Reminder.FIRST),
        (179, Reminder.FIRST),
        (180, Reminder.AGAIN),
        (199, Reminder.AGAIN),
        (200, Reminder.ALTERNATE),
        (219, Reminder.ALTERNATE),
        (220, None),
    ],
)
def test_letters_go_first_again_to_the_alternate_and_then_somebody_calls(age, reminder):
    assert reminder_due(ago(age), today=TODAY, days=DAYS) is reminder
    assert is_to_be_called(ago(age), today=TODAY, days=DAYS) is (age >= 220)


def test_days_out_of_order_are_told():
    assert DAYS.is_in_order
    assert not replace(DAYS, amber=180).is_in_order
    assert not replace(DAYS, remind=0).is_in_order
    assert not replace(DAYS, call=199).is_in_order


ORDER = [Rung.GREEN, Rung.AMBER, Rung.OLD, Rung.HIDDEN]


@given(st.integers(-10, 5_000), st.integers(0, 5_000))
def test_an_older_confirmation_never_stands_higher(age, more):
    younger = rung_of(ago(age), today=TODAY, days=DAYS)
    older = rung_of(ago(age + more), today=TODAY, days=DAYS)

    assert ORDER.index(younger) <= ORDER.index(older)


@given(st.lists(st.integers(1, 3_000), min_size=3, max_size=3, unique=True).map(sorted))
def test_a_listing_passes_each_rung_on_its_way_down(limits):
    days = replace(DAYS, green=limits[0], amber=limits[1], hide=limits[2])

    met = [rung_of(ago(age), today=TODAY, days=days) for age in range(limits[2] + 2)]

    assert list(dict.fromkeys(met)) == ORDER
