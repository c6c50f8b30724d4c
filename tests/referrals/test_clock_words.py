"""Due moments as offices say them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from portal.mail.languages import in_language
from portal.referrals.clock_words import due_words, late_days, late_words

BOSTON = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "due", "words"),
    [
        ("en", datetime(2026, 12, 1, 22, tzinfo=UTC), "Tuesday, 1 December, 5 pm"),
        ("es", datetime(2026, 12, 1, 22, tzinfo=UTC), "martes 1 de diciembre, 17:00"),
        ("pt", datetime(2026, 12, 1, 22, tzinfo=UTC), "terça-feira, 1 de dezembro, 17h"),
        ("en", datetime(2027, 1, 4, 22, tzinfo=UTC), "Monday, 4 January 2027, 5 pm"),
        ("en", datetime(2026, 11, 26, 0, 5, tzinfo=UTC), "Wednesday, 25 November, 7:05 pm"),
    ],
)
def test_a_due_moment_is_said_with_its_weekday_in_the_offices_time(context, language, due, words):
    with in_language(language, context.config["PORTAL"]):
        assert due_words(due, now=NOW, zone=BOSTON).replace("\u202f", " ") == words


@pytest.mark.parametrize(
    ("due", "days"),
    [
        (datetime(2026, 11, 25, 15, tzinfo=UTC), None),
        (datetime(2026, 11, 25, 14, 59, tzinfo=UTC), 0),
        (datetime(2026, 11, 25, 4, 59, tzinfo=UTC), 1),  # still the 24th in Boston
        (datetime(2026, 11, 20, 22, tzinfo=UTC), 5),
        (None, None),
    ],
)
def test_lateness_is_counted_in_days_of_the_offices(calendar, due, days):
    assert late_days(due, now=NOW, calendar=calendar) == days


def test_lateness_is_said_in_words(context):
    with in_language("en", context.config["PORTAL"]):
        assert [late_words(days) for days in (0, 1, 6)] == [
            "late since today",
            "1 day late",
            "6 days late",
        ]
