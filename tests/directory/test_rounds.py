"""Rounds: whether applications are taken on a day; what is not known sends nobody away."""

from __future__ import annotations

from datetime import date

import pytest

from portal.directory.rounds import Applications, Season, applications

TODAY = date(2026, 3, 12)
PAST = Season(date(2026, 1, 1), date(2026, 2, 1))
RUNNING = Season(date(2026, 3, 1), date(2026, 3, 12))
COMING = Season(date(2026, 9, 1), date(2026, 10, 1))


@pytest.mark.parametrize(
    ("seasons", "said"),
    [
        ((), Applications(None)),
        ((RUNNING,), Applications(True, until=date(2026, 3, 12))),
        ((Season(),), Applications(True)),
        ((Season(recurs="rolling"),), Applications(True)),
        ((Season(date(2026, 3, 12), None),), Applications(True)),
        ((RUNNING, Season()), Applications(True)),
        ((PAST,), Applications(False, closed_on=date(2026, 2, 1))),
        ((COMING,), Applications(False, opens_on=date(2026, 9, 1))),
        (
            (PAST, COMING),
            Applications(False, opens_on=date(2026, 9, 1), closed_on=date(2026, 2, 1)),
        ),
        (
            (Season(None, date(2026, 2, 1), "yearly"),),
            Applications(False, closed_on=date(2026, 2, 1), is_yearly=True),
        ),
    ],
)
def test_rounds_say_whether_applications_are_taken(seasons, said):
    assert applications(seasons, TODAY) == said
