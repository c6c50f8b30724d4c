"""On paper: what was found and how to reach it, nothing to click."""

import pytest
from playwright.sync_api import expect

from tests.journeys.addresses import (
    COMPARISON,
    FILTERED,
    LISTING_WITH_MANY_INDUSTRIES,
    SHORTLIST,
    UNCERTAIN_LISTING,
)

ONLY_ON_SCREEN = (
    ".usa-skipnav, nav, #filters, .search-box, .search__open, .search__sort, #search-form button"
)
BRIGHTNESS = """(selector) => getComputedStyle(document.querySelector(selector))
    .color.match(/[\\d.]+/g).slice(0, 3).map(Number).reduce((sum, part) => sum + part) / 3"""
EDGES = """() => [".site-header__name", "h1", ".site-footer__person"]
    .map((selector) => document.querySelector(selector))
    .filter((at) => at.checkVisibility())
    .map((at) => Math.round(at.getBoundingClientRect().left))"""
AFTER = "(link) => getComputedStyle(link, '::after').content"


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def paper(open_page, request):
    """A page as its visitor prints it, whatever the colors of the screen."""
    page = open_page(width=720, dark=request.param)
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize("address", [FILTERED, LISTING_WITH_MANY_INDUSTRIES, "/organizations"])
def test_paper_has_no_navigation(paper, address):
    paper.goto(address)

    shown = [
        f"{element.evaluate('at => at.outerHTML.slice(0, 80)')}"
        for element in paper.locator(ONLY_ON_SCREEN).all()
        if element.is_visible()
    ]

    assert not shown, "\n".join(shown)


def test_paper_shows_a_listing_dark_on_white_with_its_links_written_out(paper):
    paper.goto(UNCERTAIN_LISTING)

    link = paper.locator("#source ~ p a[href^=http]").first

    expect(paper.locator("h1")).to_be_visible()
    expect(paper.locator(".listing__facts")).to_be_visible()
    assert paper.evaluate(BRIGHTNESS, "h1") < 80
    assert paper.evaluate(BRIGHTNESS, ".listing__body p") < 80
    assert link.get_attribute("href") in link.evaluate(AFTER)


def test_paper_shows_what_was_searched_for_and_found(paper):
    paper.goto(FILTERED)

    expect(paper.locator("#q")).to_have_value("cnc")
    expect(paper.locator("#q")).to_be_visible()
    expect(paper.locator(".chosen__tag")).to_be_visible()
    expect(paper.locator("#found")).to_be_visible()
    expect(paper.locator(".result").first).to_be_visible()


@pytest.mark.parametrize(
    "address", ["/", FILTERED, UNCERTAIN_LISTING, SHORTLIST, COMPARISON, "/regions", "/freshness"]
)
def test_paper_has_one_left_edge(open_page, address):
    page = open_page(width=1280)
    page.emulate_media(media="print")
    page.goto(address)

    edges = page.evaluate(EDGES)

    assert len(edges) >= 2
    assert set(edges) == {0}


def test_paper_writes_the_address_of_the_shortlist_once(paper):
    paper.goto(SHORTLIST)

    link = paper.locator(".share__link")

    assert link.inner_text().endswith(SHORTLIST)
    assert link.evaluate(AFTER) in ("none", "normal")
