"""The plan as JSON: the contract, the judged situations, and the catalogue's own rules."""

from __future__ import annotations

import csv

import pytest

from portal.wizard.criteria import CRITERIA
from tests.bench.situations import judged_situations, query_of
from tests.conftest import DATA

SITUATIONS = judged_situations()


@pytest.fixture(scope="module")
def rows() -> dict[str, dict[str, str]]:
    with (DATA / "programs.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def answers(browser, query: str = "") -> dict:
    return browser.json(f"/find/results.json?{query}")


def test_results_have_the_members_that_the_contract_names(browser):
    told = answers(browser, "audience=sme&employees=120&need=training-money&county=Essex&v=1")

    assert set(told) >= {"results", "not_now", "fallback"}
    assert set(told["fallback"]) == {"name", "phone", "url"}
    for program in told["results"]:
        assert set(program) == {"slug", "verdict", "dedicated", "criteria"}
        assert program["verdict"] in ("match", "possible")
        assert tuple(c["criterion"] for c in program["criteria"]) == CRITERIA
        assert {c["outcome"] for c in program["criteria"]} <= {"yes", "no", "unknown"}
        assert all(c["reason"] for c in program["criteria"])
    for program in told["not_now"]:
        said_no = {c["criterion"] for c in program["criteria"] if c["outcome"] == "no"}
        assert program["excluded_by"]
        assert set(program["excluded_by"]) <= said_no


def test_each_program_stands_once_in_results_or_not_now(browser, rows):
    told = answers(browser, "audience=startup&employees=3&need=prototype&industry=332710&v=1")

    slugs = [program["slug"] for program in (*told["results"], *told["not_now"])]
    assert sorted(slugs) == sorted(rows)


def test_without_answers_every_program_fits(browser, rows):
    told = answers(browser)

    assert {program["slug"] for program in told["results"]} == set(rows)
    assert not told["not_now"]


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.id)
def test_no_result_is_excluded_by_the_rules_of_its_own_row(browser, rows, situation):
    told = answers(browser, query_of(situation))

    assert told["results"]
    for program in told["results"]:
        row = rows[program["slug"]]
        assert situation.audience in row["audiences"].split("|")
        assert int(row["min_employees"] or 0) <= situation.employees
        assert situation.employees <= int(row["max_employees"] or 10**9)
        named = row["industries"].split("|")
        own = {situation.industry, situation.industry[:3], "any"}
        assert situation.industry == "any" or own & set(named)
        assert set(situation.needs) & set(row["forms"].split("|"))


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.id)
def test_no_program_that_an_adviser_would_name_first_is_excluded(browser, situation):
    found = {program["slug"] for program in answers(browser, query_of(situation))["results"]}

    assert {slug for slug, grade in situation.grades.items() if grade == 2} <= found


def test_every_listed_program_is_reached_by_answers_that_fit_it(browser, rows):
    for slug, row in rows.items():
        industry = row["industries"].split("|")[0]
        query = "&".join(
            (
                f"audience={row['audiences'].split('|')[0]}",
                f"employees={row['min_employees'] or row['max_employees'] or 25}",
                f"industry={industry}",
                f"need={row['forms'].split('|')[0]}",
                f"budget={'not-sure'}",
            )
        )
        found = [program["slug"] for program in answers(browser, query)["results"]]
        assert slug in found, query


def test_the_order_of_an_address_does_not_matter(browser):
    one = answers(browser, "need=scrap&need=export&audience=sme&employees=25&topic=a&topic=b")
    other = answers(browser, "topic=b&employees=25&need=export&topic=a&audience=sme&need=scrap")

    assert one == other


def test_reasons_speak_the_language_of_the_address(browser):
    english = browser.json("/find/results.json?need=scrap")["results"][0]["criteria"]
    spanish = browser.json("/es/find/results.json?need=scrap")["results"][0]["criteria"]

    assert [c["outcome"] for c in english] == [c["outcome"] for c in spanish]
    assert [c["reason"] for c in english] != [c["reason"] for c in spanish]


def test_what_cannot_be_used_is_told_and_the_rest_is_answered(browser):
    told = answers(browser, "employees=-3&need=scrap&audience=nobody")

    assert len(told["notices"]) == 2
    assert told["results"]


def test_regions_are_told_by_name(browser):
    told = answers(browser, "county=Worcester&need=machinists&v=1")
    reasons = {
        c["reason"]
        for program in (*told["results"], *told["not_now"])
        for c in program["criteria"]
        if c["criterion"] == "region"
    }

    assert "It works in Central, where you are." in reasons
    assert not any("metro-south-west" in reason for reason in reasons)
