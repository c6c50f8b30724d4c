"""The search as a page and as JSON, over the real catalogue."""

from __future__ import annotations

import csv

import pytest

from portal.search.query import PAGE_SIZE
from tests.conftest import DATA

with (DATA / "programs.csv").open(encoding="utf-8", newline="") as file:
    PROGRAMS = list(csv.DictReader(file))


def cells(column: str, value: str) -> set[str]:
    return {p["id"] for p in PROGRAMS if value in p[column].split("|")}


def test_the_whole_catalogue_is_found_without_words(browser):
    answer = browser.json("/services.json")

    assert answer["total"] == 208
    assert answer["page"] == 1
    assert answer["pages"] == 11
    assert len(answer["results"]) == PAGE_SIZE


def test_the_json_has_the_members_that_others_rely_on(browser):
    answer = browser.json("/services.json?q=AS9100")

    assert set(answer) == {
        "total",
        "page",
        "pages",
        "did_you_mean",
        "ignored_words",
        "results",
        "facets",
    }
    first = answer["results"][0]
    assert set(first) == {
        "slug",
        "name",
        "organization",
        "url",
        "summary",
        "forms",
        "dedicated",
        "assured_date",
    }
    assert first["slug"] == "massmep-quality"
    assert first["url"].endswith("/services/massmep-quality")
    assert first["forms"] == ["process-improvement"]
    assert first["assured_date"] is None
    assert list(answer["facets"]) == [
        "form",
        "industry",
        "region",
        "audience",
        "cost",
        "delivery",
        "size",
        "connects",
        "topic",
        "level",
        "side",
    ]
    assert set(answer["facets"]["form"][0]) == {"value", "label", "count", "selected"}
    for facet in ("industry", "size", "region"):
        assert "dedicated" in answer["facets"][facet][0]


@pytest.mark.parametrize(
    ("facet", "column"),
    [
        ("form", "forms"),
        ("audience", "audiences"),
        ("cost", "cost_kind"),
        ("delivery", "delivery"),
        ("level", "level"),
        ("side", "side"),
        ("connects", "connects"),
    ],
)
def test_literal_facets_count_the_rows_that_name_them(browser, facet, column):
    for value in browser.json("/services.json")["facets"][facet]:
        assert value["count"] == len(cells(column, value["value"])), value


def test_regions_count_local_programs_and_statewide_ones(browser):
    counts = {v["value"]: v for v in browser.json("/services.json")["facets"]["region"]}

    assert counts["statewide"]["count"] == 102
    assert counts["central"]["count"] == 23 + 102
    assert counts["central"]["dedicated"] == 23
    assert counts["cape-islands"]["dedicated"] == 12
    assert counts["metro-south-west"]["count"] == 15 + 102


def test_industries_count_dedicated_programs_apart(browser):
    counts = {v["value"]: v for v in browser.json("/services.json")["facets"]["industry"]}
    rows = [set(p["industries"].split("|")) for p in PROGRAMS]
    dedicated = sum(1 for row in rows if "any" not in row and row & {"332710", "332"})
    every = sum(1 for row in rows if row & {"332710", "332", "any"})

    assert counts["332710"]["dedicated"] == dedicated
    assert counts["332710"]["count"] == every


def test_sizes_overlap_the_limits_and_up_to_500_is_no_large_company(browser):
    counts = {v["value"]: v["count"] for v in browser.json("/services.json")["facets"]["size"]}

    def overlaps(low: int, high: float) -> int:
        found = 0
        for p in PROGRAMS:
            least = int(p["min_employees"] or 1)
            most = int(p["max_employees"]) if p["max_employees"] else float("inf")
            most = 499 if most == 500 else most
            found += least <= high and most >= low
        return found

    assert counts["1-4"] == overlaps(1, 4)
    assert counts["100-249"] == overlaps(100, 249)
    assert counts["500-plus"] == overlaps(500, float("inf"))


def test_values_within_a_facet_widen_and_facets_narrow(browser):
    both = browser.json("/services.json?cost=grant&cost=loan&form=marketing")

    expected = (cells("cost_kind", "grant") | cells("cost_kind", "loan")) & cells(
        "forms", "marketing"
    )
    assert both["total"] == len(expected)
    assert {r["slug"] for r in both["results"]} == expected


def test_a_facets_counts_ignore_its_own_choice(browser):
    free = browser.json("/services.json?cost=free")
    everything = browser.json("/services.json")

    assert free["facets"]["cost"] == [
        {**value, "selected": value["value"] == "free"} for value in everything["facets"]["cost"]
    ]
    assert free["facets"]["form"] != everything["facets"]["form"]


