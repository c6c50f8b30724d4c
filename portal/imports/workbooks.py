"""Reads an XLSX file as raw tables, a sheet each; XML goes through defusedxml (in openpyxl)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml import DEFUSEDXML

from portal.imports.tables import MAX_ROWS, RawTable, UnreadableError

MAX_COLUMNS = 100
_BROKEN = (
    BadZipFile,
    InvalidFileException,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    SyntaxError,  # of XML
    OSError,
)


def tables_of_workbook(path: Path, name: str) -> list[RawTable]:
    """Read all sheets that have a first row.

    Args:
        path: a file whose list of entries was found harmless.
        name: how people know it.

    Raises:
        UnreadableError: it cannot be read, or its XML is made to explode.
    """
    if not DEFUSEDXML:
        raise RuntimeError("openpyxl reads XML without defusedxml")
    try:
        with path.open("rb") as file:
            # What a formula was calculated to counts, not the formula.
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            found = [_table(sheet, name) for sheet in book.worksheets]
            book.close()
        return [table for table in found if table is not None]
    except UnreadableError:
        raise
    except _BROKEN as error:
        if any(isinstance(each, DefusedXmlException) for each in (error, error.__cause__)):
            raise UnreadableError(name, "has XML entities, which a spreadsheet never has") from None
        raise UnreadableError(name, f"is damaged: {type(error).__name__}") from None


def _table(sheet: Any, name: str) -> RawTable | None:
    sheet.reset_dimensions()  # what the file says of its size may be a lie
    rows = _rows(sheet, f"{name}: {sheet.title}")
    _, header = next(rows, (0, []))
    columns = tuple(cell.strip() for cell in header)
    if not columns:
        return None
    found = []
    for line, cells in rows:
        found.append((line, cells + [""] * (len(columns) - len(cells))))
    stem = str(sheet.title).strip().lower()
    return RawTable(f"{name}: {sheet.title}", stem, columns, tuple(found))


def _rows(sheet: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    number = 0
    rows = sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)
    for line, values in enumerate(rows, 1):
        cells = [_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            number += 1
            if number > MAX_ROWS + 1:
                raise UnreadableError(name, f"has more than {MAX_ROWS:,} rows, which is the limit")
            yield line, cells


def _text(value: Any) -> str:
    """Return a cell as it would stand in CSV; a date that stands for a month loses its day."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        day = f"{value:%Y-%m-%d}"
        return day.removesuffix("-01")
    return str(value)
