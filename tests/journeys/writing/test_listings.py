"""Staff edit a listing, a manager approves it, the public finds the new words; open to all eyes."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from portal import create_app
from portal.config import Settings
from tests.factories import Make, Person
from tests.journeys.addresses import in_language
from tests.journeys.looking import drawn_width

LEAN = "/staff/services/massmep-lean"


@pytest.fixture(scope="module")
def people(live_portal) -> Make:
    """Makes accounts in the portal that runs."""
    app: Flask = create_app(Settings(instance=live_portal.instance))
    return Make(app)


@pytest.fixture
def as_person(people, open_page, live_portal):
    """Open a page as somebody."""

    def become(person: Person, **settings: object) -> Page:
        page = open_page(**settings)
        cookie = {"name": "session", "value": people.session(person), "url": live_portal.url}
        page.context.add_cookies([cookie])
        return page

    return become


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "nojs"])
def test_staff_edit_a_manager_approves_and_the_search_finds_it(as_person, people, javascript):
    word = f"zwieback{'one' if javascript else 'two'}"
    page = as_person(people.staff("massmep"), javascript=javascript)
    page.goto("/staff")
    page.locator(f".listings a[href$='{LEAN}']").click()
    page.locator("#short_description").fill(f"Lean coaching for {word} bakers.")
    page.locator("button[value=send]").click()
    expect(page).to_have_url(re.compile("done=sent"))

    boss = as_person(people.manager(), javascript=javascript)
    boss.goto("/staff")
    boss.locator(".tasks a[href$='/manage/changes']").click()
    boss.locator(".tasks a").first.click()
    expect(boss.locator("ins", has_text=word)).to_be_visible()
    boss.locator("form[action$=approve] button").click()
    expect(boss).to_have_url(re.compile("done=published"))

    page.goto(f"/services?q={word}")
    expect(page.locator("#program-massmep-lean")).to_be_visible()


def test_a_draft_keeps_itself_and_the_meter_follows(as_person, people):
    page = as_person(people.staff("gbmp"))
    page.goto("/staff")
    page.locator(".listings li p:first-child a").first.click()
    before = page.locator("#meter").inner_text()

    page.locator("#name").fill("A name on the way")
    page.locator("input[name=main_form][value=marketing]").check()

    expect(page.locator("#draft-state")).to_contain_text("Draft saved")
    expect(page.locator("#meter")).not_to_have_text(before)
    page.reload()
    expect(page.locator("#name")).to_have_value("A name on the way")
    page.locator("form[action$=discard] button").click()


def test_leaving_at_once_keeps_what_was_typed(as_person, people):
    page = as_person(people.staff("massmep"))
    page.goto(LEAN)
    page.locator("#eligibility").fill("Typed and left.")

    page.locator(".site-header__name").click()

    page.wait_for_timeout(1000)  # the answer comes to a page that is gone
    page.goto(LEAN)
    expect(page.locator("#eligibility")).to_have_value("Typed and left.")


def test_a_preview_opens_beside_the_form(as_person, people):
    page = as_person(people.staff("massmep"))
    page.goto("/staff/services/massmep-quality")
    page.locator("#name").fill("Quality, in preview")

    with page.expect_popup() as opened:
        page.locator("button[formtarget=_blank]").click()

    expect(opened.value.locator("h1")).to_have_text("Quality, in preview")
    expect(page.locator("#name")).to_have_value("Quality, in preview")


def test_the_listing_beside_the_form_follows_what_is_typed_and_moves_nothing(
    as_person, people, axe
):
    page = as_person(people.staff("massmep"))
    page.goto("/staff/services/massmep-quality")
    title = page.locator("#live h3.listing__title")
    expect(title).to_be_visible()
    page.locator("#live").evaluate("box => { box.scrollTop = 200; }")

    page.locator("#name").press_sequentially("ZZ")

    expect(title).to_contain_text("ZZ")
    assert page.locator("#live").evaluate("box => box.scrollTop") == 200
    expect(page.locator("#name")).to_be_focused()
    expect(page.locator("#live")).not_to_have_attribute("aria-busy", "true")
    axe(page)


def test_of_two_previews_on_their_way_the_newer_is_shown(as_person, people):
    page = as_person(people.staff("massmep"))
    page.goto("/staff/services/massmep-quality")
    expect(page.locator("#live h3")).to_be_visible()
    held = []

    def hold(route):
        held.append(route)

    page.route("**/preview?*", hold, times=1)
    page.locator("#name").fill("The older words")
    expect(page.locator("#live")).to_have_attribute("aria-busy", "true")

    page.locator("#name").fill("The newer words")

    expect(page.locator("#live h3.listing__title")).to_have_text("The newer words")
    assert len(held) == 1  # the older one was never answered, nor waited for


def test_on_a_phone_the_preview_opens_from_its_button_by_keyboard(as_person, people, axe):
    page = as_person(people.staff("massmep"), width=320)
    page.goto("/staff/services/massmep-quality")
    expect(page.locator("#live")).to_be_hidden()

    page.locator("[data-live] > summary").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#live h3.listing__title")).to_be_visible()
    assert drawn_width(page) <= 320
    axe(page)


@pytest.mark.parametrize(
    ("language", "width", "dark"),
    [("en", 1280, False), ("es", 1280, False), ("pt", 320, False), ("en", 320, True)],
)
def test_pages_of_listings_keep_the_access_rules(as_person, people, axe, language, width, dark):
    page = as_person(
        people.manager(),
        locale=language,
        width=width,
        dark=dark,
        expected_errors=("status of 400",),
    )
    slug = "das-sponsor" if width == 320 else "ampitup"
    service = f"/staff/services/{slug}"
    page.goto(in_language(service, language))
    page.locator("#cost_note").fill(f"As {language} says at {width}.")
    page.locator("button[value=send]").click()
    expect(page).to_have_url(re.compile("done=published"))
    for path in (
        "/staff",
        service,
        f"{service}/history",
        f"{service}/history/1",
        f"{service}/close",
        "/staff/services/new",
        "/staff/services/new?organization=massmep",
        "/staff/organizations/massmep",
        "/manage/changes",
        "/manage/organizations/massmep",
    ):
        page.goto(in_language(path, language))
        axe(page)
        assert drawn_width(page) <= width, path
    page.goto(in_language(service, language))
    page.locator("#url").fill("nonsense")
    page.locator("button[value=send]").click()
    expect(page.locator("#url-error-1")).to_be_visible()
    axe(page)
