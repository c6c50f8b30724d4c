"""Everything by keyboard alone, the focus always seen, never caught."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.addresses import (
    BAD_INPUT,
    ERROR_PAGES,
    FILTERED,
    MAIN_PAGES,
    NOTHING_FOUND,
    PLAN,
    in_language,
)
from tests.journeys.keyboard import stop, tab_to, tabbable_count, walk_through
from tests.journeys.looking import open_all_boxes

# The frame of the other pages is the same.
WALKED_AT = {
    1280: (
        *MAIN_PAGES,
        NOTHING_FOUND,
        BAD_INPUT,
        "/find/industry",
        PLAN,
        "/for/startup",
        "/how-ranking-works",
        "/nowhere",
    ),
    320: (*MAIN_PAGES, NOTHING_FOUND, BAD_INPUT, "/find/need", PLAN),
}


def skip_to_main(page):
    """Use the first link of the page; the next stop is in the main content."""
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.usa-skipnav')")
    assert not stop(page).fault
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))


@pytest.mark.parametrize(
    ("javascript", "language"), [(True, "en"), (False, "en"), (True, "es"), (False, "pt")]
)
def test_owner_gets_from_home_to_a_listing_by_keyboard_alone(open_page, javascript, language):
    page = open_page(javascript=javascript, locale=language)
    page.goto(in_language("/", language))

    skip_to_main(page)
    tab_to(page, "main input[name=q]")
    page.keyboard.type("cnc")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/services\?q=cnc"))
    skip_to_main(page)
    tab_to(page, "#form-workforce-training")
    page.keyboard.press("Space")
    if not javascript:
        tab_to(page, "#filters button[type=submit]")
        page.keyboard.press("Enter")
    expect(page.locator(".chosen__tag")).to_have_count(1)
    tab_to(page, ".result__name a")
    name = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text(name)


def test_closed_filter_opens_by_keyboard_and_stays_open_after_a_choice(page):
    page.goto("/services?q=cnc")

    tab_to(page, "#facet-size > summary")
    page.keyboard.press("Enter")
    tab_to(page, "#size-20-49")
    page.keyboard.press("Space")

    expect(page.locator(".chosen__tag")).to_have_count(1)
    expect(page.locator("#size-20-49")).to_be_focused()
    expect(page.locator("#size-20-49")).to_be_visible()


def test_order_of_results_changes_with_the_arrow_keys_and_keeps_the_focus(page):
    page.goto("/services?q=cnc")

    tab_to(page, "#sort")
    page.keyboard.press("ArrowDown")

    expect(page).to_have_url(re.compile(r"sort=name"))
    expect(page.locator("#sort")).to_be_focused()
    names = [name.strip().casefold() for name in page.locator(".result__name").all_text_contents()]
    assert names == sorted(names)


@pytest.mark.parametrize("width", WALKED_AT)
def test_focus_is_seen_at_every_stop_and_never_caught(open_page, width):
    page = open_page(width=width, expected_errors=ERROR_PAGES)
    faults = []

    for path in WALKED_AT[width]:
        page.goto(path)
        stops = walk_through(page)
        faults += [f"{path}: {found.fault}" for found in stops if found.fault]
        if len(stops) < tabbable_count(page):
            faults.append(f"{path}: {tabbable_count(page)} can have the focus, {len(stops)} got it")

    assert not faults, "\n".join(faults)


def test_focus_is_seen_at_every_stop_of_the_open_filters_of_a_phone(open_page):
    page = open_page(width=320, height=640, javascript=False)
    page.goto(f"{FILTERED}#filters")
    open_all_boxes(page)

    faults = [found.fault for found in walk_through(page) if found.fault]

    assert not faults, "\n".join(faults)


def test_focus_is_seen_on_dark_ground(open_page):
    page = open_page(dark=True)
    page.goto(FILTERED)

    faults = [found.fault for found in walk_through(page) if found.fault]

    assert not faults, "\n".join(faults)
