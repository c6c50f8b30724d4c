"""A company is asked by mail how it went, answers, and a manager sees what it said."""

from __future__ import annotations

import re
import uuid
from datetime import datetime, timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Page, expect

from portal import clock, create_app
from portal.config import Settings
from portal.extensions import db
from portal.mail.worker import deliver_due, transport_of
from portal.permissions import Role
from portal.referrals.daily import follow_ups_step
from portal.referrals.models import Referral
from portal.upkeep.models import DailyStep
from tests.factories import Make
from tests.journeys.addresses import in_language
from tests.journeys.live_portal import LivePortal
from tests.journeys.looking import drawn_width
from tests.referrals.courses import COMPLETED, IN_CONTACT, SENT, Course

LANGUAGES = ("en", "es", "pt")
PATIENCE = 100  # tenths of a second


class Asked:
    """Requests of the past in the live portal, and the letters that its worker wrote about them."""

    def __init__(self, live_portal: LivePortal, monkeypatch: pytest.MonkeyPatch) -> None:
        self.instance = live_portal.instance
        self.app = create_app(
            Settings(instance=live_portal.instance, testing=True, base_url=live_portal.url)
        )
        self.course, self.make, self.patch = Course(self.app), Make(self.app), monkeypatch

    def days_ago(self, days: int, *moves: tuple, **company: object) -> uuid.UUID:
        """Enter a request that came so far on a day in the past."""
        then = datetime.now().astimezone() - timedelta(days=days)
        with self.patch.context() as patch:
            patch.setattr(clock, "now", lambda: then)
            return self.course.asked(*moves, **company)

    def manager(self) -> str:
        """Return the session of a manager; other journeys have managers of the usual address."""
        address = f"manager-{uuid.uuid4().hex}@example.org"
        return self.make.session(self.make.account(Role.MANAGER, email=address))

    def letter(self, email: str) -> str:
        """Have the worker write what is due, and return the text of the letter to somebody."""

        def forget_today() -> None:
            # The portal's own worker has taken the step of today before there was anything to do.
            db.session.query(DailyStep).filter_by(name="referral-follow-ups").delete()

        self.course.write(forget_today)
        settings = self.app.config["PORTAL"]
        self.course.read(lambda: follow_ups_step(settings))
        self.course.read(lambda: deliver_due(transport_of(settings), settings))
        pause, found = Event(), self._letters_to(email)
        for _ in range(PATIENCE):  # the portal's own worker may have taken it a moment before
            if not found:
                pause.wait(0.1)
                found = self._letters_to(email)
        assert found, "no letter was written"
        return found[-1]

    def _letters_to(self, email: str) -> list[str]:
        letters = [text for to, text in map(_text, self._files()) if email in to]
        return [text for text in letters if "/follow-up/" in text]

    def _files(self) -> list[Path]:
        return sorted((self.instance / "mail").glob("*.eml"))


def _text(path: Path) -> tuple[str, str]:
    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    return str(message["To"]), message.get_body(("plain",)).get_content()


@pytest.fixture
def asked(live_portal: LivePortal, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """The live portal's requests."""
    return Asked(live_portal, monkeypatch)


def link_in(letter: str) -> str:
    """Return the path of the link that a letter asks to open."""
    return re.search(r"https?://[^/\s]+(\S*/follow-up/[\w-]+)\s", letter)[1]


def open_as(open_page, live_portal: LivePortal, session: str, **more: object) -> Page:
    page = open_page(**more)
    page.context.add_cookies([{"name": "session", "value": session, "url": live_portal.url}])
    return page


@pytest.mark.parametrize("javascript", [True, False])
def test_a_company_answers_the_letter_and_a_manager_sees_the_disagreement(
    open_page, live_portal, asked, javascript
):
    email = f"owner-{javascript}@shop.example"
    id_ = asked.days_ago(15, *IN_CONTACT, email=email)
    page = open_page(javascript=javascript, width=320)
    page.goto(link_in(asked.letter(email)))

    page.get_by_label("No, nobody got in touch").check()
    page.get_by_role("group", name="Did it help?").get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Save my answers").press("Enter")
    expect(page.get_by_text("Thank you, it is saved")).to_be_visible()
    expect(page.get_by_label("No, nobody got in touch")).to_be_checked()
    page.get_by_role("link", name="I want no more of these letters").click()
    page.get_by_role("button", name="Ask me no more").click()
    expect(page.get_by_text("We do not ask again how your request went.")).to_be_visible()

    manager = open_as(open_page, live_portal, asked.manager())
    manager.goto("/manage/requests?show=disagreements")
    reference = asked.course.read(lambda: db.session.get_one(Referral, id_).reference)
    manager.get_by_role("link", name=re.compile(reference)).click()
    expect(manager.get_by_text("the company says that nobody got in touch")).to_be_visible()
    expect(manager.locator(".timeline")).to_contain_text("The company wants no more letters")
    assert "Ada" not in manager.content()


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_after_an_answer_keep_the_access_rules(
    open_page, axe, live_portal, asked, language, width
):
    early, late = (f"{kind}-{language}-{width}@shop.example" for kind in ("early", "late"))
    asked.days_ago(15, *IN_CONTACT, email=early, language=language)
    id_ = asked.days_ago(185, *COMPLETED, email=late, language=language, shares_with_state=True)
    asked.days_ago(20, *SENT)
    paths = [link_in(asked.letter(early)), link_in(asked.letter(late))]
    assert all(path.startswith(in_language("/follow-up/", language)) for path in paths)

    visitor = open_page(width=width, locale=language, expected_errors=("status of 410",))
    for path in (*paths, f"{paths[0]}/stop", in_language("/follow-up/over", language)):
        visitor.goto(path)
        axe(visitor)
        assert drawn_width(visitor) <= width, path
    session = asked.manager()
    manager = open_as(open_page, live_portal, session, width=width, locale=language)
    for path in (
        "/manage/requests",
        "/manage/requests?show=overdue",
        f"/manage/requests/{id_}",
        "/manage/retention",
        "/manage/unmet-needs",
        "/manage/unmet-needs/group?form=marketing",
    ):
        assert manager.goto(in_language(path, language)).status == 200, path
        axe(manager)
        assert drawn_width(manager) <= width, path
