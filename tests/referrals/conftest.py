"""What tests of referrals share: a calendar, and requests that were entered."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from portal import clock, create_app
from portal.config import Settings
from portal.extensions import db
from portal.referrals.business_days import Calendar
from portal.referrals.calendars import calendar_of
from portal.search.engine import Engine
from portal.search.index import EXTENSION as SEARCH
from portal.search.index import SnapshotIndex, search_index
from portal.wizard.index import EXTENSION as WIZARD
from portal.wizard.index import Programs, WizardIndex, wizard_index
from tests.conftest import NOON
from tests.referrals.clockwork import Clockwork
from tests.referrals.courses import Course
from tests.referrals.owning import Owner


@pytest.fixture
def calendar(tmp_path) -> Calendar:
    """The calendar of Massachusetts."""
    return calendar_of(Settings(instance=tmp_path, testing=True))


@pytest.fixture
def owner(writable_app) -> Owner:
    """Somebody who asks on the web, without an account."""
    return Owner(writable_app)


@pytest.fixture(scope="session")
def first_look(filled_database, tmp_path_factory) -> tuple[Engine, Programs]:
    """What search and wizard know of the catalogue as it ships, read once for all tests."""
    folder = tmp_path_factory.mktemp("look")
    shutil.copy(filled_database, folder / "portal.sqlite3")
    app = create_app(Settings(instance=folder, testing=True))
    with app.app_context():
        found = search_index().refresh(), wizard_index().refresh()
        db.session.remove()
    return found


@pytest.fixture
def writable_app(writable_app, first_look):
    """The same portal, which need not read the catalogue again: most of a page's time."""
    search, wizard = SnapshotIndex(), WizardIndex()
    search._engine, wizard._programs = first_look
    writable_app.extensions[SEARCH], writable_app.extensions[WIZARD] = search, wizard
    return writable_app


@pytest.fixture
def clockwork(writable_app, monkeypatch) -> Clockwork:
    """A writable portal whose clock stands at a Monday morning in March."""
    return Clockwork(writable_app, monkeypatch)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[..., datetime]:
    """Set the clock to so many days after noon of 12 March 2026."""

    def set_clock(days: int = 0) -> datetime:
        moment = NOON + timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda: moment)
        return moment

    set_clock()
    return set_clock


@pytest.fixture
def course(writable_app: Flask, at) -> Course:
    """What has happened to the requests of a writable portal, whose clock stands at noon."""
    return Course(writable_app)
