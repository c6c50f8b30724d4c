"""An import is written in parts: others write between them, and one that breaks off goes on."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from portal import clock
from portal.accounts.models import AuditEvent
from portal.database import write_unit
from portal.directory import writing_rows
from portal.directory.operations import store_rows
from portal.extensions import db
from portal.imports import jobs
from portal.imports.models import CONFIRMED, DONE, READY, ImportJob
from portal.listings.content import SERVICE_COLUMNS
from portal.listings.models import ListingRevision
from tests.imports.sending import as_csv, catalogue_of, confirmed, previewed, program, sum_of, work

ROWS = [
    program(id="massmep-lean", name="Lean, renamed", pathway_next="zebra-2"),
    program(id="zebra-1", topics="stripes", pathway_next="zebra-2|massmep-lean"),
    program(id="zebra-2", name="Second zebra", topics="stripes"),
]
PARTS = 6  # three of programs, three of what comes next after them


@pytest.fixture(autouse=True)
def row_by_row(monkeypatch):
    """Let each part be of one row, and nobody wait."""
    monkeypatch.setattr(writing_rows, "AT_ONCE", 1)
    monkeypatch.setattr(jobs.time, "sleep", lambda _: None)


@pytest.fixture
def confirm(signed, manager):
    """Confirms an import of ROWS; returns the address of its page."""
    page = previewed(signed, programs_csv=as_csv(ROWS))
    path = page.response.request.path
    signed.send_from(page, path, form="#confirm")
    return path


def between(monkeypatch, act):
    """Do something before each part is written; `act` is told how many parts are."""
    parts = iter(range(1_000))
    monkeypatch.setattr(jobs.time, "sleep", lambda _: act(next(parts)))


def job(signed) -> ImportJob:
    with signed.client.application.app_context():
        found = db.session.scalars(select(ImportJob)).one()
        db.session.expunge(found)
        db.session.remove()
    return found


def versions(signed) -> list[tuple[str, int, str, str]]:
    """Return name, number, author and reason of all versions."""
    with signed.client.application.app_context():
        query = select(ListingRevision).order_by(ListingRevision.number)
        found = [
            (r.content["id"], r.number, r.author_label, r.reason) for r in db.session.scalars(query)
        ]
        db.session.remove()
    return sorted(found)


def rows_of(signed):
    return {row.id: row for row in catalogue_of(signed).programs}


def store(signed, row):
    """Change a listing as the editor does."""
    with signed.client.application.app_context(), write_unit():
        store_rows([row], state_code="MA", now=clock.now())
        db.session.commit()
        db.session.remove()


VERSIONS = [
    ("massmep-lean", 0, "", ""),
    ("massmep-lean", 1, "Manager Person", "Import of programs.csv"),
    ("zebra-1", 0, "Manager Person", "Import of programs.csv"),
    ("zebra-2", 0, "Manager Person", "Import of programs.csv"),
]


def test_each_row_that_is_written_is_a_version_by_whoever_imported_it(signed, confirm):
    work(signed)

    assert versions(signed) == VERSIONS
    history = signed.get("/staff/services/massmep-lean/history/1")
    assert "Import of programs.csv" in history.text
    assert any("renamed" in ins.get_text() for ins in history.select("ins"))


def test_what_an_import_changed_is_gone_back_to(signed, confirm):
    before = rows_of(signed)["massmep-lean"]
    work(signed)

    signed.send("/staff/services/massmep-lean/history/0", form="form[action$=restore]")

    after = rows_of(signed)["massmep-lean"]
    for column in SERVICE_COLUMNS:
        if column != "alternate_name":  # the name of the import is kept among them
            assert getattr(after, column) == getattr(before, column), column


def test_an_import_that_is_sent_again_writes_no_version(signed, confirm):
    work(signed)

    page = previewed(signed, programs_csv=as_csv(ROWS))

    assert sum_of(page) == "Rows read: 3 = 0 added + 0 changed + 3 unchanged + 0 rejected"
    assert versions(signed) == VERSIONS


def test_a_change_by_the_editor_and_an_import_after_it_follow_each_other(signed, confirm):
    work(signed)
    again = [{**ROWS[0], "name": "Lean, once more"}]

    confirmed(signed, previewed(signed, programs_csv=as_csv(again)))

    assert [number for name, number, *_ in versions(signed) if name == "massmep-lean"] == [0, 1, 2]


@pytest.mark.parametrize("part", range(PARTS))
def test_an_import_that_broke_off_goes_on_and_nothing_is_written_twice(
    signed, confirm, monkeypatch, part
):
    whole, calls = jobs.write_part, iter(range(1_000))

    def break_off(*args, **kwargs):
        whole(*args, **kwargs)
        if next(calls) == part:
            raise OperationalError("", {}, sqlite3.OperationalError("disk I/O error"))

    monkeypatch.setattr(jobs, "write_part", break_off)
    with pytest.raises(OperationalError):
        work(signed)
    broken_off = job(signed)
    assert (broken_off.state, broken_off.written) == (CONFIRMED, min(part, 3))
    assert work(signed) == 0  # until its lease is over

    later = clock.now() + timedelta(minutes=3)
    monkeypatch.setattr(clock, "now", lambda: later)
    work(signed)

    assert (job(signed).state, job(signed).written) == (DONE, 3)
    after = rows_of(signed)
    assert after["massmep-lean"].pathway_next == ("zebra-2",)
    assert after["zebra-1"].pathway_next == ("zebra-2", "massmep-lean")
    assert after["zebra-2"].topics == ("stripes",)
    assert versions(signed) == VERSIONS


def test_an_import_that_is_given_up_in_the_middle_says_how_far_it_came(
    signed, manager, confirm, monkeypatch
):
    def fault(part):
        if part == 2:
            raise RuntimeError("made up")

    between(monkeypatch, fault)

    work(signed)

    signed.sign_in(manager)
    page = signed.get(confirm)
    assert page.heading == "Import stopped"
    assert "2 rows of 3 were written" in page.text
    found = {result["slug"] for result in signed.json("/services.json?q=zebra")["results"]}
    assert found == {"massmep-lean", "zebra-1"}  # searches see what is there
    page = previewed(signed, programs_csv=as_csv(ROWS))
    assert sum_of(page) == "Rows read: 3 = 1 added + 2 changed + 0 unchanged + 0 rejected"


def test_others_write_between_two_parts_without_waiting(signed, confirm, monkeypatch):
    database = signed.client.application.config["PORTAL"].instance / "portal.sqlite3"
    written = []

    def write(part):
        with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            written.append(part)
            connection.execute("ROLLBACK")

    between(monkeypatch, write)

    work(signed)

    assert written == list(range(PARTS + 1))  # and before the last word


def test_progress_is_kept_with_each_part(signed, confirm, monkeypatch):
    seen = []
    between(monkeypatch, lambda _: seen.append((job(signed).steps_done, job(signed).steps_of)))

    work(signed)

    assert seen[1:] == [(1, 3), (2, 3), (3, 3), (3, 3), (3, 3), (3, 3)]


def test_the_page_shows_how_many_rows_of_how_many_are_written(signed, manager, confirm):
    with signed.client.application.app_context(), write_unit():
        found = db.session.scalars(select(ImportJob)).one()
        found.step, found.steps_done, found.steps_of = "writing", 4_400, 10_000
        db.session.commit()
        db.session.remove()

    page = signed.get(confirm)

    assert "Writing the rows · 4,400 of 10,000" in page.text
    assert page.select_one("progress")["value"] == "4400"
    assert page.select_one("#said[role=status]").get_text() == "Writing the rows: 40 %"
    assert page.select_one("noscript meta[http-equiv=refresh]")


def test_somebody_who_changes_another_listing_meanwhile_does_not_stop_it(
    signed, confirm, monkeypatch
):
    other = rows_of(signed)["gbmp-consulting"]

    def edit(part):
        if part == 2:
            store(signed, replace(other, name="Edited meanwhile"))

    between(monkeypatch, edit)

    work(signed)

    assert job(signed).state == DONE
    assert rows_of(signed)["gbmp-consulting"].name == "Edited meanwhile"
    assert versions(signed) == VERSIONS


def test_a_listing_that_somebody_changed_meanwhile_is_not_written_over(
    signed, manager, confirm, monkeypatch
):
    lean = rows_of(signed)["massmep-lean"]

    def edit(part):
        if part == 0:
            store(signed, replace(lean, phone="617-555-0199"))

    between(monkeypatch, edit)

    work(signed)

    assert rows_of(signed)["massmep-lean"].phone == "617-555-0199"
    assert job(signed).state == READY
    page = signed.get(confirm)
    assert "catalogue has changed meanwhile" in page.text
    assert "Nothing was written." in page.text


def test_what_was_written_before_such_a_change_is_told(signed, manager, monkeypatch):
    page = previewed(signed, programs_csv=as_csv([ROWS[2], ROWS[0]]))
    path = page.response.request.path
    signed.send_from(page, path, form="#confirm")
    lean = rows_of(signed)["massmep-lean"]

    def edit(part):
        if part == 1:
            store(signed, replace(lean, phone="617-555-0199"))

    between(monkeypatch, edit)
    work(signed)

    page = signed.get(path)
    assert "1 row was written before that." in page.text
    assert "Nothing has been written yet" not in page.text
    assert sum_of(page) == "Rows read: 2 = 0 added + 1 changed + 1 unchanged + 0 rejected"
    assert "zebra-2" in rows_of(signed)
    assert rows_of(signed)["massmep-lean"].phone == "617-555-0199"
    with signed.client.application.app_context():
        actions = Counter(db.session.scalars(select(AuditEvent.action)))
        db.session.remove()
    assert actions == {"import:start": 1, "import:break-off": 1}


def test_one_import_is_written_at_a_time(signed, confirm):
    page = previewed_without_writing(signed)
    with signed.client.application.app_context(), write_unit():
        first, second = db.session.scalars(select(ImportJob).order_by(ImportJob.created_at))
        first.leased_until = clock.now() + timedelta(minutes=1)  # another worker has it
        second.state, second.confirmed_by = CONFIRMED, second.created_by
        db.session.commit()
        db.session.remove()

    taken = work(signed)

    assert page is not None
    assert taken == 0


def previewed_without_writing(signed):
    """Send a second file while the first import waits to be written."""
    with signed.client.application.app_context(), write_unit():
        db.session.scalars(select(ImportJob)).one().leased_until = clock.now() + timedelta(hours=1)
        db.session.commit()
        db.session.remove()
    return previewed(signed, programs_csv=as_csv([program(id="zebra-9")]))
