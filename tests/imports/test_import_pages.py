"""An import with a preview: what is sent, what is shown, what is written, and by whom."""

from __future__ import annotations

import csv
import io
import json
import stat
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import select

from portal import clock
from portal.accounts.models import AuditEvent
from portal.database import write_unit
from portal.directory.operations import mark_catalogue_changed
from portal.extensions import db
from portal.imports import operations
from portal.imports.models import ImportJob
from tests.directory.stored import generation
from tests.imports.sending import (
    IMPORTS,
    as_csv,
    catalogue_of,
    confirmed,
    files_of,
    previewed,
    program,
    sum_of,
    upload,
    work,
)

MIXED = as_csv(
    [
        program(),
        program(id="massmep-lean", name="Lean, renamed", topics="lean"),
        program(id="broken", delivery="by mail", url="massmep.org"),
        program(id="lost", organization_id="nobody"),
    ]
)


def bump(signed):
    with signed.client.application.app_context(), write_unit():
        mark_catalogue_changed()
        db.session.commit()
        db.session.remove()


def test_what_is_sent_is_previewed_confirmed_and_found(signed, manager):
    before = catalogue_of(signed)

    page = previewed(signed, programs_csv=as_csv([program()]))

    assert sum_of(page) == "Rows read: 1 = 1 added + 0 changed + 0 unchanged + 0 rejected"
    assert "Nothing has been written yet" in page.text
    assert catalogue_of(signed) == before
    page = confirmed(signed, page)
    assert "1 row was added" in page.text
    assert signed.json("/services.json?q=zebra")["results"][0]["slug"] == "massmep-zebra"
    assert signed.get("/services/massmep-zebra").heading == "Zebra striping"
    assert files_of(signed) == []


def test_a_file_with_mixed_errors_says_each_with_line_field_value_and_reason(signed, manager):
    page = previewed(signed, programs_csv=MIXED)

    assert sum_of(page) == "Rows read: 4 = 1 added + 1 changed + 0 unchanged + 2 rejected"
    assert "line 4" in page.text
    assert 'delivery “ by mail ” "by mail" is not a word of this column' in page.text
    assert "organization_id “ nobody ”" in page.text
    path = page.response.request.path
    changed = signed.get(f"{path}?rows=changed")
    assert changed.select_one(".import-changes ins").get_text() == "Lean, renamed"
    assert signed.get(f"{path}?rows=added").select_one(".import-row strong").get_text() == (
        "Zebra striping"
    )


def test_only_good_rows_are_written_and_no_other_is_touched(signed, manager):
    before = {row.id: row for row in catalogue_of(signed).programs}

    page = confirmed(signed, previewed(signed, programs_csv=MIXED))

    after = {row.id: row for row in catalogue_of(signed).programs}
    assert "What this import did" in page.heading
    assert after.keys() - before.keys() == {"massmep-zebra"}
    assert [key for key in before if before[key] != after[key]] == ["massmep-lean"]


def test_rejected_rows_are_downloaded_mended_and_sent_again(signed, manager):
    rows = [program(id="broken", delivery="by mail", cost_note="=2+2", name="Ümlaut")]
    page = previewed(signed, programs_csv=as_csv(rows))
    link = page.select_one(".import-rejected a")["href"]

    answer = signed.client.get(link)
    text = answer.data.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))

    assert "rejected-programs.csv" in answer.headers["Content-Disposition"]
    assert row["reason"].startswith("delivery: ")
    assert row["cost_note"] == "'=2+2"
    mended = text.replace("by mail", "online").encode("utf-8-sig")
    page = confirmed(signed, previewed(signed, rejected__programs_csv=mended))
    found = next(row for row in catalogue_of(signed).programs if row.id == "broken")
    assert (found.delivery, found.cost_note, found.name) == ("online", "=2+2", "Ümlaut")


def test_the_same_file_again_changes_nothing(signed, manager):
    confirmed(signed, previewed(signed, programs_csv=MIXED))
    with signed.client.application.app_context():
        number = generation()
        db.session.remove()

    page = previewed(signed, programs_csv=MIXED)

    assert sum_of(page) == "Rows read: 4 = 0 added + 0 changed + 2 unchanged + 2 rejected"
    assert page.select_one("#confirm") is None
    with signed.client.application.app_context():
        assert generation() == number
        db.session.remove()


def test_an_export_of_the_whole_catalogue_comes_back_unchanged(signed, manager, tmp_path):
    runner = signed.client.application.test_cli_runner()
    runner.invoke(args=["catalog", "export", str(tmp_path / "out")])

    page = previewed(
        signed,
        programs_csv=(tmp_path / "out" / "programs.csv").read_bytes(),
        organizations_csv=(tmp_path / "out" / "organizations.csv").read_bytes(),
    )

    assert sum_of(page) == "Rows read: 327 = 0 added + 0 changed + 327 unchanged + 0 rejected"
    assert "There is nothing to write" in page.text
    assert (
        len(signed.get(f"{page.response.request.path}?rows=unchanged&page=7").select(".import-row"))
        == 27
    )


