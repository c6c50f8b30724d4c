"""The pages on which staff and managers keep listings true keep the access rules."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from sqlite3 import connect

import pytest
from sqlalchemy import select

from portal import clock, create_app
from portal.config import Settings
from portal.database import write_unit
from portal.directory.models import Organization, Service
from portal.extensions import db
from portal.upkeep import operations, suggesting
from portal.upkeep.models import LinkCheck
from tests.factories import Make
from tests.journeys.addresses import in_language
from tests.journeys.live_portal import LivePortal
from tests.journeys.looking import drawn_width

PAGES = ("/staff/suggestions", "/manage/call-list", "/manage/contacts", "/manage/ladder")
WRITTEN = ("suggestion", "contact", "link_check", "account_session", "account")


@pytest.fixture
def session(live_portal: LivePortal) -> Iterator[str]:
    """A manager who is signed in, with something to do on each page."""
    app = create_app(Settings(instance=live_portal.instance, testing=True))
    make = Make(app)
    session = make.session(make.manager())
    now = clock.now()
    with app.app_context(), write_unit():
        operations.add_contact(
            db.session.scalar(select(Organization).where(Organization.slug == "massmep")),
            email="contact.with.a.long.address@manufacturing.example.org",
            name="Ann Baker",
            language="en",
            is_alternate=True,
            takes_requests=True,
            now=now,
            by=None,
        )
        service = db.session.scalar(select(Service).where(Service.slug == "massmep-lean"))
        for field, after, note in (
            ("fees_description", "Free for shops below 50 people.", "See our page."),
            ("status", "inactive", ""),
            ("other", "", "Wrong city"),
        ):
            suggesting.suggest(service, field=field, after=after, note=note, now=now)
        db.session.add(
            LinkCheck(
                url=service.url,
                host="massmep.org",
                outcome="broken",
                detail="404",
                failures=0,
                checked_at=now,
                due_at=now,
                leased_until=None,
            )
        )
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    yield session
    with closing(connect(live_portal.instance / "portal.sqlite3", timeout=10)) as database:
        for table in WRITTEN:
            where = " where role = 'manager'" if table == "account" else ""
            database.execute(f"delete from {table}{where}")  # noqa: S608  names of our own
        database.commit()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", [1280, 320])
def test_pages_of_upkeep_keep_the_access_rules(
    open_page, axe, live_portal, session, language, width
):
    page = open_page(width=width, locale=language)
    page.context.add_cookies([{"name": "session", "value": session, "url": live_portal.url}])

    for path in PAGES:
        assert page.goto(in_language(path, language)).status == 200, path
        axe(page)
        assert drawn_width(page) <= width, path
