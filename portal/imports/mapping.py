"""Raw tables as rows of the catalogue: which table is which, and which columns are known (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from portal.directory.catalog_rows import OrganizationRow, ProgramRow, rules_of
from portal.directory.formula_cells import restored
from portal.imports import hsds
from portal.imports.hsds_package import Stored
from portal.imports.tables import (
    RawTable,
    RowType,
    SourceRow,
    SourceTable,
    UnreadableError,
)

REASON = "reason"  # the column that files of rejected rows carry besides
KEY = "id"
_OF_PROGRAMS = frozenset({"organization_id", "short_description", "forms"})
_OF_ORGANIZATIONS = frozenset({"kind", "short_name", "founded_year"})


@dataclass(frozen=True, slots=True)
class Mapped:
    """Tables of the catalogue, and the names of those that are none."""

    tables: tuple[SourceTable, ...]
    ignored: tuple[str, ...]
    is_hsds: bool


def mapped(raw: Iterable[RawTable], stored: Stored, *, is_package: bool, month: str) -> Mapped:
    """Find out what each table holds.

    Args:
        raw: as they stand in the files.
        stored: ids that the directory knows.
        is_package: they are HSDS by the form of their file.
        month: YYYY-MM, the date of evidence that does not say its own.

    Raises:
        UnreadableError: a table's first line cannot be one.
        DanglingError: a package's references lead nowhere.
    """
    found = tuple(raw)
    if is_package or hsds.is_hsds(found):
        tables, ignored = hsds.catalogue_tables(found, stored, month=month)
        return Mapped(tuple(tables), tuple(ignored), is_hsds=True)
    known = [(table, _row_type(table)) for table in found]
    return Mapped(
        tuple(_source(table, kind) for table, kind in known if kind is not None),
        tuple(table.file for table, kind in known if kind is None),
        is_hsds=False,
    )


def _row_type(table: RawTable) -> RowType | None:
    """Tell by the columns, and where they leave it open by the name."""
    columns = set(table.columns)
    if columns & _OF_PROGRAMS:
        return ProgramRow
    if columns & _OF_ORGANIZATIONS:
        return OrganizationRow
    if KEY not in columns:
        return None
    if "program" in table.stem:
        return ProgramRow
    return OrganizationRow if "organization" in table.stem else None


def _source(table: RawTable, row_type: RowType) -> SourceTable:
    rules = rules_of(row_type)
    _check_columns(table)
    rows = tuple(_row(line, cells, table.columns) for line, cells in table.rows)
    ignored = tuple(name for name in table.columns if name not in rules and name != REASON)
    columns = tuple(name for name in table.columns if name != REASON)
    return SourceTable(table.file, row_type, columns, rows, ignored, table.encoding)


def _check_columns(table: RawTable) -> None:
    if KEY not in table.columns:
        raise UnreadableError(table.file, f"lacks the column {KEY}", line=1)
    doubled = [name for name, count in Counter(table.columns).items() if count > 1]
    if doubled:
        raise UnreadableError(table.file, f'names the column "{doubled[0]}" twice', line=1)


def _row(line: int, cells: list[str], columns: tuple[str, ...]) -> SourceRow:
    found = dict(zip(columns, map(restored, cells), strict=False))
    fault = ""
    if len(cells) != len(columns):
        number = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
        fault = f"has {number}; the first line names {len(columns)} columns"
        if len(cells) > len(columns):  # so that what is sent back has all that was sent
            found[columns[-1]] = ",".join(cells[len(columns) - 1 :])
    return SourceRow(line, found, fault=fault)
