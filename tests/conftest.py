"""Fixtures for all tests: an empty portal, one with the real catalogue, and a browser for it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask

from portal import create_app
from portal.config import Settings
from portal.database import write_unit
from portal.directory.operations import load_catalog
from portal.extensions import db
from tests.browser import Browser
from tests.factories import Make
from tests.signed_browser import SignedBrowser

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "portal" / "data"
NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)


def make_app(folder: Path, **settings: object) -> Flask:
    """Return a portal on an empty, migrated SQLite database in a folder."""
    app = create_app(Settings(instance=folder, testing=True, **settings))
    with app.app_context(), write_unit():
        flask_migrate.upgrade()
        db.session.remove()
    return app


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """A portal without any listing."""
    return make_app(tmp_path)


@pytest.fixture(scope="session")
def catalogue_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A portal with the real catalogue; for reading only."""
    app = make_app(tmp_path_factory.mktemp("catalogue"))
    with app.app_context(), write_unit():
        load_catalog(DATA, state_code="MA", now=NOON)
        db.session.commit()
        db.session.remove()
    return app


@pytest.fixture(scope="session")
def filled_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the real catalogue, to be copied by tests that write."""
    folder = tmp_path_factory.mktemp("filled")
    app = make_app(folder)
    with app.app_context(), write_unit():
        load_catalog(DATA, state_code="MA", now=NOON)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()  # the last connection to close empties the write-ahead log
    return folder / "portal.sqlite3"


@pytest.fixture
def writable_app(filled_database: Path, tmp_path: Path) -> Flask:
    """A portal of its own with the real catalogue, for a test that writes."""
    shutil.copy(filled_database, tmp_path / "portal.sqlite3")
    return create_app(Settings(instance=tmp_path, testing=True))


@pytest.fixture
def make(writable_app: Flask) -> Make:
    """Makes accounts and the like in the writable portal."""
    return Make(writable_app)


@pytest.fixture
def signed(writable_app: Flask, make: Make) -> SignedBrowser:
    """A browser on the writable portal that can sign people in."""
    return SignedBrowser(writable_app, make)


@pytest.fixture
def browser(catalogue_app: Flask) -> Browser:
    """A browser on the portal with the real catalogue."""
    return Browser(catalogue_app)


@pytest.fixture
def context(catalogue_app: Flask) -> Iterator[Flask]:
    """The app context of the portal with the real catalogue."""
    with catalogue_app.app_context():
        yield catalogue_app
        db.session.remove()
