"""Opens a stored upload as raw tables: CSV, XLSX, a package of CSV files, or JSON."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from portal.directory.catalog_files import FileError, csv_lines
from portal.imports.bombs import check_archive
from portal.imports.encodings import Encoding, WrongEncodingError, decoded, encoding_of
from portal.imports.hsds_json import is_hsds_json, tables_of_json
from portal.imports.tables import MAX_ROWS, RawTable, UnreadableError
from portal.lazy import lazy

if TYPE_CHECKING:
    from portal.imports import workbooks
else:
    workbooks = lazy("portal.imports.workbooks")

PACKAGE_DESCRIPTION = "datapackage.json"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_MAX_TEXT_BYTES = 30_000_000


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: where it lies, its name, and an encoding if somebody chose one."""

    path: Path
    name: str
    encoding: Encoding | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """The tables of all files of an import; `is_package` when they are HSDS by their form."""

    tables: tuple[RawTable, ...]
    is_package: bool


def read_uploads(uploads: Iterable[Upload]) -> Contents:
    """Read files into raw tables.

    Raises:
        UnreadableError: one cannot be read.
        DangerousArchiveError: one must not be opened.
    """
    tables: list[RawTable] = []
    is_package = False
    for upload in uploads:
        found, is_hsds = _read(upload)
        tables += found
        is_package = is_package or is_hsds
    return Contents(tuple(tables), is_package)


def _read(upload: Upload) -> tuple[list[RawTable], bool]:
    with upload.path.open("rb") as file:
        start = file.read(8)
    if start.startswith(_OLD_EXCEL):
        raise UnreadableError(upload.name, "is an old Excel file; save it as .xlsx or as CSV")
    if start.startswith(b"PK"):
        names = check_archive(upload.path)
        if "xl/workbook.xml" in names:
            return workbooks.tables_of_workbook(upload.path, upload.name), False
        return _package(upload, names)
    data = _bytes_of(upload)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return tables_of_json(_json(data, upload.name), upload.name), True
    return [_csv(data, upload.name, upload.encoding)], False


def _bytes_of(upload: Upload) -> bytes:
    if upload.path.stat().st_size > _MAX_TEXT_BYTES:
        raise UnreadableError(upload.name, f"has more than {_MAX_TEXT_BYTES:,} bytes")
    return upload.path.read_bytes()


def _package(upload: Upload, names: list[str]) -> tuple[list[RawTable], bool]:
    tables: list[RawTable] = []
    is_package = False
    with zipfile.ZipFile(upload.path) as archive:
        for name in names:
            path = PurePosixPath(name)
            if path.name.startswith((".", "__")) or "__MACOSX" in path.parts:
                continue
            if path.name == PACKAGE_DESCRIPTION:
                is_package = True
            elif path.suffix.lower() == ".csv":
                tables.append(_csv(archive.read(name), path.name, upload.encoding))
            elif path.suffix.lower() == ".json":
                found = _json(archive.read(name), path.name)
                if is_hsds_json(found):
                    tables += tables_of_json(found, path.name)
                    is_package = True
    return tables, is_package


def _json(data: bytes, name: str) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        reason = f"is not UTF-8: byte 0x{data[error.start]:02X} at offset {error.start}"
        raise UnreadableError(name, reason) from None
    except (ValueError, RecursionError) as error:
        raise UnreadableError(name, f"is not valid JSON: {error}") from None


def _csv(data: bytes, name: str, chosen: Encoding | None) -> RawTable:
    encoding = chosen or encoding_of(data)
    try:
        lines = csv_lines(decoded(data, encoding))
        _, header = next(lines, (0, []))
        rows = tuple(_at_most(lines, name))
    except WrongEncodingError as error:
        reason = f"is not {error.encoding}: the bytes at offset {error.offset:,} do not fit"
        raise UnreadableError(name, reason) from None
    except FileError as error:
        raise UnreadableError(name, str(error), line=error.line) from None
    columns = tuple(cell.strip() for cell in header)
    if not columns:
        raise UnreadableError(name, "is empty; its first line must name the columns")
    if len(columns) == 1 and (";" in columns[0] or "\t" in columns[0]):
        raise UnreadableError(name, "has one column only; separate the cells with commas", line=1)
    return RawTable(name, stem_of(name), columns, rows, str(encoding))


def stem_of(name: str) -> str:
    """Return what the name of a file says that it holds."""
    return PurePosixPath(name).stem.strip().lower()


def _at_most(rows: Iterator[tuple[int, list[str]]], name: str) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(rows):
        if number == MAX_ROWS:
            raise UnreadableError(name, f"has more than {MAX_ROWS:,} rows, which is the limit")
        yield row
