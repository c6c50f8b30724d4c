"""The first administrator, a manager with a passkey, staff who claim: all in a real browser."""

import re
from email import policy
from email.parser import BytesParser
from threading import Event

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.factories import PASSWORD
from tests.journeys.addresses import in_language
from tests.journeys.authenticator import authenticator

LINK = re.compile(r"(/account/[\w/-]+)")
BOSS, MANAGER = "bo@example.org", "mia@example.org"


@pytest.fixture(scope="module")
def first_link(live_portal) -> str:
    """The link that the first start printed."""
    log = live_portal.instance.with_name(f"{live_portal.instance.name}.log").read_text()
    return re.search(r"First administrator.*?(/account/invitations/\S+)", log)[1]


@pytest.fixture(scope="module")
def boss() -> dict[str, str]:
    """What the first administrator knows; filled by the first journey."""
    return {}


def mail_to(live_portal, address: str, part: str) -> str:
    """Return the link of the latest letter to an address whose path has a part."""
    pause = Event()
    for _ in range(200):
        files = sorted(
            (live_portal.instance / "mail").glob("*.eml"), key=lambda f: f.stat().st_mtime
        )
        for file in reversed(files):
            message = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
            text = message.get_body(("plain",)).get_content()
            if message["To"] == address and part in text:
                return LINK.search(text)[1]
        pause.wait(0.05)
    raise AssertionError(f"no mail to {address} with {part}")


def send(page: Page) -> None:
    page.locator("main form.question button[type=submit]").click()


def open_account(page: Page, link: str, name: str, email: str = "") -> None:
    page.goto(link)
    if email:
        page.locator("#email").fill(email)
    page.locator("#name").fill(name)
    page.locator("#password").fill(PASSWORD)
    send(page)
    expect(page).to_have_url(re.compile("second-factor"))


def test_first_administrator_opens_the_account_with_an_app_and_invites_a_manager(
    page, first_link, boss, axe
):
    open_account(page, first_link, "Bo Boss", BOSS)
    axe(page)
    secret = page.locator("input[name=secret]").get_attribute("value")
    page.locator("#code").fill(pyotp.TOTP(secret).now())
    send(page)
    expect(page.locator(".recovery li")).to_have_count(10)
    axe(page)
    boss["code"] = page.locator(".recovery code").first.text_content()
    page.locator("a.action").click()
    expect(page.locator("h1")).to_be_visible()
    axe(page)

    page.locator(".work-nav a[href$='/manage/accounts']").click()
    axe(page)
    page.locator("a[href$='/manage/accounts/invite']").click()
    page.locator("#email").fill(MANAGER)
    page.locator("#role").select_option("manager")
    axe(page)
    send(page)

    expect(page.locator(".usa-alert--success")).to_be_visible()
    for path in (
        "/manage/onboarding",
        "/manage/audit",
        "/manage/mail",
        "/manage/accounts/invite-many",
    ):
        page.goto(path)
        axe(page)


def test_manager_sets_up_a_passkey_and_signs_in_with_it(page, live_portal):
    with authenticator(page):
        walk_with_passkey(page, mail_to(live_portal, MANAGER, "/account/invitations/"))


def walk_with_passkey(page: Page, link: str) -> None:
    """Open an account with a passkey, sign out, and in again."""
    open_account(page, link, "Mia Manager")
    page.locator("button[data-passkey]").click()
    expect(page.locator(".recovery li")).to_have_count(10)
    page.locator("a.action").click()
    page.locator(".work-nav__out").click()
    expect(page.locator(".work-nav")).to_have_count(0)

    page.goto("/manage/accounts")
    page.locator("#email").fill(MANAGER)
    page.locator("#password").fill(PASSWORD)
    send(page)
    page.locator("button[data-passkey]").click()

    expect(page.locator("h1")).to_have_text("Accounts")
    expect(page.locator("main")).to_contain_text(MANAGER)


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_staff_claim_their_organization_and_a_manager_lets_them_in(
    open_page, live_portal, boss, language, axe
):
    address = f"ana-{language}@massmep.org"
    page = open_page(locale=language, width=320)
    page.goto(in_language("/organizations/massmep", language))
    page.locator("a[href*='/account/claims/new/']").click()
    page.locator("#email").fill(address)
    axe(page)
    send(page)
    page.goto(in_language(mail_to(live_portal, address, "/account/claims/"), language))
    send(page)
    expect(page.locator(".usa-alert--success")).to_be_visible()
    manager = sign_in_with_recovery(open_page, boss, language)

    manager.goto("/manage/onboarding")
    manager.locator(f"li:has-text('{address}') form[action$='/accept'] button").click()

    expect(manager.locator(f"li:has-text('{address}')")).to_have_count(0)
    page.goto(in_language(mail_to(live_portal, address, "/account/invitations/"), language))
    page.locator("#name").fill("Ana")
    page.locator("#password").fill(PASSWORD)
    axe(page)
    send(page)
    expect(page.locator("main")).to_contain_text(
        "Massachusetts Manufacturing Extension Partnership"
    )
    axe(page)


def sign_in_with_recovery(open_page, boss: dict[str, str], language: str) -> Page:
    """Sign the administrator in; the session is shared by the later languages."""
    if "state" in boss:
        page = open_page()
        page.context.add_cookies(boss["state"])
        return page
    page = open_page()
    page.goto("/account/sign-in")
    page.locator("#email").fill(BOSS)
    page.locator("#password").fill(PASSWORD)
    send(page)
    page.locator("#code").fill(boss["code"])
    send(page)
    expect(page.locator(".work-nav")).to_be_visible()
    boss["state"] = page.context.cookies()
    return page
