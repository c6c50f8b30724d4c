"""An owner asks from the plan, confirms by the letter's link, and follows the request."""

from __future__ import annotations

import email
import re
import time
from email import policy
from threading import Event

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.addresses import in_language
from tests.journeys.looking import drawn_width

PLAN = "/find/results?audience=sme&employees=25&industry=332710&need=scrap&v=1&zip=01608"
ARRIVES_WITHIN_SECONDS = 60


def letter_to(live_portal, address: str, number: int = 1) -> str:
    """Return the plain text of a letter that the worker has written to the folder.

    Args:
        live_portal: whose folder.
        address: to whom.
        number: which one, counted from 1.
    """
    deadline, pause = time.monotonic() + ARRIVES_WITHIN_SECONDS, Event()
    while time.monotonic() < deadline:
        found = []
        for file in sorted((live_portal.instance / "mail").glob("*.eml"), key=_age):
            message = email.message_from_bytes(file.read_bytes(), policy=policy.default)
            if address in str(message["To"]):
                found.append(message.get_body(("plain",)).get_content())
        if len(found) >= number:
            return str(found[number - 1])
        pause.wait(0.2)
    raise AssertionError(f"no letter number {number} came to {address}")


def _age(file) -> float:
    return file.stat().st_mtime


def link_in(text: str) -> str:
    """Return the address behind a letter's button."""
    return re.search(r"http://localhost\S+", text)[0]


def fill_in(page: Page, address: str) -> None:
    """Fill in the form as an owner does, who takes some seconds for it."""
    page.locator("#name").fill("Ada Smith")
    page.locator("#email").fill(address)
    page.locator("#company").fill("Smith & Daughters")
    for label in page.locator("label[for^=consent-]").all():
        label.click(position={"x": 4, "y": 8})
    # Quicker than three seconds counts as a machine.
    page.wait_for_timeout(3500)


@pytest.mark.parametrize(
    ("language", "width", "javascript", "dark"),
    [("en", 1280, True, False), ("es", 320, True, True), ("pt", 320, True, False)],
)
def test_an_owner_asks_from_the_plan_confirms_and_follows_it(
    open_page, live_portal, axe, language, width, javascript, dark
):
    address = f"ada-{language}@shop.example"
    page = open_page(width=width, javascript=javascript, dark=dark, locale=language)

    page.goto(in_language(PLAN, language))
    page.locator("section[aria-labelledby=first] > .ask-action a").click()
    expect(page.locator("input[name=consent]")).to_have_count(3)
    expect(page.locator("#employees")).to_have_value("25")
    axe(page)
    assert drawn_width(page) <= width
    fill_in(page, address)
    page.locator("#form button[type=submit]").click()
    expect(page).to_have_url(re.compile("/refer/sent"))
    axe(page)

    page.goto(link_in(letter_to(live_portal, address)))
    expect(page.locator(".ask-to__program")).to_have_count(3)
    axe(page)
    assert drawn_width(page) <= width
    page.locator("button[value=send]").click()
    expect(page.locator(".track__turn")).to_have_count(3)
    axe(page)
    assert drawn_width(page) <= width

    page.goto(link_in(letter_to(live_portal, address, 2)))
    expect(page.locator(".track__turn")).to_have_count(3)
    page.locator(".track__box summary").first.click()
    page.locator(".track__box textarea").first.fill("We are closed on Friday.")
    page.locator(".track__box button").first.click()
    expect(page.get_by_text("We are closed on Friday.")).to_be_visible()
    page.locator("a[href$=withdraw]").first.click()
    page.locator("main form button").click()
    expect(page.locator("a[href$=withdraw]")).to_have_count(2)
    axe(page)


def test_a_form_with_mistakes_leads_to_its_fields_by_keyboard(open_page, axe):
    page = open_page(expected_errors=("status of 400",))
    page.goto("/services/massmep-lean/refer")
    page.locator("#need_text").fill("Scrap is too high.")

    page.locator("#form button[type=submit]").click()

    axe(page)
    first = page.locator(".error-list a").first
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#name")).to_be_focused()
    expect(page.locator("#need_text")).to_have_value("Scrap is too high.")


def test_without_scripts_a_request_reaches_the_letter(open_page, live_portal):
    page = open_page(javascript=False, width=320)
    page.goto("/services/massmep-quality/refer")
    page.locator("#need_text").fill("We need ISO 9001.")
    page.locator("#name").fill("Ada Smith")
    page.locator("#email").fill("noscript@shop.example")
    page.locator("label[for=consent-massmep-quality]").click()
    page.wait_for_timeout(3500)  # quicker than three seconds counts as a machine

    page.locator("#form button[type=submit]").click()

    expect(page).to_have_url(re.compile("/refer/sent"))
    page.goto(link_in(letter_to(live_portal, "noscript@shop.example")))
    page.locator("button[value=send]").click()
    expect(page.locator(".track__turn")).to_have_count(1)
