"""Due moments in words, in the time of the offices."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask_babel import force_locale

from portal.i18n import LOCALES
from portal.referrals.due_words import day_in_words, due_in_words

CLOSING = datetime(2026, 12, 1, 22, 0, tzinfo=UTC)  # 17:00 in Boston, a Tuesday
AT_NIGHT = datetime(2026, 12, 2, 0, 30, tzinfo=UTC)  # still Tuesday there


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Tuesday, 1 December, 5 pm"),
        ("es", "martes, 1 de diciembre, 5 pm"),
        ("pt", "terça-feira, 1 de dezembro, 17:00"),
    ],
)
def test_the_closing_of_an_office_is_said_with_its_hour(calendar, language, words):
    with force_locale(LOCALES[language]):
        assert due_in_words(CLOSING, calendar) == words


@pytest.mark.usefixtures("context")
def test_what_ends_at_some_minute_names_its_day_at_the_offices(calendar):
    with force_locale("en_US"):
        assert due_in_words(AT_NIGHT, calendar) == "Tuesday, 1 December"
        assert day_in_words(AT_NIGHT, calendar) == "Tuesday, 1 December"
