"""A program answers requests from its mail and signed in, by keyboard, in three languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from sqlite3 import connect
from uuid import uuid4

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from portal import clock, create_app
from portal.config import Settings
from portal.database import write_unit
from portal.extensions import db
from portal.referrals import operations
from portal.referrals.models import Referral
from portal.referrals.moving import OWNER
from portal.referrals.states import Status
from tests.factories import Make, Person
from tests.journeys.addresses import in_language
from tests.journeys.keyboard import tab_to
from tests.journeys.live_portal import LivePortal
from tests.journeys.looking import drawn_width, open_all_boxes
from tests.referrals.sent import do, send


@dataclass(frozen=True)
class Somebody:
    """Staff of the program that is asked, and what their requests and letters are."""

    app: Flask
    portal: LivePortal
    make: Make
    person: Person

    def asked(self) -> tuple[str, str]:
        """Send a request; return its reference and the token of the link in the letter."""
        reference = send(self.app)
        return reference, self.token_of(reference)

    def token_of(self, reference: str) -> str:
        """Make a link as the letter has it: the letter itself may have left by now."""
        with self.app.app_context(), write_unit():
            referral = db.session.scalars(
                select(Referral).where(Referral.reference == reference)
            ).one()
            token = operations.make_link(
                referral.episode,
                "answer",
                now=clock.now(),
                referral=referral,
                email=self.person.email,
            )
            db.session.commit()
            db.session.remove()
        return token

    def status_of(self, reference: str) -> str:
        """Return where a request stands, read anew."""
        with closing(connect(self.portal.instance / "portal.sqlite3", timeout=10)) as database:
            query = "select status from referral where reference = ?"
            return str(database.execute(query, (reference,)).fetchone()[0])

    def sign_in(self, context: BrowserContext) -> None:
        """Sign them in."""
        token = self.make.session(self.person)
        context.add_cookies([{"name": "session", "value": token, "url": self.portal.url}])


@pytest.fixture
def somebody(live_portal: LivePortal) -> Iterator[Somebody]:
    """Staff of MassMEP."""
    app = create_app(Settings(instance=live_portal.instance, testing=True))
    make = Make(app)
    # What they do stays in the chain of events, and so does their account.
    person = make.account(of=("massmep",), email=f"{uuid4().hex}@massmep.example")
    yield Somebody(app, live_portal, make, person)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    with closing(connect(live_portal.instance / "portal.sqlite3", timeout=10)) as database:
        for table in ("membership", "account_session"):
            database.execute(f"delete from {table}")  # noqa: S608  names of our own
        database.commit()


def press(page: Page, selector: str) -> None:
    """Go to a button with Tab and press it."""
    tab_to(page, selector)
    page.keyboard.press("Enter")


def test_a_program_accepts_from_its_mail_signs_in_and_goes_on_to_enrolling(
    page: Page, somebody: Somebody, axe: Callable[[Page], None]
):
    reference, token = somebody.asked()
    page.goto(f"/answer/{token}")
    assert "Smith" not in page.content()

    tab_to(page, "#accepted-contact_name")
    page.keyboard.type("Ann Baker")
    press(page, "#accepted button.action")
    expect(page.locator(".usa-alert--success")).to_contain_text("Thank you for your answer")
    assert somebody.status_of(reference) == Status.ACCEPTED
    axe(page)

    somebody.sign_in(page.context)
    page.goto("/staff")
    press(page, f".tasks a[href$='{reference}']")
    expect(page.locator("#who + .facts")).to_contain_text("Smith Gear Co.")
    press(page, "#contact_made button.action")
    page.wait_for_url(re.compile("done=contact-made"))

    tab_to(page, "#enrolled-starts_on")
    page.locator("#enrolled-starts_on").fill(clock.today().isoformat())
    press(page, "#enrolled button.action")
    page.wait_for_url(re.compile("done=enrolled"))
    assert somebody.status_of(reference) == Status.ENROLLED
    axe(page)


@pytest.mark.parametrize("page", [{"javascript": False}], indirect=True)
def test_a_program_declines_and_another_gets_the_request_once_the_company_agrees(
    page: Page, somebody: Somebody
):
    reference, token = somebody.asked()
    page.goto(f"/answer/{token}")

    press(page, "#declined > summary")
    page.locator("#declined-reason").select_option("capacity")
    suggestion = page.locator("#declined input[type=radio]").first
    slug = suggestion.get_attribute("value")
    suggestion.focus()
    page.keyboard.press("Space")
    press(page, "#declined button[type=submit]")
    expect(page.locator(".usa-alert--success")).to_be_visible()

    with closing(connect(somebody.portal.instance / "portal.sqlite3", timeout=10)) as database:
        child, status, asked = database.execute(
            "select child.reference, child.status, service.slug from referral as child "
            "join referral as parent on parent.id = child.parent_id "
            "join service on service.id = child.service_id where parent.reference = ?",
            (reference,),
        ).fetchone()
    assert (status, asked) == (Status.AWAITING_CONSENT, slug)
    do(somebody.app, child, Status.SENT, by=OWNER, facts={"consent": "1"})
    assert somebody.status_of(reference) == Status.DECLINED
    assert somebody.status_of(child) == Status.SENT


def test_opening_a_new_request_is_noted_as_its_receipt(page: Page, somebody: Somebody):
    reference, _token = somebody.asked()
    somebody.sign_in(page.context)

    with page.expect_response(re.compile("/receipt")) as receipt:
        page.goto(f"/staff/requests/{reference}")

    assert receipt.value.status == 204
    assert somebody.status_of(reference) == Status.RECEIVED


@pytest.mark.parametrize("language", ["en", "es", "pt"])
@pytest.mark.parametrize("width", [1280, 320])
def test_pages_of_requests_keep_the_access_rules(open_page, axe, somebody, language, width):
    reference, token = somebody.asked()
    page = open_page(width=width, locale=language)

    for path in (
        f"/answer/{token}?code=sent",
        "/staff/requests",
        f"/staff/requests/{reference}",
        "/staff/requests/calendar",
        "/staff/organizations/massmep/replies",
    ):
        if path == "/staff/requests":
            somebody.sign_in(page.context)
        assert page.goto(in_language(path, language)).status == 200, path
        open_all_boxes(page)
        axe(page)
        assert drawn_width(page) <= width, path
