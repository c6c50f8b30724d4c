"""A round that is over is not shown as one to apply in."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from sqlalchemy import select

from portal import clock
from portal.database import write_unit
from portal.directory.current_rounds import current_rounds
from portal.directory.models import Round, Service
from portal.directory.operations import load_catalog
from portal.directory.rounds import Season
from portal.extensions import db
from tests.browser import Browser
from tests.conftest import DATA, NOON, make_app

TODAY = date(2026, 3, 12)
OVER = Season(date(2026, 2, 1), date(2026, 3, 11))
LAST_DAY = Season(date(2026, 2, 1), date(2026, 3, 12))
TO_COME = Season(date(2026, 4, 1), date(2026, 4, 30))
YEARLY = Season(date(2025, 10, 1), date(2025, 10, 31), "yearly")
ROLLING = Season(None, date(2026, 1, 31), "rolling")

ASK = "Ask whether applications are open today"


@pytest.mark.parametrize("season", [LAST_DAY, TO_COME, YEARLY, ROLLING, Season()])
def test_a_round_that_runs_or_comes_is_shown(season):
    assert current_rounds([season], today=TODAY) == (season,)


def test_a_round_that_closed_yesterday_is_left_out():
    assert current_rounds([OVER, TO_COME], today=TODAY) == (TO_COME,)
    assert current_rounds([OVER], today=TODAY) == ()


@pytest.fixture
def page_with(tmp_path, monkeypatch):
    """Give a page of a portal on which a program has some rounds."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)

    def page_with(path: str, *seasons: Season):
        app = make_app(tmp_path)
        with app.app_context(), write_unit():
            load_catalog(DATA, state_code="MA", now=NOON)
            service_id = db.session.scalar(select(Service.id).where(Service.slug == "massmep-lean"))
            for season in seasons:
                db.session.add(
                    Round(
                        id=uuid.uuid4(),
                        service_id=service_id,
                        opens_on=season.opens_on,
                        closes_on=season.closes_on,
                        recurs=season.recurs,
                    )
                )
            db.session.commit()
            db.session.remove()
        return Browser(app).get(path)

    return page_with


def test_a_listing_shows_the_round_to_come_and_not_the_one_that_is_over(page_with):
    start = page_with("/services/massmep-lean", OVER, TO_COME).select_one("[aria-labelledby=start]")

    assert [li.text for li in start.select("li")] == ["from 1 April 2026 to 30 April 2026"]
    assert ASK not in start.text


def test_a_listing_whose_rounds_are_over_says_to_ask(page_with):
    start = page_with("/services/massmep-lean", OVER).select_one("[aria-labelledby=start]")

    assert ASK in start.text
    assert "11 March 2026" not in start.text


def test_a_comparison_shows_no_round_that_is_over(page_with):
    page = page_with("/compare?service=massmep-lean&service=das-sponsor", OVER)

    assert {cell.text.strip() for cell in page.select("#row-rounds .compare__answer")} == {
        "Not known. Ask whether applications are open."
    }
    assert page.select("#row-rounds.compare__row--same")