def test_the_pages_together_show_each_result_once(browser):
    answer = browser.json("/services.json?q=training")
    slugs = [
        result["slug"]
        for page in range(1, answer["pages"] + 1)
        for result in browser.json(f"/services.json?q=training&page={page}")["results"]
    ]

    assert len(slugs) == len(set(slugs)) == answer["total"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("page=1e9", "page"),
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=99999999999999999999", "page"),
        ("page=4", None),
        ("page=12", "page"),
        ("form=nonsense", "form"),
        ("near=99999", "near"),
        ("near=abc", "near"),
        ("sort=price", "sort"),
        ("near=01608&within=7", "within"),
        ("near=01608&within=office-7", "within"),
        ("near=01608&within=office-", "within"),
        ("within=25", "within"),
        ("within=office-25", "within"),
        ("near=01608&within=office-25", None),
        ("q=" + "x" * 301, "q"),
    ],
)
def test_bad_input_is_named_to_machines_as_a_problem_document(browser, query, parameter):
    answer = browser.client.get(f"/services.json?{query}")

    if parameter is None:
        assert answer.status_code == 200
        return
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["status"] == 400
    assert [e["parameter"] for e in answer.get_json()["errors"]] == [parameter]


def test_bad_input_gets_an_error_beside_the_field_and_keeps_what_was_typed(browser):
    page = browser.get("/services?q=lean&near=123")

    field = page.select_one("input[name=near]")
    assert page.status == 400
    assert field["value"] == "123"
    assert field["aria-invalid"] == "true"
    assert "five digits" in page.select_one(f"#{field['aria-describedby'].split()[0]}").text
    assert page.select_one("input[name=q]")["value"] == "lean"


def test_an_unknown_filter_is_named_with_a_link_that_leaves_it_out(browser):
    page = browser.get("/services?q=lean&form=nonsense")

    assert page.status == 400
    assert "nonsense" in page.text
    assert page.select_one("a[href='/services?q=lean']")


def test_several_things_that_cannot_be_used_are_named_with_one_link_that_leaves_all_out(browser):
    page = browser.get("/services?q=lean&near=99999&form=foo&sort=x&page=0")

    alerts = page.select(".usa-alert--error")
    assert page.status == 400
    assert len(alerts) == 1
    assert [a["href"] for a in alerts[0].select("a[href]")] == ["/services?q=lean"]
    assert alerts[0].select_one("a").text == "Search without these"
    for part in ("ZIP", "“foo”", "orders offered", "whole number"):
        assert part in alerts[0].text


def test_found_words_are_marked_and_nothing_typed_becomes_markup(browser):
    page = browser.get("/services?q=AS9100+<script>alert(1)</script>")

    assert page.select("mark")
    assert not page.select("main script")
    assert "<script>alert" not in page.response.get_data(as_text=True)


def test_nothing_found_keeps_the_facets_names_what_to_drop_and_whom_to_call(browser):
    page = browser.get("/services?q=osha&region=cape-islands&cost=tax-credit")

    assert page.status == 200
    assert page.select("input[name=form]")
    assert page.select_one(".no-results a.usa-button[href]")
    assert "800-252-1591" in page.text


def test_a_misspelled_search_offers_the_right_spelling(browser):
    page = browser.get("/services?q=photnics")

    assert page.select_one("a[href='/services?q=photonics']")


@pytest.mark.parametrize(
    ("asked", "ignored"),
    [
        ("cnc+xyzzy", ["xyzzy"]),
        ("xyzzy+plugh+xyzzy", ["xyzzy", "plugh"]),
        ("%22xyzzy+training%22", ["xyzzy"]),
        ("cnc+photnics", []),
        ("cnc", []),
    ],
)
def test_words_that_no_listing_has_are_named_to_people_and_machines(browser, asked, ignored):
    page = browser.get(f"/services?q={asked}")
    answer = browser.json(f"/services.json?q={asked}")

    line = page.select_one("#ignored")
    assert (line.text.strip() if line else "") == (
        f"No listing has: {', '.join(ignored)}" if ignored else ""
    )
    assert answer["ignored_words"] == ignored


def test_each_chosen_filter_can_be_taken_off(browser):
    page = browser.get("/services?q=lean&form=marketing&form=workforce-training&region=central")

    hrefs = {a["href"] for a in page.select(".chosen a[href]")}
    assert "/services?q=lean&form=marketing&region=central" in hrefs
    assert "/services?q=lean&form=marketing&form=workforce-training" in hrefs


def test_a_zip_finds_what_serves_its_region(browser):
    answer = browser.json("/services.json?near=02601")

    assert answer["total"] == 12 + 102
