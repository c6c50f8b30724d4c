"""Fixtures of the directory's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from portal.extensions import db


@pytest.fixture
def empty_context(app: Flask) -> Iterator[Flask]:
    """The app context of an empty portal."""
    with app.app_context():
        yield app
        db.session.remove()
