"""The database is the truth: what it says now is what the next search finds."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.database import write_unit
from portal.directory.models import Service
from portal.directory.operations import load_catalog, mark_catalogue_changed
from portal.extensions import db
from portal.search.index import SnapshotIndex, search_index
from portal.search.query import SearchQuery
from tests.conftest import DATA, NOON, make_app


@pytest.fixture
def filled(tmp_path) -> Flask:
    """A portal of its own with the real catalogue, for changing it."""
    app = make_app(tmp_path)
    with app.app_context(), write_unit():
        load_catalog(DATA, state_code="MA", now=NOON)
        db.session.commit()
        db.session.remove()
    return app


def found(app: Flask, text: str) -> list[str]:
    with app.app_context():
        page = search_index().search(SearchQuery(text=text))
        db.session.remove()
    return [hit.slug for hit in page.hits]


def change(app: Flask, slug: str, **values: str) -> None:
    with app.app_context(), write_unit():
        db.session.execute(update(Service).where(Service.slug == slug).values(**values))
        mark_catalogue_changed()
        db.session.commit()
        db.session.remove()


def test_a_changed_listing_is_in_the_next_search(filled):
    assert found(filled, "zymurgy") == []

    change(filled, "massmep-lean", description="Lean coaching for breweries and zymurgy.")

    assert found(filled, "zymurgy") == ["massmep-lean"]


def test_an_unpublished_listing_is_in_no_search_and_has_no_page(filled):
    assert "massmep-lean" in found(filled, "lean")

    change(filled, "massmep-lean", status="inactive")

    assert "massmep-lean" not in found(filled, "lean")
    assert filled.test_client().get("/services/massmep-lean").status_code == 404
    assert filled.test_client().get("/services.json").get_json()["total"] == 207


def test_another_process_sees_the_change_too(filled):
    """Two indexes stand for two processes: each keeps a snapshot of its own."""
    first, second = SnapshotIndex(), SnapshotIndex()
    with filled.app_context():
        before = [index.refresh().snapshot for index in (first, second)]
        db.session.remove()

    change(filled, "massmep-lean", name="Zymurgy")

    with filled.app_context():
        for index, old in zip((first, second), before, strict=True):
            assert index.refresh().snapshot is not old
            assert index.search(SearchQuery(text="zymurgy")).total == 1


def test_an_unchanged_catalogue_keeps_its_snapshot(filled):
    with filled.app_context():
        assert search_index().refresh() is search_index().refresh()


def test_an_empty_portal_answers_every_search_with_nothing(app):
    client = app.test_client()

    assert client.get("/services.json?q=lean").get_json()["total"] == 0
    assert client.get("/services?q=lean").status_code == 200
    assert client.get("/").status_code == 200


def test_a_listing_that_vanished_after_the_snapshot_is_dropped_from_the_page(filled):
    with filled.app_context():
        search_index().refresh()
        with write_unit():
            db.session.rollback()
            service = db.session.scalar(select(Service).where(Service.slug == "massmep-lean"))
            service.status = "inactive"
            db.session.commit()
        db.session.remove()

    results = filled.test_client().get("/services.json?q=lean").get_json()["results"]

    assert "massmep-lean" not in [result["slug"] for result in results]
