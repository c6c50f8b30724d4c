"""Map → region → search, by mouse and keyboard, with scripts and without, in three languages."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.addresses import LANGUAGES, in_language
from tests.journeys.keyboard import tab_to

SHAPE = "a.region-map__region[href$='region=central']:visible"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("javascript", [True, False])
def test_owner_goes_from_search_to_the_map_and_by_a_region_to_its_programs(
    open_page, language, javascript
):
    page = open_page(javascript=javascript, locale=language)
    page.goto(in_language("/services", language))
    page.locator("#facet-region .facet__way a").click()
    expect(page).to_have_url(re.compile(re.escape(in_language("/regions", language)) + "$"))

    page.locator(SHAPE).click()

    expect(page).to_have_url(
        re.compile(re.escape(in_language("/services?region=central", language)) + "$")
    )
    expect(page.locator("#region-central")).to_be_checked()
    expect(page.locator("#found")).to_contain_text("125")


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_map_breaks_no_rule_and_fits_the_screen(open_page, axe, width, dark, language):
    page = open_page(width=width, dark=dark, locale=language)
    page.goto(in_language("/regions", language))

    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator("svg.region-map:visible").count() == 1


@pytest.mark.parametrize("javascript", [True, False])
def test_region_is_reached_and_opened_by_keyboard(open_page, javascript):
    page = open_page(javascript=javascript)
    page.goto("/regions")

    tab_to(page, "a.region-map__region[href$='region=central']")
    row = page.locator(".regions__row", has_text="Worcester").locator("th")
    plain = page.locator(".regions__row", has_text="Berkshire").locator("th")
    assert background(row) != background(plain)
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/services\?region=central$"))


def test_pointing_at_a_row_marks_its_region_on_the_map(page):
    page.goto("/regions")
    shape = page.locator(f"{SHAPE} path")
    before = stroke(shape)

    page.locator(".regions__row", has_text="Worcester").hover()

    assert stroke(shape) != before


@pytest.mark.parametrize("width", [1280, 320])
def test_names_on_the_map_overlap_neither_each_other_nor_the_edge(open_page, width):
    page = open_page(width=width)
    page.goto("/regions")
    boxes = [name.bounding_box() for name in page.locator(".region-map__name:visible").all()]

    assert len(boxes) == 7
    for number, one in enumerate(boxes):
        assert one["x"] >= 0
        assert one["x"] + one["width"] <= width
        assert one["height"] >= 10
        for other in boxes[number + 1 :]:
            apart = (
                one["x"] + one["width"] <= other["x"]
                or other["x"] + other["width"] <= one["x"]
                or one["y"] + one["height"] <= other["y"]
                or other["y"] + other["height"] <= one["y"]
            )
            assert apart, (one, other)


def background(locator):
    return locator.evaluate("at => getComputedStyle(at).backgroundColor")


def stroke(locator):
    return locator.evaluate("at => getComputedStyle(at).strokeWidth")
