"""The page of a plan: first steps with reasons, the rest, who to call."""

from __future__ import annotations

import gzip
import re

SHOP = (
    "audience=sme&budget=limited&county=Worcester&delivery=on-site&employees=25"
    "&industry=332710&need=quality-certificate&need=training-money&v=1"
)
PLAN = f"/find/results?{SHOP}"
STEPS = ("need", "company", "place", "industry", "means")


def test_a_plan_names_the_field_and_the_value_that_it_could_not_use(browser):
    page = browser.get("/find/results?employees=twelve&audience=nobody&need=scrap&v=1")

    notices = page.select(".usa-alert p")
    told = " ".join(p.get_text() for p in notices)
    assert {p.a["href"].partition("?")[0] for p in notices} == {"/find/company"}
    assert "Number of people, “twelve”: Type a whole number" in told
    assert "Who you are: We do not have the answer “nobody”" in told


def test_a_plan_shows_first_steps_with_reasons_the_rest_and_a_person_to_call(browser):
    page = browser.get(PLAN)

    steps = page.select(".first-step")
    assert len(steps) == 3
    for step in steps:
        assert step.select_one(".verdict")
        assert len(step.select(".criteria__line")) >= 7
        assert step.select_one("a[href^='tel:']")
        assert "ot yet confirmed by the organization" in step.get_text()
        assert "Ask whether a round is open" not in step.get_text()
    assert page.select(".plan__part")
    assert page.select_one(".person a[href^='tel:']")
    assert re.search(r"Results as of \d+ \w+ \d{4}", page.text)
    assert page.select_one(".plan__code svg")
    assert page.select_one(".share__link")["href"] == f"http://localhost{PLAN}"


def test_a_plan_names_every_program_that_fits_and_says_how_to_reach_those_it_shows(browser):
    page = browser.get(PLAN)
    told = browser.json(f"/find/results.json?{SHOP}")

    main = page.select_one("main")
    linked = {a["href"].rpartition("/")[2] for a in main.select("a[href^='/services/']")}
    assert {program["slug"] for program in told["results"]} <= linked
    for shown in page.select(".plan__part .result"):
        assert shown.select_one(".result__contact a[href]")
    assert len(gzip.compress(page.response.data)) <= 20_000


def test_a_plan_has_its_address_under_its_title_for_paper(browser):
    page = browser.get(PLAN)

    assert page.select_one("h1 + .plan__address").get_text() == f"http://localhost{PLAN}"


def test_a_plan_of_a_company_that_just_does_not_fit_says_what_would_change_it(browser):
    page = browser.get("/find/results?audience=sme&employees=120&need=training-money&v=1")

    misses = page.select("#misses ~ ul .result")
    assert any("Up to 100 employees; you said 120." in miss.get_text() for miss in misses)


def test_a_plan_without_a_sure_program_says_that_some_may_fit(browser):
    page = browser.get("/find/results?topic=zzzz&v=1")

    lead = page.select_one(".lead").get_text()
    assert re.fullmatch(r"\d+ programs may fit: there is something to ask\.", lead.strip())
