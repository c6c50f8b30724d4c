"""Fixtures for upkeep: a clock that is set, confirmed listings, a link that was mailed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.database import write_unit
from portal.directory.models import Organization, Service
from portal.extensions import db
from portal.upkeep import operations
from portal.upkeep.models import CONFIRM
from tests.conftest import NOON

TODAY = NOON.date()


class Upkeep:
    """Does in one call what a test needs to have happened before."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def write(self, change: Callable[[], object]) -> object:
        """Change something in a transaction of its own."""
        with self.app.app_context(), write_unit():
            result = change()
            db.session.commit()
            db.session.remove()
        return result

    def read(self, question: Callable[[], object]) -> object:
        with self.app.app_context():
            result = question()
            db.session.remove()
        return result

    def service(self, slug: str) -> Service:
        return self.read(lambda: db.session.scalar(select(Service).where(Service.slug == slug)))

    def confirmed(self, slug: str, days_ago: int) -> None:
        """Have a listing confirmed so many days before today."""

        def change() -> None:
            service = db.session.scalar(select(Service).where(Service.slug == slug))
            service.assured_date = clock.today() - timedelta(days=days_ago)
            service.assurer_email = "somebody@example.org"

        self.write(change)

    def contact(self, email: str = "contact@example.org", *, of: str = "massmep", **more) -> None:
        """Add a contact of an organization."""

        def change() -> None:
            operations.add_contact(
                db.session.scalar(select(Organization).where(Organization.slug == of)),
                email=email,
                name=more.get("name", ""),
                language=more.get("language", "en"),
                is_alternate=more.get("is_alternate", False),
                takes_requests=False,
                now=clock.now(),
                by=None,
            )

        self.write(change)

    def link(self, email: str = "contact@example.org", *, of: str = "massmep") -> str:
        """Make a link to confirm and return its token."""

        def change() -> str:
            found = db.session.scalar(select(Organization).where(Organization.slug == of))
            return operations.make_link(found.id, email=email, purpose=CONFIRM, now=clock.now())

        return self.write(change)

    def rows(self) -> dict[str, list[tuple]]:
        """Return every row of every table, to be compared."""

        def question() -> dict[str, list[tuple]]:
            return {
                table.name: sorted(map(repr, db.session.execute(select(table)).all()))
                for table in db.metadata.sorted_tables
            }

        return self.read(question)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[..., datetime]:
    """Set the clock to so many days after noon."""

    def set_clock(days: int = 0) -> datetime:
        moment = NOON + timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda: moment)
        return moment

    set_clock()
    return set_clock


@pytest.fixture
def upkeep(writable_app: Flask, at) -> Upkeep:
    """What has happened to the listings of a writable portal, whose clock stands at noon."""
    return Upkeep(writable_app)


def day(days_ago: int) -> date:
    return TODAY - timedelta(days=days_ago)
