"""Suggestions while typing: by mouse and keyboard, announced, never in the way of a search."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.addresses import LANGUAGES, in_language

BOX = "main input[name=q]"
LIST = "#q-suggestions"
LINES = f"{LIST} [role=option]"


@pytest.mark.parametrize("path", ["/", "/services"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_typed_is_suggested_and_the_chosen_line_opens_its_page(
    open_page, axe, path, language
):
    page = open_page(locale=language)
    page.goto(in_language(path, language))
    box = page.locator(BOX)
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "false")

    box.press_sequentially("massmep")
    expect(page.locator(LINES)).not_to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "true")
    axe(page)
    count = page.locator(LINES).count()
    expect(page.locator("p[role=status]", has_text=str(count))).to_have_count(1)
    page.keyboard.press("ArrowDown")
    line = page.locator(f"{LINES}[aria-selected=true]")
    assert line.get_attribute("id") == box.get_attribute("aria-activedescendant")
    expect(box).to_be_focused()
    name = line.locator("span").first.text_content()
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text(name)
    assert in_language("/services/", language) in page.url


def test_plain_typing_and_enter_search_before_any_suggestion_came(page):
    page.route("**/suggestions.json*", lambda _route: None)  # never answered
    page.goto("/")

    page.locator(BOX).press_sequentially("cnc")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/services\?q=cnc$"))


def test_enter_searches_for_the_words_while_no_line_is_marked(page):
    page.goto("/")
    page.locator(BOX).press_sequentially("lean")
    expect(page.locator(LINES)).not_to_have_count(0)

    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/services\?q=lean$"))


def test_escape_closes_the_list_and_keeps_the_words(page):
    page.goto("/")
    page.locator(BOX).press_sequentially("lean")
    expect(page.locator(LIST)).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.locator(LIST)).to_be_hidden()
    expect(page.locator(BOX)).to_have_value("lean")
    expect(page.locator(BOX)).not_to_have_attribute("aria-activedescendant", re.compile("."))


def test_arrow_keys_go_through_the_lines_and_back_to_the_words(page):
    page.goto("/")
    page.locator(BOX).press_sequentially("lean")
    expect(page.locator(LINES)).not_to_have_count(0)
    marked = page.locator(f"{LINES}[aria-selected=true]")

    page.keyboard.press("ArrowUp")
    expect(marked).to_have_id(page.locator(LINES).last.get_attribute("id"))
    page.keyboard.press("ArrowDown")
    expect(marked).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(marked).to_have_id("q-suggestion-0")


def test_a_line_is_opened_by_a_click_and_the_list_closed_by_one_elsewhere(page):
    page.goto("/")
    page.locator(BOX).press_sequentially("as9100")
    page.locator(LINES).first.click()
    expect(page).to_have_url(re.compile(r"/services\?topic=as9100$"))

    page.locator(BOX).press_sequentially("cnc")
    expect(page.locator(LIST)).to_be_visible()
    page.locator("h1").click()
    expect(page.locator(LIST)).to_be_hidden()


def test_fast_typing_asks_once(page):
    asked = []
    page.on("request", lambda r: "suggestions" in r.url and asked.append(r.url))
    page.goto("/")

    page.locator(BOX).focus()
    page.locator(BOX).evaluate("""box => {
      for (const typed of ["ma", "machin", "machining"]) {
        box.value = typed;
        box.dispatchEvent(new Event("input", {bubbles: true}));
      }
    }""")
    expect(page.locator(LINES)).not_to_have_count(0)

    assert [url.split("?")[1] for url in asked if ".json" in url] == ["q=machining"]


def test_the_box_suggests_again_after_the_results_were_swapped(page):
    page.goto("/services?q=cnc")
    page.locator("label[for=form-workforce-training]").click()
    expect(page.locator(".chosen__tag")).to_have_count(1)
    expect(page.locator(BOX)).to_have_attribute("role", "combobox")

    page.locator(BOX).fill("")
    page.locator(BOX).press_sequentially("lean")

    expect(page.locator(LINES)).not_to_have_count(0)


def test_no_suggestion_is_told_and_an_error_leaves_the_box_as_it_was(open_page):
    page = open_page(expected_errors=("status of 400",))
    page.goto("/")
    page.locator(BOX).press_sequentially("xylophones")
    expect(page.locator("p[role=status]", has_text="No suggestions")).to_have_count(1)

    page.route("**/suggestions.json*", lambda route: route.fulfill(status=400))
    page.locator(BOX).fill("lean")
    page.wait_for_timeout(400)

    expect(page.locator(LIST)).to_be_hidden()


def test_list_fits_a_phone_and_dark_ground(open_page, axe):
    page = open_page(width=320, height=640, dark=True)
    page.goto("/")
    page.locator(BOX).press_sequentially("manufact")
    expect(page.locator(LINES)).not_to_have_count(0)
    page.keyboard.press("ArrowDown")

    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    boxes = [line.bounding_box() for line in page.locator(LINES).all()]
    assert min(box["height"] for box in boxes) >= 44


def test_without_scripts_the_box_is_a_plain_search_box(open_page):
    page = open_page(javascript=False)
    page.goto("/")

    page.locator(BOX).press_sequentially("lean")
    assert page.locator("[role=listbox]").count() == 0
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/services\?q=lean$"))
