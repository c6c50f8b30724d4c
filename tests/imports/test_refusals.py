"""What imports refuse: bombs, too much at once, what cannot be read, and whoever may not."""

from __future__ import annotations

import io

import pytest

from portal.permissions import Role
from tests.directory.catalogues import dump_of
from tests.imports.sending import (
    IMPORTS,
    as_csv,
    as_zip,
    files_of,
    previewed,
    program,
    upload,
)

BOMBS = {
    "bomb.zip": as_zip({"programs.csv": bytes(5_000_000)}),
    "many.zip": as_zip({f"{n}.csv": b"" for n in range(501)}),
    "nested.zip": as_zip({"a.zip": as_zip({"b.csv": "id"})}),
    "book.xlsx": as_zip({"xl/workbook.xml": bytes(5_000_000)}),
    "broken.zip": b"PK\x03\x04 and no more",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_at_the_door_and_not_kept(signed, manager, name):
    answer = upload(signed, **{name.replace(".", "_"): BOMBS[name]})

    assert answer.status_code == 400
    assert "Not taken" in answer.get_data(as_text=True)
    assert files_of(signed) == []


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(signed, manager):
    answer = signed.client.post(
        IMPORTS,
        input_stream=io.BytesIO(b"--x\r\n"),
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": "200000000"},
    )

    assert answer.status_code == 413
    assert "too large" in answer.get_data(as_text=True)


def test_a_file_that_the_portal_takes_nowhere_else_is_taken_here(signed, manager):
    rows = [program(id=f"massmep-zebra-{n}", description="x" * 2_000) for n in range(1_000)]

    answer = upload(signed, programs_csv=as_csv(rows))

    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("notes_csv", b"title\nhello\n", "No file holds organizations or programs"),
        ("programs_csv", b'id,forms\n"a', "never closed"),
        ("programs_csv", b"id;forms;name\n", "separate the cells with commas"),
        ("old_xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file"),
        ("data_json", b"[" * 100_000, "not valid JSON"),
        ("data_json", b'{"id": {"id": 1}}', "no services or organizations"),
    ],
)
def test_what_cannot_be_read_is_refused_in_plain_words(signed, manager, name, data, words):
    page = previewed(signed, **{name: data})

    assert page.heading == "Import refused"
    assert words in page.text


def test_sending_nothing_asks_for_a_file(signed, manager):
    answer = upload(signed)

    assert answer.status_code == 400
    assert "Choose at least one file." in answer.get_data(as_text=True)


def test_a_form_without_its_token_is_refused(signed, manager):
    data = {"files": (io.BytesIO(as_csv([program()])), "programs.csv")}

    assert signed.client.post(IMPORTS, data=data).status_code == 400


@pytest.mark.parametrize("role", [None, Role.STAFF])
def test_nobody_else_imports_and_nothing_is_written(signed, make, manager, role):
    page = previewed(signed, programs_csv=as_csv([program()]))
    path = page.response.request.path
    signed.sign_out()
    if role is not None:
        signed.sign_in(make.staff())
    before = dump_of(signed.client.application)

    for method, address in [
        ("get", IMPORTS),
        ("post", IMPORTS),
        ("get", path),
        ("get", f"{path}/rejected/0.csv"),
        ("post", f"{path}/confirm"),
        ("post", f"{path}/encoding"),
        ("post", f"{path}/discard"),
    ]:
        answer = getattr(signed.client, method)(address)
        assert answer.status_code in ((400, 403) if role else (302, 400)), address

    assert dump_of(signed.client.application) == before
