"""From the first start to a confirmed listing, by keyboard, with real mail and passkeys.

The first administrator invites a manager; the manager lets staff in who claim their organization;
staff edit a listing, the manager sees what changed and publishes it; half a year later a letter
asks whether it is still correct, and one button says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.factories import PASSWORD
from tests.journeys.authenticator import authenticator
from tests.journeys.inbox import Inbox, started_inbox
from tests.journeys.keyboard import tab_to
from tests.journeys.live_portal import LivePortal, started_portal
from tests.journeys.set_clock import set_clock

BOSS, MANAGER, STAFF = "bo@example.org", "mia@example.org", "ana@massmep.org"
LISTING = "massmep-lean"
SENTENCE = "Lean coaching on your own shop floor, by people who ran one."
BEGIN = datetime(2026, 3, 12, 15, 0, tzinfo=UTC)
LETTER_AFTER_DAYS = 150  # of the ladder; 12 March and 150 days is 9 August


@pytest.fixture(scope="module")
def mailed() -> Iterator[tuple[Inbox, str]]:
    """The mailboxes of everybody, behind a real SMTP server."""
    with started_inbox() as started:
        yield started


@pytest.fixture(scope="module")
def live_portal(tmp_path_factory: pytest.TempPathFactory, mailed) -> Iterator[LivePortal]:
    """A portal of its own that starts for the first time on 12 March 2026."""
    instance = tmp_path_factory.mktemp("chain") / "instance"
    set_clock(instance, BEGIN)
    with started_portal(
        instance,
        module="tests.journeys.set_clock",
        environment={"PORTAL_SMTP_URL": mailed[1]},
    ) as portal:
        yield portal


def press(page: Page, selector: str) -> None:
    """Go to a button or a link with Tab, press Enter, and wait for the page it leads to."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, selector: str, text: str) -> None:
    """Go to a field with Tab, and type over what it holds."""
    tab_to(page, selector)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def printed_link(portal: LivePortal) -> str:
    """Return the link that the first start printed."""
    log = portal.instance.with_name(f"{portal.instance.name}.log").read_text()
    links = re.findall(r"First administrator.*?(/account/invitations/\S+)", log)
    assert len(links) == 1
    return links[0]


def open_account(page: Page, link: str, name: str, email: str = "") -> None:
    """Open an account by the link of its invitation."""
    page.goto(link)
    write(page, "#name", name)
    if email:
        write(page, "#email", email)
    write(page, "#password", PASSWORD)
    press(page, "main form.question button[type=submit]")


def open_account_with_passkey(page: Page, link: str, name: str, email: str = "") -> None:
    """Open an account and enrol the security key of the browser as its second step."""
    with authenticator(page):
        open_account(page, link, name, email)
        expect(page).to_have_url(re.compile("/account/second-factor/app"))
        press(page, "button[data-passkey=make]")
        expect(page.locator(".recovery li")).to_have_count(10)
    press(page, "a.action")
    expect(page.locator(".work-nav")).to_be_visible()


def test_from_the_first_start_to_a_confirmed_listing(open_page, live_portal, mailed, axe):
    inbox, _ = mailed

    boss = open_page()
    open_account_with_passkey(boss, printed_link(live_portal), "Bo Boss", BOSS)
    invite_manager(boss)

    manager = open_page()
    open_account_with_passkey(manager, inbox.link_to(MANAGER, "/account/invitations/"), "Mia")
    expect(manager.locator("h1")).to_have_text("What needs you")

    staff = open_page()
    claim_organization(staff, inbox)
    let_in(manager)
    open_account(staff, inbox.link_to(STAFF, "/account/invitations/"), "Ana Lopes")
    expect(staff.locator(".work-nav")).to_be_visible()

    edit_listing(staff)
    visitor = open_page()
    visitor.goto(f"/services/{LISTING}")
    expect(visitor.locator("main")).not_to_contain_text(SENTENCE)
    approve_change(manager, axe)
    visitor.reload()
    expect(visitor.locator("main")).to_contain_text(SENTENCE)

    confirm_signed_in(staff)
    visitor.reload()
    expect(visitor.locator("main")).to_contain_text("by the organization on 12 March 2026")

    set_clock(live_portal.instance, BEGIN + timedelta(days=LETTER_AFTER_DAYS))
    contact = open_page()
    confirm_by_letter(contact, inbox.link_to(STAFF, "/confirm/"), axe)
    visitor.reload()
    expect(visitor.locator("main")).to_contain_text("by the organization on 9 August 2026")


def invite_manager(page: Page) -> None:
    press(page, ".work-nav a[href$='/manage/accounts']")
    press(page, "a[href$='/manage/accounts/invite']")
    write(page, "#email", MANAGER)
    tab_to(page, "#role")
    page.keyboard.type("Man")
    press(page, "main form.question button[type=submit]")
    expect(page.locator(".usa-alert--success")).to_be_visible()
    expect(page.locator("tr", has_text=MANAGER)).to_contain_text("Manager")


def claim_organization(page: Page, inbox: Inbox) -> None:
    page.goto("/organizations/massmep")
    press(page, "a[href*='/account/claims/new/']")
    write(page, "#email", STAFF)
    press(page, "main form.question button[type=submit]")
    expect(page.locator(".usa-alert--info")).to_be_visible()
    page.goto(inbox.link_to(STAFF, "/account/claims/"))
    press(page, "main form.question button[type=submit]")
    expect(page.locator(".usa-alert--success")).to_be_visible()


def let_in(page: Page) -> None:
    press(page, ".work-nav a[href$='/manage/onboarding']")
    expect(page.locator("main li", has_text=STAFF)).to_be_visible()
    press(page, "form[action$='/accept'] button")
    expect(page.locator("main li", has_text=STAFF)).to_have_count(0)


def edit_listing(page: Page) -> None:
    press(page, ".work-nav a[href$='/staff']")
    press(page, f".listings a[href$='/{LISTING}']")
    write(page, "#description", SENTENCE)
    press(page, "button[value=send]")
    expect(page.locator(".usa-alert--success")).to_contain_text("waits for a manager")


def approve_change(page: Page, axe) -> None:
    page.goto("/manage/organizations/massmep")
    expect(page.locator("input[name=mode][value=approval]")).to_be_checked()
    press(page, ".work-nav a[href$='/manage/changes']")
    press(page, ".tasks a")
    expect(page.locator("main ins").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("Lean coaching on your own shop floor")
    axe(page)
    press(page, "form[action$=approve] button")
    expect(page.locator(".usa-alert--success")).to_be_visible()


def confirm_signed_in(page: Page) -> None:
    press(page, ".work-nav a[href$='/staff']")
    press(page, "main a[href$='/staff/organizations/massmep/confirm']")
    press(page, "main button.action")
    expect(page.locator(".usa-alert--success")).to_contain_text("All confirmed today")


def confirm_by_letter(page: Page, link: str, axe) -> None:
    page.goto(link)
    expect(page.locator(f"#listing-{LISTING}")).to_contain_text("Last confirmed on 12 March 2026")
    expect(page.locator("main button.action")).to_have_count(1)
    axe(page)
    press(page, "main button.action")
    expect(page.locator(".usa-alert--success")).to_contain_text("All confirmed today")
