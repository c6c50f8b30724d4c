"""The main job: search, narrow, read a listing, come back; with scripts and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.addresses import FILTERED, LANGUAGES, NOTHING_FOUND, SEARCH, in_language

KINDS_OF_VISITOR = [(js, lang) for js in (True, False) for lang in LANGUAGES]

SHOWN_COUNTS = """() => Object.fromEntries(
    [...document.querySelectorAll("#filters input[type=checkbox]")].map((box) => [
        `${box.name}=${box.value}`,
        Number(document.querySelector(`label[for="${box.id}"] .facet__count`).textContent),
    ]))"""


@pytest.fixture(
    params=KINDS_OF_VISITOR, ids=lambda kind: f"{kind[1]}-{'js' if kind[0] else 'nojs'}"
)
def visitor(request, open_page):
    """A page of a visitor, whether scripts run in it, and the language read."""
    javascript, language = request.param
    return open_page(javascript=javascript, locale=language), javascript, language


def choose(page: Page, value: str, *, javascript: bool) -> None:
    """Choose a filter; without scripts, press the button of the filters."""
    page.locator(f"label[for={value}]").click()
    if not javascript:
        page.locator("#filters button[type=submit]").click()


def parts_of(address: str) -> list[str]:
    """Split an address into path and parameters."""
    return re.split(r"[?&]", re.sub(r"^https?://[^/]+", "", address))


def chosen_parts(page: Page) -> list[str]:
    """Return path and parameters of the open page, without those that choose nothing.

    Without scripts a browser sends the empty fields of a form too.
    """
    return [part for part in parts_of(page.url) if not re.fullmatch(r"\w+=(relevance)?", part)]


def test_owner_searches_narrows_reads_and_comes_back(visitor):
    page, javascript, language = visitor
    page.goto(in_language("/", language))

    page.locator("main input[name=q]").fill("cnc")
    page.locator("main form[role=search] button").click()
    expect(page).to_have_url(re.compile(re.escape(in_language(SEARCH, language)) + "$"))
    all_found = int(re.search(r"\d+", page.locator("#found").text_content())[0])
    choose(page, "form-workforce-training", javascript=javascript)
    expect(page.locator(".chosen__tag")).to_have_count(1)
    found = page.locator("#found").text_content().strip()
    first = page.locator(".result__name a").first
    name = first.text_content()
    first.click()
    expect(page.locator("h1")).to_have_text(name)
    assert page.locator("html").get_attribute("lang").startswith(language)
    page.go_back()

    expect(page.locator(".chosen__tag")).to_have_count(1)
    assert chosen_parts(page) == parts_of(in_language(FILTERED, language))
    expect(page.locator("#found")).to_have_text(found)
    expect(page.locator("#form-workforce-training")).to_be_checked()
    expect(page.locator("main input[name=q]")).to_have_value("cnc")
    expect(page.locator(".result__name a").first).to_have_text(name)
    assert 0 < int(re.search(r"\d+", found)[0]) < all_found


def test_address_of_a_narrowed_search_is_the_same_with_and_without_scripts(visitor):
    page, javascript, language = visitor
    page.goto(in_language(SEARCH, language))

    choose(page, "form-workforce-training", javascript=javascript)
    expect(page.locator(".chosen__tag")).to_have_count(1)

    assert chosen_parts(page) == parts_of(in_language(FILTERED, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_chosen_filter_changes_count_filters_and_address_at_once(open_page, language):
    page = open_page(locale=language)
    page.goto(in_language(SEARCH, language))
    before = page.evaluate(SHOWN_COUNTS)
    page.evaluate("window.samePage = true")

    page.locator("#form-workforce-training").focus()
    page.keyboard.press("Space")
    expect(page.locator(".chosen__tag")).to_have_count(1)

    expect(page).to_have_url(re.compile(re.escape(in_language(FILTERED, language)) + "$"))
    assert page.evaluate("window.samePage"), "the whole page was loaded anew"
    expect(page.locator("#announcer")).to_have_text(page.locator("#found").text_content().strip())
    expect(page.locator("#form-workforce-training")).to_be_focused()
    after = page.evaluate(SHOWN_COUNTS)
    assert after != before
    for link in page.locator("#languages a").all():
        assert "form=workforce-training" in link.get_attribute("href")


def test_counts_beside_filters_are_those_of_the_data(page):
    page.goto(SEARCH)
    choose(page, "form-workforce-training", javascript=True)
    expect(page.locator(".chosen__tag")).to_have_count(1)

    shown = page.evaluate(SHOWN_COUNTS)

    told = page.request.get(FILTERED.replace("?", ".json?")).json()
    counts = {f"{f}={v['value']}": v["count"] for f, vs in told["facets"].items() for v in vs}
    assert {value: counts[value] for value in shown} == shown
    expect(page.locator("#found")).to_contain_text(str(told["total"]))


def test_back_takes_the_filter_off_again(page):
    page.goto(SEARCH)
    found = page.locator("#found").text_content().strip()
    before = page.evaluate(SHOWN_COUNTS)
    choose(page, "form-workforce-training", javascript=True)
    expect(page.locator(".chosen__tag")).to_have_count(1)

    page.go_back()

    expect(page.locator(".chosen__tag")).to_have_count(0)
    expect(page).to_have_url(re.compile(re.escape(SEARCH) + "$"))
    expect(page.locator("#found")).to_have_text(found)
    expect(page.locator("#form-workforce-training")).not_to_be_checked()
    assert page.evaluate(SHOWN_COUNTS) == before


def test_tag_takes_its_filter_off_and_focus_is_not_lost(page):
    page.goto(FILTERED)

    page.locator(".chosen__tag").press("Enter")

    expect(page.locator(".chosen__tag")).to_have_count(0)
    expect(page).to_have_url(re.compile(re.escape(SEARCH) + "$"))
    expect(page.locator("#form-workforce-training")).not_to_be_checked()
    expect(page.locator("#found")).to_be_focused()


def test_next_page_of_results_starts_at_its_top(page):
    page.goto("/services")

    page.locator(".usa-pagination__next-page").click()

    expect(page.locator("ol.results")).to_have_attribute("start", "21")
    expect(page).to_have_url(re.compile(r"page=2"))
    expect(page.locator("#found")).to_be_focused()
    expect(page.locator("#found")).to_be_in_viewport()


def test_words_that_find_nothing_with_these_filters_lead_on(visitor):
    page, _, language = visitor
    page.goto(in_language(NOTHING_FOUND, language))
    expect(page.locator(".results li")).to_have_count(0)
    drop = page.locator(".no-results a.usa-button")
    promised = re.findall(r"\d+", drop.text_content())[-1]

    drop.click()

    expect(page.locator(".result")).not_to_have_count(0)
    expect(page.locator("#found")).to_contain_text(promised)
    assert page.locator(".chosen__tag").count() < 2 or "q=cnc" not in page.url


def test_zero_results_keep_the_filters_and_name_a_person(visitor):
    page, _, language = visitor

    page.goto(in_language(NOTHING_FOUND, language))

    expect(page.locator("#form-marketing")).to_be_checked()
    expect(page.locator("#cost-loan")).to_be_checked()
    expect(page.locator(".no-results .contact-line a[href^='tel:']")).to_be_visible()


def test_misspelled_word_is_corrected_by_a_link(visitor):
    page, _, language = visitor
    page.goto(in_language("/services?q=machning", language))
    meant = page.locator("#results a[href$='q=machining']")

    meant.click()

    expect(page.locator("main input[name=q]")).to_have_value("machining")
    expect(page.locator(".result mark").first).to_be_visible()
    expect(page.locator("#results .search__note")).to_have_count(0)
