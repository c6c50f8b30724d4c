"""A manager sends a file with mixed errors, looks, confirms, and finds the new program."""

from __future__ import annotations

import re
import uuid

import pytest
from playwright.sync_api import expect

from portal import create_app
from portal.config import Settings
from portal.permissions import Role
from tests.factories import Make
from tests.imports.sending import IMPORTS, as_csv, program


@pytest.fixture
def session(live_portal):
    """What the cookie of a manager holds who is signed in to the running portal."""
    make = Make(create_app(Settings(instance=live_portal.instance)))
    person = make.account(Role.MANAGER, email=f"{uuid.uuid4().hex}@example.org")
    return make.session(person)


def sign_in(page, live_portal, session):
    page.context.add_cookies([{"name": "session", "value": session, "url": live_portal.url}])


def mixed(mark):
    return as_csv(
        [
            program(id=f"massmep-{mark}", name=f"Quagga {mark}"),
            program(id="massmep-lean", phone=f"617-555-0{100 + sum(map(ord, mark)) % 100}"),
            program(id=f"broken-{mark}", delivery="by mail", cost_note="=1+1"),
        ]
    )


@pytest.mark.parametrize(
    ("prefix", "width", "javascript"),
    [("", 1280, True), ("/es", 320, True), ("/pt", 320, False)],
)
def test_a_file_with_mixed_errors_is_previewed_and_confirmed(
    open_page, live_portal, session, axe, prefix, width, javascript
):
    page = open_page(width=width, javascript=javascript)
    sign_in(page, live_portal, session)
    mark = f"zz{prefix.strip('/')}"
    file = {"name": "programs.csv", "mimeType": "text/csv", "buffer": mixed(mark)}

    page.goto(f"{prefix}{IMPORTS}")
    if javascript:
        axe(page)
    page.locator("#files").set_input_files(file)
    page.locator(".import-form button").click()

    expect(page.locator("#sum")).to_have_text(re.compile(r"3 = 1 \w+ \+ 1 .* \+ 1 "))
    page.locator("details summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if javascript:
        axe(page)
    with page.expect_download() as download:
        page.locator(".import-rejected a").click()
    assert "'=1+1" in download.value.path().read_text("utf-8-sig")
    page.locator("#confirm button").click()

    expect(page.locator(".usa-alert--success")).to_be_visible()
    if javascript:
        axe(page)
    page.goto(f"{prefix}/services?q=quagga+{mark}")
    expect(page.get_by_text(f"Quagga {mark}").first).to_be_visible()
