"""A manager merges two organizations and staff change many programs, both by keyboard alone."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from portal import create_app
from portal.config import Settings
from portal.permissions import Role
from tests.factories import Make, Person
from tests.journeys.addresses import in_language
from tests.journeys.keyboard import stop, tab_to
from tests.journeys.looking import drawn_width
from tests.merging.twice import ORGANIZATION, make_twice, program


@pytest.fixture(scope="module")
def app(live_portal) -> Flask:
    """The portal that runs, to write into beside it."""
    return create_app(Settings(instance=live_portal.instance, testing=True))


@pytest.fixture
def as_person(app, open_page, live_portal):
    """Open a page as somebody."""

    def become(person: Person, **settings: object) -> Page:
        page = open_page(**settings)
        cookie = {"name": "session", "value": Make(app).session(person), "url": live_portal.url}
        page.context.add_cookies([cookie])
        return page

    return become


def somebody(app: Flask, role: Role = Role.MANAGER, of: tuple[str, ...] = ()) -> Person:
    """Make an account whose address no other journey has."""
    return Make(app).account(role, of=of, email=f"{uuid.uuid4().hex}@example.org")


def guilds(app: Flask, mark: str) -> None:
    """Add two organizations that are one, the second with a program."""
    name = f"Marmot {mark} Guild"
    make_twice(
        app,
        replace(ORGANIZATION, id=f"{mark}-guild", name=name, url=f"https://{mark}.example"),
        replace(
            ORGANIZATION,
            id=f"{mark}-guild-inc",
            name=f"{name}, Inc.",
            url=f"https://{mark}.example",
        ),
        program(
            f"{mark}-walks",
            name=f"Walks {mark}",
            organization_id=f"{mark}-guild-inc",
            url=f"https://{mark}.example/walks",
            phone="",
        ),
    )


def use(page: Page, selector: str, key: str = "Enter") -> None:
    """Go to an element with Tab, see it, and press a key."""
    tab_to(page, selector)
    assert not stop(page).fault
    page.keyboard.press(key)


@pytest.mark.parametrize(
    ("mark", "javascript", "language"), [("zebra", True, "en"), ("okapi", False, "es")]
)
def test_a_manager_merges_two_organizations_by_keyboard_alone(
    as_person, app, mark, javascript, language
):
    guilds(app, mark)
    page = as_person(somebody(app), javascript=javascript, locale=language)
    page.goto(in_language("/manage/duplicates", language))

    use(page, f"main a[href$='/{mark}-guild/{mark}-guild-inc']")
    expect(page).to_have_url(re.compile("/manage/merge/"))
    use(page, "button[value=preview]")
    expect(page.locator("#moving")).to_contain_text(f"Walks {mark}")
    tab_to(page, "#reason")
    page.keyboard.type("One guild")
    use(page, "#sure", "Space")
    use(page, "button[value=merge]")

    expect(page.locator(".usa-alert--success")).to_be_visible()
    page.goto(f"/organizations/{mark}-guild-inc")
    expect(page).to_have_url(re.compile(f"/organizations/{mark}-guild$"))
    expect(page.locator("main")).to_contain_text(f"Walks {mark}")
    expect(page.locator("main")).to_contain_text(f"Marmot {mark} Guild, Inc.")


@pytest.mark.parametrize(
    ("phone", "javascript", "language"),
    [("508-555-0181", True, "en"), ("508-555-0182", False, "pt")],
)
def test_staff_change_all_their_programs_by_keyboard_alone(
    as_person, app, phone, javascript, language
):
    page = as_person(somebody(app, Role.STAFF, ("gbmp",)), javascript=javascript, locale=language)
    page.goto(in_language("/staff", language))

    use(page, "main a[href$='/staff/bulk']")
    expect(page).to_have_url(re.compile("/staff/bulk"))
    count = page.locator("input[name=listing]").count()
    use(page, "[data-select-all]")
    expect(page.locator("input[name=listing]:checked")).to_have_count(count)
    tab_to(page, "input[name=change]")
    page.keyboard.press("Space")  # the first one: the phone
    use(page, "button[value=value]")
    expect(page.locator("#value")).to_be_visible()
    tab_to(page, "#value")
    page.keyboard.type(phone)
    use(page, "button[value=preview]")
    expect(page.locator("ins", has_text=phone).first).to_be_visible()
    use(page, "button[value=publish]")

    expect(page.locator(".usa-alert--success")).to_be_visible()
    boss = as_person(somebody(app))
    boss.goto("/manage/changes")
    assert boss.locator(".tasks a").count() > 1
    for link in [a.get_attribute("href") for a in boss.locator(".tasks a").all()]:
        boss.goto(link)
        boss.locator("form[action$=approve] button").click()
        expect(boss).to_have_url(re.compile("done=published"))


def test_the_editor_says_while_one_types_what_is_there_already(as_person, app):
    guilds(app, "gnu")
    page = as_person(somebody(app, Role.STAFF, ("gbmp",)))
    page.goto("/staff/services/new?organization=gbmp")

    page.locator("#name").press_sequentially("Walk gnu")

    # walk/walks 8 of 9 letters, gnu all of 6: 14 of 15.
    expect(page.locator("[data-look-alikes]")).to_contain_text("Walks gnu (names 93 % alike)")
    page.locator("#name").fill("Something else entirely")
    expect(page.locator("[data-found]")).to_be_hidden()


@pytest.mark.parametrize(
    ("language", "width", "dark"), [("en", 1280, False), ("es", 320, False), ("pt", 320, True)]
)
def test_pages_of_merging_and_bulk_keep_the_access_rules(
    as_person, app, axe, language, width, dark
):
    mark = {"en": "alpaca", "es": "vicuna", "pt": "guanaco"}[language]
    guilds(app, mark)
    page = as_person(
        somebody(app),
        locale=language,
        width=width,
        dark=dark,
        expected_errors=("status of 400",),
    )

    def look() -> None:
        axe(page)
        assert drawn_width(page) <= width, page.url

    page.goto(in_language("/manage/duplicates", language))
    look()
    page.goto(in_language(f"/manage/merge/organizations/{mark}-guild/{mark}-guild-inc", language))
    look()
    page.locator("button[value=preview]").click()
    look()
    page.locator("button[value=merge]").click()
    expect(page.locator("#sure-error-1")).to_be_visible()
    look()
    page.goto(in_language(f"/staff/bulk?q={mark}", language))
    page.locator("button[value=value]").click()
    expect(page.locator(".usa-alert--error")).to_be_visible()
    look()
    page.locator("[data-select-all]").click()
    page.locator("input[name=change][value=add-region]").check()
    page.locator("button[value=value]").click()
    page.locator("button[value=preview]").click()
    expect(page.locator("#value-error-1")).to_be_visible()
    look()
    page.locator("input[name=value]").last.check()
    page.locator("button[value=preview]").click()
    look()
    page.goto(in_language("/staff/services/new?organization=gbmp", language))
    page.locator("#name").fill(f"Walk {mark}")
    expect(page.locator("[data-found]")).to_be_visible()
    look()
