"""No archive that would unpack to too much, or to more archives, is opened."""

from __future__ import annotations

import io
import struct
import zipfile

import openpyxl
import pytest

from portal.imports.bombs import (
    MAX_ENTRIES,
    MAX_UNPACKED_BYTES,
    Danger,
    DangerousArchiveError,
    check_archive,
)
from portal.imports.reading import Upload, read_uploads
from portal.imports.tables import UnreadableError
from tests.imports.sending import as_zip

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + ']><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row></sheetData>'
    "</worksheet>"
)


def danger_of(path, data: bytes) -> Danger:
    path.write_bytes(data)
    with pytest.raises(DangerousArchiveError) as caught:
        check_archive(path)
    return caught.value.danger


@pytest.fixture
def path(tmp_path):
    return tmp_path / "sent"


def test_an_archive_of_files_is_told_by_their_names(path):
    path.write_bytes(as_zip({"datapackage.json": "{}", "data/services.csv": "id\n"}))

    assert check_archive(path) == ["datapackage.json", "data/services.csv"]


def test_one_that_unpacks_to_too_much_is_refused(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            with archive.open(f"{number}.csv", "w") as file:
                for _ in range(40):
                    file.write(bytes(1_000_000))
    assert sum(entry.file_size for entry in zipfile.ZipFile(path).infolist()) > MAX_UNPACKED_BYTES

    assert danger_of(path, path.read_bytes()) is Danger.UNPACKED


def test_one_that_unpacks_to_far_more_than_its_size_is_refused(path):
    assert danger_of(path, as_zip({"a.csv": bytes(5_000_000)})) is Danger.RATIO


def test_one_of_too_many_files_is_refused(path):
    many = {f"{number}.csv": b"" for number in range(MAX_ENTRIES + 1)}

    assert danger_of(path, as_zip(many)) is Danger.ENTRIES


@pytest.mark.parametrize("name", ["inner.zip", "inner.csv"])
def test_one_that_holds_an_archive_is_refused_whatever_its_name(path, name):
    assert danger_of(path, as_zip({name: as_zip({"a.csv": "id\n"})})) is Danger.NESTED


def test_a_locked_one_is_refused(path):
    data = bytearray(as_zip({"a.csv": "id\n"}))
    entry = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, entry + 8, 1)

    assert danger_of(path, bytes(data)) is Danger.ENCRYPTED


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK", b"PK\x05\x06" + bytes(18) + b"x" * 9])
def test_a_damaged_one_is_refused_or_empty(path, data):
    path.write_bytes(data)
    try:
        assert check_archive(path) == []
    except DangerousArchiveError as error:
        assert error.danger is Danger.DAMAGED  # noqa: PT017  both are right


def test_a_workbook_whose_words_multiply_is_refused_in_no_time(path):
    book, data = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["id", "name"])
    book.save(data)
    with zipfile.ZipFile(data) as real:
        entries = {name: real.read(name) for name in real.namelist()}
    assert "xl/worksheets/sheet1.xml" in entries
    path.write_bytes(as_zip({**entries, "xl/worksheets/sheet1.xml": LAUGHS}))

    with pytest.raises(UnreadableError, match="XML entities"):
        read_uploads([Upload(path, "book.xlsx")])
