"""What is too old is marked, ranked lower and then hidden, and every reader agrees on it."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from portal.accounts.models import AuditEvent
from portal.directory import changes
from portal.directory.models import CatalogueGeneration, Service, Standing
from portal.extensions import db
from portal.upkeep.daily import rungs_step
from portal.upkeep.models import DailyStep
from tests.upkeep.conftest import Upkeep

SLUG = "massmep-lean"
NAME = "Lean"


def step(upkeep: Upkeep) -> None:
    def run() -> None:
        rungs_step(upkeep.app.config["PORTAL"])

    upkeep.read(run)


def generation(upkeep: Upkeep) -> int:
    return upkeep.read(lambda: db.session.scalar(select(CatalogueGeneration.number)))


def found(signed, path: str) -> bool:
    return SLUG in signed.client.get(path).get_data(as_text=True)


READERS = [
    "/services?q=massmep+lean",
    "/services.json?q=massmep+lean",
    "/suggestions.json?q=lean",
    "/feeds/services.atom?q=lean",
    "/organizations/massmep",
    "/find/results.json?audience=sme&need=process-improvement&v=1",
    "/find/results?audience=sme&need=process-improvement&v=1",
]


@pytest.fixture
def readers(signed, upkeep) -> list[str]:
    """The pages that show the listing while it is public."""
    return [path for path in READERS if found(signed, path)]


def test_after_eighteen_months_no_reader_shows_a_listing(signed, upkeep, readers, at):
    assert len(readers) >= 6, readers
    upkeep.confirmed(SLUG, 0)
    before = upkeep.service(SLUG).slug, signed.json("/services.json")["total"]

    at(549)
    step(upkeep)

    assert [path for path in readers if found(signed, path)] == []
    assert signed.json("/services.json")["total"] == before[1] - 1
    assert signed.get(f"/services/{SLUG}/suggest").status == 404
    assert f"/services/{SLUG}" not in str(signed.get(f"/shortlist?service={SLUG}").soup.main)


def test_its_own_address_says_whom_to_ask(signed, upkeep, at):
    upkeep.confirmed(SLUG, 549)
    step(upkeep)

    page = signed.get(f"/services/{SLUG}")

    assert page.status == 404
    assert page.heading == "This program is not shown at present"
    assert page.select_one('main a[href="/organizations/massmep"]')


def test_no_count_of_the_directory_holds_a_hidden_listing(signed, upkeep, at):
    total = signed.get("/freshness").select_one(".figure__number").get_text()
    upkeep.confirmed(SLUG, 549)
    step(upkeep)

    assert total == "0 of 208"
    assert signed.get("/freshness").select_one(".figure__number").get_text() == "0 of 207"
    row = signed.get("/organizations").select_one('a[href="/organizations/massmep"]')
    shown = len(signed.get("/organizations/massmep").select("article.result"))
    assert f"{shown} program" in row.find_parent("li").get_text()


def test_a_listing_that_nobody_has_confirmed_is_never_hidden(signed, upkeep, at):
    at(5_000)
    step(upkeep)

    assert signed.json("/services.json")["total"] == 208


def test_after_a_year_it_is_marked_and_ranked_lower(signed, upkeep, at):
    search = "/services.json?q=lean"
    before = [row["slug"] for row in signed.json(search)["results"]]
    upkeep.confirmed(before[0], 366)
    step(upkeep)

    after = [row["slug"] for row in signed.json(search)["results"]]

    assert after.index(before[0]) > 0
    assert "Not confirmed for over a year" in signed.get(f"/services/{before[0]}").text
    assert "Not confirmed for over a year" in signed.get("/services?q=lean").text


def test_a_confirmation_brings_it_back(signed, upkeep, at):
    upkeep.confirmed(SLUG, 549)
    step(upkeep)
    token = upkeep.link()

    signed.send(f"/confirm/{token}")

    assert signed.get(f"/services/{SLUG}").status == 200
    assert upkeep.read(lambda: db.session.scalar(select(func.count(Standing.service_id)))) == 0


def test_the_step_of_a_day_is_done_once_and_touches_nothing_that_stays(signed, upkeep, at):
    step(upkeep)
    first = generation(upkeep)
    upkeep.confirmed(SLUG, 600)
    step(upkeep)  # of the same day: done

    assert signed.get(f"/services/{SLUG}").status == 200
    at(1)
    step(upkeep)
    assert signed.get(f"/services/{SLUG}").status == 404
    assert generation(upkeep) == first + 1
    at(2)
    step(upkeep)
    assert generation(upkeep) == first + 1
    assert upkeep.read(lambda: db.session.scalar(select(func.count(DailyStep.day)))) == 3


def test_a_step_that_breaks_off_is_done_later(upkeep, at, monkeypatch):
    upkeep.confirmed(SLUG, 600)
    with monkeypatch.context() as patched:
        patched.setattr(changes, "mark_catalogue_changed", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            step(upkeep)
    assert upkeep.read(lambda: db.session.scalar(select(func.count(Standing.service_id)))) == 0

    step(upkeep)

    assert upkeep.read(lambda: db.session.scalar(select(func.count(Standing.service_id)))) == 1


def test_hiding_is_in_the_trail_and_on_top_of_the_call_list(signed, make, upkeep, at):
    upkeep.confirmed(SLUG, 600)
    step(upkeep)
    signed.sign_in(make.manager())

    page = signed.get("/manage/call-list")

    actions = upkeep.read(lambda: list(db.session.scalars(select(AuditEvent.action))))
    assert actions == ["listing:hide"]
    top = page.select_one(".upkeep__listings > li")
    name = upkeep.read(lambda: db.session.scalar(select(Service.name).where(Service.slug == SLUG)))
    assert top.h2.get_text() == name
    assert "hidden from the public" in top.get_text()


def test_managers_set_the_days_and_listings_move_at_once(signed, make, upkeep, at):
    upkeep.confirmed(SLUG, 100)
    signed.sign_in(make.manager())
    days = {
        "green": 30,
        "amber": 60,
        "hide": 90,
        "remind": 10,
        "remind_again": 20,
        "remind_alternate": 30,
        "call": 40,
    }

    wrong = signed.send("/manage/ladder", **{**days, "amber": 20})
    right = signed.send("/manage/ladder", **days)

    assert wrong.status_code == 400
    assert right.status_code == 302
    assert signed.get(f"/services/{SLUG}").status == 404
