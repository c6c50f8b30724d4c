"""Journeys that change the catalogue have a portal of their own, so that others can count on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journeys.live_portal import LivePortal, started_portal


@pytest.fixture(scope="session")
def live_portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LivePortal]:
    """The real portal with the catalogue that ships with it, for the journeys that change it."""
    with started_portal(tmp_path_factory.mktemp("writing") / "instance") as portal:
        yield portal
