"""What tests of vocabularies share: a form filled, previewed and published as a browser would."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from tests.browser import Page
from tests.listings.editing import filled

WORDS = "/manage/vocabulary"


def preview(browser, path: str, **fields: object) -> Page:
    """Open the form of an entry, change some fields, ask for the preview."""
    data = {**filled(browser.get(f"{WORDS}/{path}")), "do": "preview", **fields}
    # A box that is not ticked is not sent.
    page = Page(browser.client.post(f"{WORDS}/{path}", data=_sent(data)))
    assert not page.faults(), page.faults()
    return page


def publish(browser, path: str, **fields: object) -> TestResponse:
    """Publish what the preview of a change shows."""
    return confirm(browser, preview(browser, path, **fields))


def confirm(browser, page: Page) -> TestResponse:
    """Press the button of a preview."""
    form = page.select_one("main form[method=post]")
    assert form.select_one("button[value=publish]"), page.text
    data: dict[str, list[str]] = {}
    for field in form.select("input[name]"):
        data.setdefault(field["name"], []).append(field["value"])
    return browser.client.post(form["action"], data={**data, "do": "publish"})


def _sent(data: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in data.items() if value is not None}


@pytest.fixture
def manager(signed, make):
    """A browser in which a manager is signed in."""
    signed.sign_in(make.manager())
    return signed
