"""Fixtures of imports: somebody who may import."""

from __future__ import annotations

import pytest


@pytest.fixture
def manager(signed, make):
    """Somebody who may import, signed in."""
    person = make.manager()
    signed.sign_in(person)
    return person
