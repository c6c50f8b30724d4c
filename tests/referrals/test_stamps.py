"""The stamp of an open form: signed, and judged by its age."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from portal.referrals import stamps

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "is_too_fast", "is_over"),
    [
        (timedelta(seconds=2), True, False),
        (timedelta(seconds=3), False, False),
        (timedelta(hours=24), False, False),
        (timedelta(hours=24, seconds=1), False, True),
        (timedelta(seconds=-1), True, True),  # of a clock that runs ahead
    ],
)
def test_a_form_is_good_from_three_seconds_to_a_day(age, is_too_fast, is_over):
    stamp = stamps.new_stamp(NOW - age)

    assert stamp.is_too_fast(NOW) is is_too_fast
    assert stamp.is_over(NOW) is is_over


def test_what_was_signed_is_read_back_and_nothing_else_is():
    stamp = stamps.new_stamp(NOW)
    text = stamps.signed(stamp, "a secret")

    assert stamps.read(text, "a secret") == stamp
    assert stamps.read(text, "another secret") is None
    assert stamps.read(text[:-1], "a secret") is None
    assert stamps.read("", "a secret") is None


def test_a_renewed_form_counts_under_its_old_key():
    stamp = stamps.new_stamp(NOW)

    assert stamps.new_stamp(NOW, key=stamp.key).key == stamp.key
    assert len(stamp.key) == 32
