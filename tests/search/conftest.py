"""Fixtures for tests of search: an engine over the real catalogue."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.extensions import db
from portal.search import queries
from portal.search.engine import Engine, assemble


@pytest.fixture(scope="session")
def real_engine(catalogue_app: Flask) -> Engine:
    """An engine over the real catalogue."""
    with catalogue_app.app_context():
        catalogue = queries.catalogue()
        db.session.remove()
    return assemble(catalogue)
