"""The pages of the wizard: one question each, the whole state in the address, no dead end."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.wizard.needs import NEEDS
from tests.browser import Browser, Page

SHOP = (
    "audience=sme&budget=limited&county=Worcester&delivery=on-site&employees=25"
    "&industry=332710&need=quality-certificate&need=training-money&v=1"
)
PLAN = f"/find/results?{SHOP}"
STEPS = ("need", "company", "place", "industry", "means")


def send(browser: Browser, path: str, **fields: object) -> Page:
    """Fill the form of a question and send it, hidden fields included."""
    page = browser.get(path)
    form = page.select_one("form.question")
    pairs = [
        (tag["name"], tag["value"])
        for tag in form.select("input[type=hidden]")
        if tag["name"] not in fields
    ]
    for name, value in fields.items():
        pairs += [(name, v) for v in (value if isinstance(value, list) else [value])]
    return browser.get(form["action"], query_string=pairs)


def address(page: Page) -> tuple[str, dict[str, list[str]]]:
    """Where a request ended."""
    parts = urlsplit(page.response.request.url)
    return parts.path, parse_qs(parts.query)


def test_the_questions_lead_from_the_first_to_the_plan(browser):
    page = browser.get("/find")
    assert address(page)[0] == "/find/need"

    page = send(browser, "/find/need", need=["quality-certificate", "training-money"])
    assert address(page) == (
        "/find/company",
        {"need": ["quality-certificate", "training-money"], "v": ["1"]},
    )
    page = send(browser, page.response.request.full_path, audience="sme", employees="25")
    assert address(page)[0] == "/find/place"
    page = send(browser, page.response.request.full_path, zip="01608", county="")
    assert address(page)[0] == "/find/industry"
    page = send(browser, page.response.request.full_path, industry="332710")
    assert address(page)[0] == "/find/means"
    page = send(browser, page.response.request.full_path, budget="limited", delivery="on-site")

    assert address(page)[0] == "/find/results"
    assert page.heading == (
        "Plan for a manufacturer with 25 people in Worcester County (Machine shops): "
        "quality certificate, money for training"
    )


@pytest.mark.parametrize("step", STEPS)
def test_each_question_says_why_it_is_asked_and_has_an_answer_for_those_who_are_not_sure(
    browser, step
):
    page = browser.get(f"/find/{step}")

    assert page.select_one(".question__why").get_text().startswith("Why we ask")
    assert "ot sure" in page.select_one("form.question").get_text()
    assert "programs still fit" in page.text


@pytest.mark.parametrize("step", STEPS)
def test_a_question_sent_without_an_answer_says_so_and_asks_again(browser, step):
    page = send(browser, f"/find/{step}")

    assert page.select_one(".usa-alert--error")
    assert page.select_one("title").get_text().startswith("Please check:")


def test_what_is_left_blank_beside_an_answer_counts_as_not_sure(browser):
    company = send(browser, "/find/company", audience="startup", employees="")
    means = send(browser, "/find/means", delivery="online")

    assert address(company)[1]["employees"] == ["not-sure"]
    assert address(means)[1]["budget"] == ["not-sure"]


def test_needs_stand_in_six_groups_with_five_asked_for_most_on_top(browser):
    page = browser.get("/find/need")

    groups = page.select("#needs fieldset")
    assert len(groups) == 7
    assert len(groups[0].select("input")) == 5
    offered = {tag["value"] for tag in page.select("#needs input[name=need]")}
    assert {need.code for need in NEEDS} <= offered
    assert {tag["value"] for tag in page.select("[data-exclusive]")} == {"none", "not-sure"}


def test_a_filled_question_keeps_its_answers_and_shows_the_others_with_links_to_change(browser):
    page = browser.get(f"/find/company?{SHOP}")

    assert page.select_one("#audience-sme").has_attr("checked")
    assert page.select_one("#employees")["value"] == "25"
    rows = {row.th.get_text(): row for row in page.select("#answers tr")}
    assert list(rows) == ["What you want", "Where", "Industry", "Money and time"]
    assert rows["Where"].a["href"].startswith("/find/place?")


def test_a_wrong_number_keeps_what_was_typed_with_the_message_beside_it(browser):
    page = browser.get("/find/company?audience=sme&employees=twelve&need=scrap&v=1")

    field = page.select_one("#employees")
    assert page.status == 200
    assert field["value"] == "twelve"
    assert field["aria-invalid"] == "true"
    message = page.select_one("#" + field["aria-describedby"].split()[-1])
    assert "whole number" in message.get_text()


def test_a_form_whose_answers_disagree_is_explained_once_on_the_next_page(browser):
    page = send(browser, "/find/place?need=scrap&v=1", zip="01608", county="Essex")

    path, args = address(page)
    assert (path, args["noted"], args["zip"]) == ("/find/company", ["zip-county"], ["01608"])
    assert "The ZIP code 01608 lies in Worcester County" in page.text
    after = send(browser, page.response.request.full_path, audience="sme", employees="25")
    assert "noted" not in address(after)[1]
    assert "lies in Worcester County" not in after.text


def test_several_answers_to_one_question_are_explained_on_the_next_page(browser):
    page = send(browser, "/find/company?need=scrap&v=1", audience=["oem", "sme"], employees="12")

    assert "You gave several answers to “Who you are”" in page.text
    assert "or a maker of final products" in page.text


def test_codes_of_notices_that_are_not_ours_are_taken_out_of_an_address(browser):
    page = browser.get("/find/company?need=scrap&noted=buy-pills&dropped=nothing&v=1")

    assert address(page)[1] == {"need": ["scrap"], "v": ["1"]}


@pytest.mark.parametrize(
    ("query", "id_"),
    [
        ("company?employees=twelve", "employees"),
        ("company?audience=nobody", "audience-sme"),
        ("place?zip=1234", "zip"),
        ("place?county=Kings", "county"),
        ("industry?industry=99", "industry-334516"),
        ("means?budget=lots", "budget-free-only"),
        ("means?delivery=by-post", "delivery-on-site"),
        ("need?need=nonsense", "need-quality-certificate"),
        ("need?topic=" + 70 * "x", "topic"),
        ("company?go=1", "audience-sme"),
        ("place?go=1", "zip"),
    ],
)
def test_each_error_leads_to_its_field_and_the_field_is_tied_to_its_words(browser, query, id_):
    page = browser.get(f"/find/{query}")

    link = page.select_one(".usa-alert--error a")
    control = page.select_one(f"#{id_}")
    tied = [control, *control.find_parents()]
    ids = next(tag["aria-describedby"] for tag in tied if tag.has_attr("aria-describedby"))
    assert link["href"] == f"#{id_}"
    assert link.get_text() in [page.select_one(f"#{i}").get_text() for i in ids.split()]


def test_a_wish_that_is_too_long_keeps_what_was_typed(browser):
    page = browser.get("/find/need?topic=welding,+" + 70 * "x")

    assert page.select_one("#topic")["value"] == "welding, " + 70 * "x"


def test_a_change_that_makes_other_answers_needless_says_which_it_left_out(browser):
    page = send(browser, f"/find/need?{SHOP}", need="succession")

    # No program on handing over a company is for one industry only.
    _path, args = address(page)
    assert args["dropped"] == ["industry"]
    assert "No longer needed after your change" in page.text
    assert "industry" not in args


def test_a_plan_is_offered_after_three_answers_and_not_before(browser):
    two = browser.get("/find/place?audience=sme&employees=25&need=scrap&v=1")
    three = browser.get("/find/industry?audience=sme&county=Essex&employees=25&need=scrap&v=1")

    assert not two.select(".question__ways a[href*='/find/results']")
    assert three.select(".question__ways a[href*='/find/results']")


def test_pages_of_a_company_are_kept_out_of_caches_and_search_engines(browser):
    for path in ("/find/need", PLAN, f"/find/results.json?{SHOP}", f"/find/results.pdf?{SHOP}"):
        answer = browser.client.get(path)
        assert answer.headers["Cache-Control"] == "private, no-cache", path
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in answer.headers


def test_names_that_are_not_ours_are_taken_out_of_an_address(browser):
    page = browser.get("/find/results?utm_source=mail&need=scrap&employees=25")

    assert address(page)[1] == {"employees": ["25"], "need": ["scrap"], "v": ["1"]}


def test_a_shortlist_travels_through_the_wizard(browser):
    page = browser.get("/find/company?need=scrap&saved=massmep-lean&v=1")
    plan = browser.get(f"{PLAN}&saved=massmep-lean")

    assert page.select_one("form.question input[name=saved]")["value"] == "massmep-lean"
    assert plan.select_one(".site-header__shortlist")
    assert all("saved=massmep-lean" in a["href"] for a in plan.select(".answers a"))


def test_none_of_these_leads_to_a_person(browser):
    page = browser.get("/find/results?need=none&v=1")

    assert "None of our lines was yours" in page.text
    assert "is counted" not in page.select_one("main").get_text()
    assert page.select(".usa-alert a[href^='tel:']")


def test_coverage_shows_every_answer_with_its_programs_and_flags_thin_ones(browser):
    page = browser.get("/find/coverage")

    assert len(page.select("table.coverage")) == 5
    rows = page.select("table.coverage tbody tr")
    assert len(rows) == 28 + 6 + 4 + 8 + 14 + 31 + 3 + 4
    for row in rows:
        count = int(re.match(r"\d+", row.select_one(".number").get_text(strip=True))[0])
        by_name = [int(n.get_text(strip=True)) for n in row.select(".number")[1:] if n.get_text()]
        assert row.has_attr("class") == (min(count, *by_name, 3) < 3)
    names = page.select("table.coverage tbody tr .number + .number")
    assert len([name for name in names if name.get_text()]) == 28
    assert "fewer than 3 by name" in page.text
    assert "None: some answers lead to every program." in page.text


def test_the_count_of_programs_follows_the_answers(browser):
    every = browser.json("/find/count.json")["fitting"]
    fewer = browser.json("/find/count.json?need=export")["fitting"]

    assert every == 208
    assert 0 < fewer < every


VALUES = """
not-sure none any sme scrap marketing 25 -3 1e9 01608 Essex 332710 free-only online 2 massmep-lean
zip-county several-zip
"""
NAMES = """
v need topic audience employees zip county industry budget delivery go dropped noted saved sent page
"""
values = st.sampled_from(["", *VALUES.split()]) | st.text(max_size=20)
names = st.sampled_from(NAMES.split())


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    path=st.sampled_from((*STEPS, "results", "results.json", "count.json", "email")),
    query=st.lists(st.tuples(names, values), max_size=8),
)
def test_any_address_at_all_gives_a_page(browser, path, query):
    safe = [(name, value.replace("\0", "")) for name, value in query]

    answer = browser.client.get(f"/find/{path}", query_string=safe, follow_redirects=True)

    assert answer.status_code == 200, (path, safe)
