"""A company that can only be called: spoken consent, the program's answer written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from portal import clock, create_app
from portal.accounts.models import Account
from portal.config import Settings
from portal.database import write_unit
from portal.directory.models import Organization
from portal.extensions import db
from portal.permissions import Role
from portal.referrals import naming
from portal.referrals.acting import act
from portal.referrals.models import TRACK
from portal.referrals.moving import OWNER, Mover
from portal.referrals.operations import make_link
from portal.referrals.states import Role as Part
from portal.referrals.states import Status
from tests.factories import Make
from tests.journeys.addresses import in_language
from tests.journeys.live_portal import LivePortal
from tests.journeys.looking import drawn_width
from tests.referrals.asking import ask

QUEUE = "/staff/navigator"


@dataclass(frozen=True)
class Desk:
    """A navigator and a manager who are signed in, and what waits for them."""

    navigator: str
    manager: str
    phoned: str
    declined: str
    next_path: str


@pytest.fixture
def desk(live_portal: LivePortal) -> Iterator[Desk]:
    """An organization that is named, a phone request, and one that its program declined."""
    app = create_app(Settings(instance=live_portal.instance, testing=True))
    make = Make(app)
    navigator = make.account(of=("masshire",), with_app=True, email=f"{clock.now():%f}@n.example")
    manager = make.account(Role.MANAGER, email=f"{clock.now():%f}@m.example")
    with app.app_context(), write_unit():
        by = db.session.get_one(Account, manager.id)
        chosen = select(Organization).where(Organization.slug == "masshire")
        naming.name_navigator(db.session.scalars(chosen).one(), by=by, now=clock.now())
        phoned = ask("massmep-lean", email="", phone="508-555-0142", company="Gears LLC")
        phoned.channel = "phone"
        phoned.referrals[0].via_navigator = True
        declined = ask("massmep-cnc", region="western", size="20-49", audience="sme")
        child = declined.referrals[0]
        act(child.id, Status.AWAITING_CONFIRMATION, by=OWNER)
        act(child.id, Status.SENT, by=OWNER)
        facts = {"reason": "capacity", "hand_off": "none_known"}
        act(child.id, Status.DECLINED, by=Mover(Part.PROGRAM), facts=facts)
        token = make_link(declined, TRACK, now=clock.now())
        references = phoned.referrals[0].reference, child.reference
        path = f"/referrals/{token}/next/{child.id}"
        db.session.commit()
        db.session.remove()
    yield Desk(make.session(navigator), make.session(manager), *references, path)
    with app.app_context(), write_unit():
        naming.name_navigator(None, by=db.session.get_one(Account, manager.id), now=clock.now())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def signed_in(page: Page, live_portal: LivePortal, session: str) -> Page:
    page.context.add_cookies([{"name": "session", "value": session, "url": live_portal.url}])
    return page


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on an element."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
    pytest.fail(f"Tab never reached {selector}")


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "nojs"])
def test_a_phone_request_goes_from_spoken_consent_to_the_programs_yes_by_keyboard(
    open_page, live_portal, desk, javascript
):
    page = signed_in(open_page(javascript=javascript), live_portal, desk.navigator)
    request = f"{QUEUE}/{desk.phoned}"
    page.goto(QUEUE)
    tab_to(page, f"a[href$='{desk.phoned}']")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("508-555-0142")

    tab_to(page, "a[href$='/consent']")
    page.keyboard.press("Enter")
    expect(page.locator("blockquote")).to_contain_text("may read this request")
    tab_to(page, "input[type=radio]")
    page.keyboard.press("Space")
    tab_to(page, "main button.action")
    page.keyboard.press("Enter")
    expect(page.locator(".navigator__code")).to_be_visible()

    page.goto(request)
    tab_to(page, "input[name=target]")
    page.keyboard.press("Space")
    tab_to(page, "#contact_name")
    page.keyboard.type("Grace Hopper")
    tab_to(page, "main button.action")
    page.keyboard.press("Enter")

    expect(page.locator(".usa-alert--success")).to_be_visible()
    page.goto(request)
    expect(page.locator(".navigator__past")).to_contain_text("written down by the navigator")
    expect(page.locator("main")).to_contain_text("Grace Hopper")


@pytest.mark.parametrize(
    ("language", "width", "dark"),
    [
        ("en", 1280, False),
        ("en", 320, True),
        ("es", 1280, True),
        ("es", 320, False),
        ("pt", 1280, False),
        ("pt", 320, True),
    ],
)
def test_pages_of_the_navigator_and_of_the_next_program_keep_the_access_rules(
    open_page, axe, live_portal, desk, language, width, dark
):
    settings = {"locale": language, "width": width, "dark": dark}
    navigator = signed_in(open_page(**settings), live_portal, desk.navigator)
    manager = signed_in(open_page(**settings), live_portal, desk.manager)
    pages = {
        QUEUE: navigator,
        f"{QUEUE}/{desk.phoned}": navigator,
        f"{QUEUE}/{desk.phoned}/consent": navigator,
        f"{QUEUE}/{desk.declined}": navigator,
        f"{QUEUE}/{desk.declined}/next?program=massmep-lean": navigator,
        "/manage/navigator": manager,
        "/manage/navigator/preview?organization=masshire": manager,
        "/manage/limits": manager,
        "/staff/services/massmep-lean/intake": manager,
        desk.next_path: open_page(**settings),
    }
    for path, page in pages.items():
        page.goto(in_language(path, language))
        axe(page)
        assert drawn_width(page) <= width, path
