"""A phone of 320 pixels, a page enlarged to 400 %, less motion: everything still at hand."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.addresses import (
    ERROR_PAGES,
    FILTERED,
    LANGUAGES,
    NOTHING_FOUND,
    SEARCH,
    STATUS_OF_PAGE,
    in_language,
)
from tests.journeys.looking import drawn_width, open_all_boxes

# A check box and its label are one target; a link within a line of text is exempt (WCAG 2.5.8).
TARGETS = """(least) => [...document.querySelectorAll("a[href], button, input, select, summary")]
  .filter((at) => at.checkVisibility({visibilityProperty: true}) && !at.matches(".usa-skipnav"))
  .map((at) => [at, at.matches("[type=checkbox]") ? at.labels[0] : at])
  .filter(([at, target]) => {
    const {width, height} = target.getBoundingClientRect();
    const beside = [...at.parentElement.childNodes].some((n) => n !== at && n.textContent.trim());
    const inText = getComputedStyle(at).display === "inline" && beside;
    return !inText && (width < least || height < least);
  })
  .map(([at, target]) => {
    const {width, height} = target.getBoundingClientRect();
    const name = `${at.tagName} ${at.id} ${at.className} “${at.textContent.trim().slice(0, 30)}”`;
    return `${name}: ${Math.round(width)} × ${Math.round(height)}`;
  })"""

PAGES_WITH_TABLES = ("/regions", "/how-ranking-works", "/freshness")

# How many numbers there are, and the numbers on two lines and words cut in two of all cells.
BROKEN_CELLS = """() => {
  const range = document.createRange();
  const lines = (node, start, end) => {
    range.setStart(node, start);
    range.setEnd(node, end);
    return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
  };
  const numbers = [...document.querySelectorAll("td.number")];
  const broken = numbers.filter((cell) => lines(cell, 0, cell.childNodes.length) > 1)
    .map((cell) => cell.textContent.trim());
  for (const heading of document.querySelectorAll("th")) {
    const texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const word of texts.currentNode.data.matchAll(/[^\\s/-]+/g)) {
        if (lines(texts.currentNode, word.index, word.index + word[0].length) > 1) {
          broken.push(word[0]);
        }
      }
    }
  }
  return [numbers.length, broken];
}"""

RING = """(selector) => {
  const at = document.querySelector(selector);
  const {outlineOffset, outlineWidth} = getComputedStyle(at);
  const {left, right} = at.getBoundingClientRect();
  return [parseFloat(outlineOffset), parseFloat(outlineWidth), left, right];
}"""

MAIN_TARGETS = (
    ".site-header a",
    "#q",
    "#search-form button[type=submit]",
    ".chosen__tag",
    ".search__open",
    "#sort",
    ".usa-pagination a",
)
MAIN_FILTER_TARGETS = (
    ".search__close",
    "#near",
    "#filters summary",
    "#filters .usa-checkbox__label",
    ".search__apply button",
)


def too_small(page, selectors, least=44):
    """Return the visible elements that are less high than a finger needs."""
    found = []
    for selector in selectors:
        boxes = [element.bounding_box() for element in page.locator(selector).all()]
        seen = [box for box in boxes if box and box["width"] > 1]
        assert seen, f"{selector} is not there"
        found += [f"{selector}: {box['height']}" for box in seen if box["height"] < least - 0.5]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_wider_than_a_phone(open_page, language):
    page = open_page(width=320, height=640, locale=language, expected_errors=ERROR_PAGES)
    widths = {}

    for path in STATUS_OF_PAGE:
        page.goto(in_language(path, language))
        widths[path] = drawn_width(page)
    page.goto(f"{in_language(SEARCH, language)}#filters")
    open_all_boxes(page)
    widths["opened filters"] = drawn_width(page)

    assert {path: width for path, width in widths.items() if width > 320} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_number_and_no_heading_of_a_table_is_broken_on_a_phone(open_page, language):
    page = open_page(width=320, height=640, locale=language)
    broken = []

    for path in PAGES_WITH_TABLES:
        page.goto(in_language(path, language))
        numbers, found = page.evaluate(BROKEN_CELLS)
        assert numbers, f"{path} has no table of numbers"
        broken += [f"{path}: {words}" for words in found]
        assert drawn_width(page) <= 320, path

    assert not broken, "\n".join(broken)


def test_filters_open_and_close_on_a_phone_without_scripts(open_page):
    page = open_page(width=320, height=640, javascript=False)
    page.goto(SEARCH)
    expect(page.locator("#filters")).to_be_hidden()

    page.locator(".search__open").click()
    expect(page.locator("#filters")).to_be_visible()
    expect(page.locator(".search__found")).to_be_hidden()
    page.locator(".search__close").click()

    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator(".search__found")).to_be_visible()


def test_why_a_program_was_found_shows_the_fields_on_a_phone(open_page):
    page = open_page(width=320, height=640)
    page.goto(f"{SEARCH}?q=3d+printing+courses+for+machinists")

    lines = page.locator(".result__fields").all()
    heights = [line.bounding_box()["height"] for line in lines]

    assert len(lines) == 20
    assert all(16 <= height <= 30 for height in heights), heights
    for line in lines:
        inside = line.evaluate(
            "(at) => at.getBoundingClientRect().bottom"
            " <= at.closest('.result__why').getBoundingClientRect().bottom + 1"
        )
        assert inside, line.text_content()


def test_ring_around_the_filters_runs_through_nothing_and_fits_a_phone(open_page):
    page = open_page(width=320, height=640)
    page.goto(SEARCH)
    page.locator(".search__open").click()
    page.locator("#filters").focus()

    offset, width, left, right = page.evaluate(RING, "#filters")

    assert width >= 3
    assert offset >= 4
    assert left - offset - width >= 0
    assert right + offset + width <= 320


@pytest.mark.parametrize("width", [320, 1280])
def test_what_follows_no_result_stands_clear_of_it(open_page, width):
    page = open_page(width=width)
    page.goto(NOTHING_FOUND)

    box, line = (page.locator(at).bounding_box() for at in (".no-results", ".search__how"))

    assert line["y"] - (box["y"] + box["height"]) >= 16


@pytest.mark.parametrize("javascript", [True, False])
def test_several_filters_are_chosen_on_a_phone_before_results_show(open_page, javascript):
    page = open_page(width=320, height=640, javascript=javascript)
    page.goto(SEARCH)

    page.locator(".search__open").click()
    page.locator("label[for=form-workforce-training]").click()
    page.locator("label[for=form-technology-cluster]").click()
    page.locator(".search__apply button").click()

    expect(page.locator(".chosen__tag")).to_have_count(2)
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator(".search__open")).to_contain_text("2")
    expect(page.locator(".result").first).to_be_visible()
    assert drawn_width(page) <= 320


def test_every_target_of_the_search_is_large_enough_to_hit(open_page):
    page = open_page(width=320, height=640)
    page.goto(FILTERED)

    small = page.evaluate(TARGETS, 24)
    page.locator(".search__open").click()
    open_all_boxes(page)
    small += page.evaluate(TARGETS, 24)

    assert not small, "\n".join(small)


def test_main_targets_of_the_search_fit_a_finger(open_page):
    page = open_page(width=320, height=640)
    page.goto(FILTERED)

    small = too_small(page, MAIN_TARGETS)
    page.locator(".search__open").click()
    small += too_small(page, MAIN_FILTER_TARGETS)

    assert not small, "\n".join(small)


def test_search_is_usable_enlarged_to_400_percent(open_page):
    page = open_page(width=320, height=256)
    page.goto("/")
    page.locator("main input[name=q]").fill("cnc")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(SEARCH)))

    page.locator(".search__open").click()
    page.locator("label[for=form-workforce-training]").click()
    bar = page.locator(".search__apply").bounding_box()
    page.locator(".search__apply button").click()

    expect(page.locator(".chosen__tag")).to_have_count(1)
    expect(page.locator("#found")).to_be_in_viewport()
    assert bar["height"] <= 256 / 3, "the button covers too much of the filters"
    assert drawn_width(page) <= 320


def test_nothing_moves_for_those_who_asked_for_less_motion(page):
    page.emulate_media(reduced_motion="reduce")
    page.goto(SEARCH)

    page.keyboard.press("Tab")
    page.locator("label[for=form-workforce-training]").click()

    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    expect(page.locator(".chosen__tag")).to_have_count(1)
    assert page.evaluate("document.getAnimations().length") == 0
