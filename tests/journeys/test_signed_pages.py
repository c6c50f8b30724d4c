"""Every page of those who sign in keeps the access rules, its forms sent empty too."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page

from portal import create_app
from portal.config import Settings
from tests.journeys import signed_pages
from tests.journeys.chromium import axe_violations, describe
from tests.journeys.live_portal import LivePortal, started_portal
from tests.journeys.looking import drawn_width
from tests.journeys.signed_pages import EXAMPLES, HALF, JOINING, VISITOR, Look, endpoints
from tests.seeded import Seeded, seed

ROLES = (VISITOR, HALF, JOINING, "staff", "navigator", "manager", "administrator")
ERRORS = ("status of 400", "status of 404", "status of 410")

# The forms that take words: those that are one button have nothing that could be left empty.
WORDS = (
    "input:is([type=text],[type=email],[type=password],[type=tel],[type=url],[type=number],"
    "[type=date],[type=file]), textarea"
)
FORMS = """words => [...document.querySelectorAll("main form")].flatMap((form, number) =>
  form.method === "post" && form.querySelector(words) ? [number] : [])"""
SEND_EMPTY = """number => {
  const form = document.querySelectorAll("main form")[number];
  for (const field of form.elements) {
    if (["checkbox", "radio"].includes(field.type)) field.checked = false;
    else if (!["hidden", "submit", "button", "fieldset"].includes(field.type)) field.value = "";
  }
  form.noValidate = true;
  form.requestSubmit(form.querySelector("[type=submit]"));
}"""
# Each field that is said to be wrong is tied to words that say what.
UNTIED = """() => [...document.querySelectorAll("[aria-invalid=true]")].filter((field) =>
  !(field.getAttribute("aria-describedby") || "").split(" ").some((id) =>
    document.getElementById(id)?.classList.contains("usa-error-message"))).map((f) => f.id)"""


@pytest.fixture(scope="module")
def seen(filled_database, tmp_path_factory: pytest.TempPathFactory) -> Seeded:
    """A portal in which something waits on every page."""
    instance = tmp_path_factory.mktemp("signed") / "instance"
    instance.mkdir()
    shutil.copy(filled_database, instance / "portal.sqlite3")
    return seed(instance)


@pytest.fixture(scope="module")
def live_portal(seen: Seeded) -> Iterator[LivePortal]:
    """That portal, running."""
    with started_portal(seen.instance) as portal:
        yield portal


@pytest.fixture(scope="module")
def signed_app(seen: Seeded) -> Flask:
    """Knows the routes of that portal."""
    return create_app(Settings(instance=seen.instance, testing=True))


@pytest.fixture
def page_of(open_page, live_portal, seen: Seeded) -> Callable[[str], Page]:
    """Open a page as somebody."""

    def open_as(role: str) -> Page:
        page = open_page(expected_errors=ERRORS)
        if role != VISITOR:
            cookie = {"name": "session", "value": seen.sessions[role], "url": live_portal.url}
            page.context.add_cookies([cookie])
        return page

    return open_as


def turn_to(page: Page, look: Look) -> None:
    """Take on the width and the theme of a look."""
    page.set_viewport_size({"width": look.width, "height": 900 if look.width > 600 else 640})
    page.emulate_media(color_scheme="dark" if look.is_dark else "light")


def faults_of(page: Page, look: Look) -> list[str]:
    """Say what is wrong with an open page."""
    found = [f"{look}\n{describe(violations)}"] if (violations := axe_violations(page)) else []
    if (drawn := drawn_width(page)) > look.width:
        found.append(f"{look}\n    is {drawn} px wide")
    return found


def test_every_page_of_those_who_sign_in_has_an_example(catalogue_app):
    assert sorted(EXAMPLES) == endpoints(catalogue_app)


@pytest.mark.parametrize("role", ROLES)
def test_pages_keep_the_access_rules(page_of, signed_app, seen, role):
    page, faults = page_of(role), []
    for look in signed_pages.looks(signed_app, seen):
        if look.role == role:
            turn_to(page, look)
            answer = page.goto(look.path)
            assert answer.status == (410 if "/over" in look.path else 200), look
            faults += faults_of(page, look)

    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


@pytest.mark.parametrize("role", ROLES)
def test_forms_sent_empty_say_beside_each_field_what_is_missing(page_of, signed_app, seen, role):
    page, faults = page_of(role), []
    for look in signed_pages.forms(signed_app, seen):
        if look.role != role:
            continue
        turn_to(page, look)
        page.goto(look.path)
        for number in page.evaluate(FORMS, WORDS):
            page.goto(look.path)
            with page.expect_navigation() as sent:
                page.evaluate(SEND_EMPTY, number)
            status = sent.value.status
            assert status in (200, 400), (look, status)
            faults += faults_of(page, look)
            faults += [f"{look}: {name} does not say why" for name in page.evaluate(UNTIED)]
            if status == 400 and not page.locator(".usa-error-message, .usa-alert--error").count():
                faults.append(f"{look}: says nothing")

    if faults:
        pytest.fail("\n".join(faults), pytrace=False)
