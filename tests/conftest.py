"""Fixtures for all tests: an empty portal, one with the real catalogue, and a browser for it."""

from __future__ import annotations

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
