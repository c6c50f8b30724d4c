"""A company's own words without what names it."""

from __future__ import annotations

import pytest

from portal.referrals.redacting import redacted


@pytest.mark.parametrize(
    ("text", "names", "shown"),
    [
        ("Smith Gear Co. needs help", ("Smith Gear Co.",), "[…] needs help"),
        ("We at SMITH  GEAR scrap a lot", ("Smith Gear Co.",), "We at […] scrap a lot"),
        ("Write to ada@shop.example today", (), "Write to […] today"),
        ("Call (413) 555-0188 or 413.555.0188", (), "Call […] or […]"),
        ("See https://smithgear.com/about or smithgear.com", (), "See […] or […]"),
        ("Ask Ada", ("Ada Smith", "Ada", "Smith"), "Ask […]"),
        ("Adam makes 3 parts of 2,000", ("Ada",), "Adam makes 3 parts of 2,000"),
        ("We are 25 people since 1998", ("",), "We are 25 people since 1998"),
        ("Co-op wants more", ("Co",), "Co-op wants more"),  # too short to be told from a word
    ],
)
def test_names_addresses_and_numbers_are_taken_out_and_nothing_else(text, names, shown):
    assert redacted(text, names) == shown
