"""Demand is counted by the search page alone, by everybody at once, and never breaks a search."""

from __future__ import annotations

import multiprocessing
import sqlite3
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError
from structlog.testing import capture_logs

from portal.database import write_unit
from portal.directory.operations import load_catalog
from portal.extensions import db
from portal.search import operations
from portal.search.demand import Demand
from portal.search.models import SearchDemand
from tests.conftest import DATA, NOON, make_app

DAY = date(2026, 3, 12)
WANTED = Demand("anodizing titanium", "cost=loan", "central", "zero")
PROCESSES, TIMES = 2, 40


@pytest.fixture
def filled(tmp_path: Path) -> Flask:
    """A portal of its own with the real catalogue, for counting in."""
    app = make_app(tmp_path)
    with app.app_context(), write_unit():
        load_catalog(DATA, state_code="MA", now=NOON)
        db.session.commit()
        db.session.remove()
    return app


def counted(app: Flask) -> list[tuple[str, str, str, str, int]]:
    with app.app_context():
        rows = db.session.execute(
            select(
                SearchDemand.words,
                SearchDemand.facets,
                SearchDemand.near,
                SearchDemand.kind,
                SearchDemand.count,
            ).order_by(SearchDemand.words, SearchDemand.facets)
        ).all()
        db.session.remove()
    return [tuple(row) for row in rows]


def record(app: Flask, demand: Demand, times: int = 1) -> None:
    for _ in range(times):
        with app.app_context(), write_unit():
            operations.record_demand(demand, day=DAY)
            db.session.commit()
            db.session.remove()


def test_a_search_that_finds_nothing_is_counted_and_the_order_of_words_does_not_matter(filled):
    client = filled.test_client()

    assert client.get("/services?q=xylophone+zither").status_code == 200
    assert client.get("/es/services?q=Zither,+XYLOPHONE").status_code == 200

    assert counted(filled) == [("xylophone zither", "", "", "zero", 2)]


def test_filters_and_the_regions_of_a_zip_are_counted_but_never_the_zip(filled):
    client = filled.test_client()

    client.get("/services?q=xylophone&near=01608&region=central&cost=loan")

    assert counted(filled) == [("xylophone", "cost=loan;region=central", "central", "zero", 1)]
    with filled.app_context():
        rows = db.session.execute(text("select * from search_demand")).all()
        assert "01608" not in str(rows)


def test_one_or_two_results_are_counted_as_nearly_none(filled):
    client = filled.test_client()
    query = "q=AS9100&form=process-improvement&cost=fee&level=point-solution&delivery=on-site"
    total = client.get(f"/services.json?{query}").get_json()["total"]
    assert 1 <= total <= 2

    client.get(f"/services?{query}")

    assert [row[3:] for row in counted(filled)] == [("near-zero", 1)]


def test_what_is_no_search_in_vain_of_a_person_is_not_counted(filled):
    client = filled.test_client()

    client.get("/services?q=lean")
    for address in ("/services.json", "/suggestions.json", "/feeds/services.atom"):
        client.get(f"{address}?q=xylophone")
    client.head("/services?q=xylophone")
    for query in ("q=xylophone&form=nonsense", "q=xylophone&page=2", "near=01608"):
        client.get(f"/services?{query}")
    client.get("/services?q=me%40home.example")
    for purpose in ("prefetch", "prefetch;prerender"):
        client.get("/services?q=xylophone", headers={"Sec-Purpose": purpose})

    assert counted(filled) == []


def test_a_row_knows_the_day_and_nothing_else_of_when_and_who():
    columns = {column.name for column in SearchDemand.__table__.columns}

    assert columns == {"id", "day", "words", "facets", "near", "kind", "count"}


def test_the_same_demand_on_another_day_is_another_row(app):
    record(app, WANTED, times=2)
    with app.app_context(), write_unit():
        operations.record_demand(WANTED, day=date(2026, 3, 13))
        db.session.commit()

    assert sorted(row[4] for row in counted(app)) == [1, 2]


def test_two_processes_that_count_the_same_row_lose_nothing(app):
    fork = multiprocessing.get_context("fork")
    with app.app_context():
        db.engine.dispose()
    workers = [fork.Process(target=record, args=(app, WANTED, TIMES)) for _ in range(PROCESSES)]

    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    assert [worker.exitcode for worker in workers] == [0, 0]
    assert counted(app) == [("anodizing titanium", "cost=loan", "central", "zero", 80)]


def test_a_locked_database_neither_breaks_nor_holds_up_the_page(filled):
    client = filled.test_client()
    client.get("/services?q=lean")  # so that the snapshot is there
    file = Path(filled.instance_path) / "portal.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.perf_counter()
        with capture_logs() as told:
            answer = client.get("/services?q=xylophone")
        took = time.perf_counter() - began
        other.execute("ROLLBACK")

    assert answer.status_code == 200
    assert took < 5  # the usual patience would have been 10 s
    assert counted(filled) == []
    assert told == [
        {"event": "demand not recorded", "error": "OperationalError", "log_level": "warning"}
    ]


def test_after_an_impatient_write_the_connection_is_patient_again(filled):
    filled.test_client().get("/services?q=xylophone")

    with filled.app_context():
        assert db.session.execute(text("PRAGMA busy_timeout")).scalar() == 10_000
        assert db.session.execute(text("PRAGMA query_only")).scalar() == 1


def test_a_database_without_the_table_still_answers_searches(filled):
    with filled.app_context(), write_unit():
        db.session.execute(text("drop table search_demand"))
        db.session.commit()

    assert filled.test_client().get("/services?q=xylophone").status_code == 200


def test_a_full_day_takes_no_new_rows_and_still_counts_the_known_ones(app, monkeypatch):
    monkeypatch.setattr(operations, "MOST_A_DAY", 1)
    record(app, WANTED)

    record(app, Demand("other", "", "", "zero"))
    record(app, WANTED)

    assert counted(app) == [("anodizing titanium", "cost=loan", "central", "zero", 2)]


def test_a_kind_that_is_none_is_refused_by_the_database(app):
    with app.app_context(), write_unit(), pytest.raises(IntegrityError):
        operations.record_demand(Demand("a", "", "", "many"), day=DAY)


def test_postgresql_is_told_to_count_up_in_the_same_statement(app, monkeypatch):
    said = []
    with app.app_context():
        monkeypatch.setattr(db.engine.dialect, "name", "postgresql")
        monkeypatch.setattr(db.session, "scalar", lambda _query: 0)
        monkeypatch.setattr(db.session, "execute", said.append)

        operations.record_demand(WANTED, day=DAY)

    sql = str(said[0].compile(dialect=postgresql.dialect()))
    assert "ON CONFLICT (day, words, facets, near, kind) DO UPDATE SET count =" in sql
    assert "(search_demand.count + " in sql


def test_the_privacy_page_says_so(browser):
    page = browser.get("/privacy")

    assert "finds nothing or almost nothing, we count its words" in page.text
