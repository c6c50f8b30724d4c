"""A manager adds a synonym by keyboard, sees what it does, publishes it, and a visitor finds it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from portal import create_app
from portal.config import Settings
from tests.factories import Make
from tests.journeys.addresses import in_language
from tests.journeys.looking import drawn_width

WORDS = "/manage/vocabulary"
PAGES = ("", "/synonyms", "/topics?words=cmmc", "/needs/scrap", "/pathways/massmep-lean")


@pytest.fixture(scope="module")
def session(live_portal):
    """What the cookie of a manager holds who is signed in to the running portal."""
    make = Make(create_app(Settings(instance=live_portal.instance, testing=True)))
    return make.session(make.manager())


def signed_in(page, live_portal, session):
    page.context.add_cookies([{"name": "session", "value": session, "url": live_portal.url}])
    return page


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_the_pages_keep_the_access_rules(open_page, live_portal, session, axe, language):
    page = signed_in(open_page(width=320), live_portal, session)
    for path in PAGES:
        page.goto(in_language(f"{WORDS}{path}", language))

        assert drawn_width(page) <= 320, path
        axe(page)


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (320, False)])
def test_a_word_is_added_by_keyboard_and_found(
    open_page, live_portal, session, axe, width, javascript
):
    word = f"zorble{width}"
    page = signed_in(open_page(width=width, javascript=javascript), live_portal, session)
    page.goto(f"{WORDS}/synonyms/new")
    page.locator("#term").focus()
    page.keyboard.type(word)
    page.keyboard.press("Tab")
    page.keyboard.type("cmmc")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text(f"Preview: {word}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if javascript:
        axe(page)
    page.locator("button[value=publish]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".usa-alert--success")).to_be_visible()
    page.goto(f"/services?q={word}")
    assert page.locator(".result").count() > 0