def test_a_workbook_is_read_sheet_by_sheet(signed, manager):
    book, data = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.title = "programs"
    row = program(min_employees="10")
    sheet.append(list(row))
    sheet.append([int(cell) if cell == "10" else cell for cell in row.values()])
    book.create_sheet("Notes").append(["read me"])
    book.save(data)

    page = previewed(signed, book_xlsx=data.getvalue())

    assert sum_of(page).startswith("Rows read: 1 = 1 added")
    assert "book.xlsx: Notes" in page.text


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "windows-1252"])
def test_the_encoding_is_found_and_shown(signed, manager, codec):
    page = previewed(signed, programs_csv=as_csv([program(name="Café São")], codec))

    assert page.select_one(".import-row strong").get_text() == "Café São"
    assert "programs.csv was read as" in page.text


def test_a_wrong_guess_of_the_encoding_is_changed(signed, manager):
    page = previewed(signed, programs_csv=as_csv([program(name="Café")]))
    path = page.response.request.path

    signed.send_from(page, path, form="details form", encoding="windows-1252")
    work(signed)

    assert signed.get(path).select_one(".import-row strong").get_text() == "CafÃ©"


def test_columns_that_nobody_knows_are_named(signed, manager):
    page = previewed(signed, programs_csv=as_csv([{**program(), "mascot": "zebra"}]))

    assert "mascot" in page.select_one(".import-ignored").get_text()


def test_a_catalogue_that_changed_after_the_preview_gives_a_new_preview(signed, manager):
    page = previewed(signed, programs_csv=as_csv([program()]))
    before = catalogue_of(signed)
    bump(signed)

    page = confirmed(signed, page)

    assert "catalogue has changed meanwhile" in page.text
    assert catalogue_of(signed) == before
    assert "1 row was added" in confirmed(signed, page).text


def test_a_catalogue_that_changes_before_the_worker_comes_gives_a_new_preview(signed, manager):
    page = previewed(signed, programs_csv=as_csv([program()]))
    path = page.response.request.path
    signed.send_from(page, path, form="#confirm")
    bump(signed)

    work(signed)

    assert "catalogue has changed meanwhile" in signed.get(path).text


def test_who_confirmed_what_is_in_the_trail_and_anybody_who_may_import_can(signed, make, manager):
    page = previewed(signed, programs_csv=as_csv([program()]))
    other = make.administrator()
    signed.sign_in(other)
    page = signed.get(page.response.request.path)

    confirmed(signed, page)

    with signed.client.application.app_context():
        events = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
        assert [(event.action, event.actor_label) for event in events] == [
            ("import:start", manager.email),
            ("import:confirm", other.email),
        ]
        assert json.loads(events[1].details)["counts"]["added"] == 1
        db.session.remove()


def test_progress_is_shown_while_the_worker_has_not_come(signed, manager):
    answer = upload(signed, programs_csv=as_csv([program()]))

    page = signed.get(answer.location)

    assert page.select_one("progress")
    assert page.select_one("noscript meta[http-equiv=refresh]")


def test_the_files_are_kept_where_only_the_portal_reads_and_for_a_week(
    signed, manager, monkeypatch
):
    answer = upload(signed, programs_csv=as_csv([program()]))
    (path,) = files_of(signed)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    work(signed)

    later = clock.now() + operations.KEPT + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    work(signed)

    assert files_of(signed) == []
    signed.sign_in(signed.make.manager())
    assert signed.get(answer.location).status == 404


@pytest.mark.parametrize("died", [1, operations.MOST_ATTEMPTS])
def test_a_job_whose_worker_died_is_taken_up_again_or_given_up(signed, manager, died):
    answer = upload(signed, programs_csv=as_csv([program()]))
    with signed.client.application.app_context(), write_unit():
        job = db.session.scalars(select(ImportJob)).one()
        job.attempts, job.leased_until = died, clock.now() + timedelta(seconds=30)
        db.session.commit()
        db.session.remove()
    assert work(signed) == 0

    with signed.client.application.app_context(), write_unit():
        db.session.scalars(select(ImportJob)).one().leased_until = clock.now()
        db.session.commit()
        db.session.remove()
    work(signed)

    page = signed.get(answer.location)
    assert ("stopped three times" in page.text) == (died == operations.MOST_ATTEMPTS)
    assert ("What this import would do" in page.text) == (died == 1)


def test_an_import_can_be_thrown_away(signed, manager):
    page = previewed(signed, programs_csv=as_csv([program()]))

    answer = signed.send_from(page, "", form="form[action$=discard]")

    assert answer.location == IMPORTS
    assert files_of(signed) == []
    assert signed.get(page.response.request.path).status == 404
