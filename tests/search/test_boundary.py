"""Pages and feeds ask search through its protocol and nothing else."""

from __future__ import annotations

from typing import Protocol

import pytest

from portal.search.index import EXTENSION, SnapshotIndex
from portal.search.searcher import Searcher
from tests.test_architecture import FILES, imports, matches, name_of

BEHIND = ("engine", "evaluation", "snapshot", "finding", "side_by_side", "highlighting")


class OnlyTheProtocol:
    """A searcher that shows what the protocol names; anything else is an AttributeError."""

    def __init__(self, behind: object, protocol: type[Protocol]) -> None:
        names = {name for name in vars(protocol) if not name.startswith("_")}
        for name in names:
            value = getattr(behind, name)
            setattr(self, name, OnlyContents(value) if name == "snapshot" else value)


class OnlyContents:
    """The contents of a searcher: its documents and their generation."""

    def __init__(self, snapshot: object) -> None:
        self.generation, self.documents = snapshot.generation, snapshot.documents


class AnotherIndex(SnapshotIndex):
    def refresh(self):
        return OnlyTheProtocol(super().refresh(), Searcher)


@pytest.mark.parametrize(
    "address",
    [
        "/services?q=cnc+training&near=01608",
        "/services?q=xyzzy",
        "/services.json?q=cnc&form=workforce-training",
        "/feeds/services.atom?q=cnc",
        "/regions",
        "/ready",
    ],
)
def test_whatever_implements_the_protocol_serves_the_same_pages(
    catalogue_app, browser, monkeypatch, address
):
    own = browser.client.get(address)

    monkeypatch.setitem(catalogue_app.extensions, EXTENSION, AnotherIndex())
    answer = browser.client.get(address)

    assert answer.status_code == 200
    assert answer.get_data() == own.get_data()


@pytest.mark.parametrize("path", [f for f in FILES if f.name == "views.py"], ids=name_of)
def test_no_view_knows_what_is_behind_the_protocol(path):
    for module, _ in imports(path):
        assert not any(matches(module, f"portal.search.{name}") for name in BEHIND), module
