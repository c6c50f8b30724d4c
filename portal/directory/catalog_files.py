"""Reads the five files of a catalogue into checked rows and a list of problems (pure)."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

from portal.directory import catalog_checks as checks
from portal.directory.catalog_cells import CellError, nearest, shown
from portal.directory.catalog_problems import Problem
from portal.directory.catalog_rows import (
    Catalogue,
    IndustryRow,
    OrganizationRow,
    ProgramRow,
    RegionRow,
    SynonymRow,
    rules_of,
)
from portal.directory.formula_cells import restored

MAX_BYTES = 20_000_000
MAX_ROWS = 100_000

_SAVE_AS = 'save it as UTF-8 (in a spreadsheet program: "CSV UTF-8")'
R = TypeVar("R", OrganizationRow, ProgramRow, RegionRow, IndustryRow, SynonymRow)


class FileError(ValueError):
    """A file cannot be read as a whole."""

    def __init__(self, reason: str, *, line: int = 0, column: str = "", value: str = "") -> None:
        super().__init__(reason)
        self.line, self.column, self.value = line, column, value


@dataclass(frozen=True, slots=True)
class Record(Generic[R]):
    """A row where it stands: the line on which it begins; `row` is None when a cell is bad."""

    line: int
    key: str
    row: R | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """A file as read; when it cannot be read at all, it has problems and no records."""

    row_type: type[R]
    records: tuple[Record[R], ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_readable(self) -> bool:
        """Whether its rows can be told."""
        return not self.problems

    @property
    def rows(self) -> tuple[R, ...]:
        """The rows without a bad cell, in the order of the file."""
        return tuple(record.row for record in self.records if record.row is not None)


@dataclass(frozen=True, slots=True)
class CatalogFiles:
    """The five files as read."""

    organizations: Table[OrganizationRow]
    programs: Table[ProgramRow]
    regions: Table[RegionRow]
    industries: Table[IndustryRow]
    synonyms: Table[SynonymRow]

    @property
    def tables(self) -> tuple[Table[Any], ...]:
        """The files in the order in which they are reported."""
        return (self.organizations, self.programs, self.regions, self.industries, self.synonyms)

    @property
    def catalogue(self) -> Catalogue:
        """The rows without a bad cell."""
        return Catalogue(
            organizations=self.organizations.rows,
            programs=self.programs.rows,
            regions=self.regions.rows,
            industries=self.industries.rows,
            synonyms=self.synonyms.rows,
        )


def read_catalog_files(directory: Path, *, today: date) -> tuple[CatalogFiles, tuple[Problem, ...]]:
    """Read the five files and check each cell, each row and each reference.

    Args:
        directory: the folder of the files.
        today: the day on which no evidence may be of a later month.

    Returns:
        The files, and all problems in the order of files and lines; the first are those of
        files that cannot be read at all.
    """
    files = CatalogFiles(
        organizations=read_table(directory, OrganizationRow, today=today),
        programs=read_table(directory, ProgramRow, today=today),
        regions=read_table(directory, RegionRow, today=today),
        industries=read_table(directory, IndustryRow, today=today),
        synonyms=read_table(directory, SynonymRow, today=today),
    )
    known = _known(files)
    whole: list[Problem] = []
    single: list[Problem] = []
    for table in files.tables:
        whole += table.problems
        found = [problem for record in table.records for problem in record.problems]
        found += _doubled_keys(table)
        found += [
            Problem(table.row_type.FILE, record.line, column, value, reason)
            for record in table.records
            if record.row is not None
            for column, value, reason in checks.faults_of(record.row, known)
        ]
        single += sorted(found, key=lambda problem: problem.line)
    return files, (*whole, *single)


def read_table(directory: Path, row_type: type[R], *, today: date) -> Table[R]:
    """Read one file and check its cells.

    Args:
        directory: the folder of the file.
        row_type: the kind of its rows, which knows the file's name.
        today: the day on which no evidence may be of a later month.
    """
    try:
        text = _decode(_read_bytes(directory / row_type.FILE))
        records = tuple(_records(text, row_type, today))
    except FileError as error:
        problem = Problem(row_type.FILE, error.line, error.column, error.value, str(error))
        return Table(row_type, problems=(problem,))
    return Table(row_type, records)


def _read_bytes(path: Path) -> bytes:
    try:
        if not path.exists():
            raise FileError("is missing")
        if not path.is_file():
            raise FileError("is not a file")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise FileError(f"has {size:,} bytes; {MAX_BYTES:,} are the limit")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror or error}") from None
    if len(data) > MAX_BYTES:
        raise FileError(f"has more than {MAX_BYTES:,} bytes, which is the limit")
    return data


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileError(f"is encoded as UTF-16; {_SAVE_AS}")
    nul = data.find(b"\0")
    if nul >= 0:
        reason = f"has a NUL byte at offset {nul}"
        if b"\0" in (data[0:1], data[1:2]):
            reason += f", so it seems to be UTF-16; {_SAVE_AS}"
        raise FileError(reason, line=_line_of(data, nul))
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise FileError(
            f"is not UTF-8: byte 0x{data[error.start]:02X} at offset {error.start}; {_SAVE_AS}",
            line=_line_of(data, error.start),
        ) from None


def _line_of(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def _records(text: str, row_type: type[R], today: date) -> Iterator[Record[R]]:
    lines = csv_lines(text)
    line, header = next(lines, (0, []))
    columns = [cell.strip() for cell in header]
    _check_header(columns, row_type, line)
    for number, (line, cells) in enumerate(lines):
        if number == MAX_ROWS:
            raise FileError(f"has more than {MAX_ROWS:,} rows, which is the limit", line=line)
        yield _record(line, columns, cells, row_type, today)


def csv_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line on which it begins, cells) for each row that is not blank."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            reason = f"is not valid CSV: {error}"
            if "unexpected end" in str(error) or "field larger" in str(error):
                reason += "; a quote that is opened in the row of this line is never closed"
            raise FileError(reason, line=line) from None
        if cells is None:
            return
        if cells:
            yield line, cells


def _check_header(columns: list[str], row_type: type[R], line: int) -> None:
    expected = tuple(rules_of(row_type))
    if not columns:
        raise FileError("is empty; its first line must name the columns")
    missing = [name for name in expected if name not in columns]
    doubled = [name for name, count in Counter(columns).items() if count > 1]
    unknown = [name for name in columns if name not in expected]
    if missing:
        reason = f"lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}"
        if ";" in columns[0] or "\t" in columns[0]:
            reason += "; separate the cells with commas"
        raise FileError(reason, line=line, column=missing[0], value=",".join(columns))
    if doubled:
        raise FileError("names a column twice", line=line, column=doubled[0], value=doubled[0])
    if unknown:
        raise FileError(
            f"has a column that a catalogue does not know{nearest(unknown[0], expected)}",
            line=line,
            column=shown(unknown[0]),
            value=unknown[0],
        )


def _record(
    line: int, columns: list[str], cells: list[str], row_type: type[R], today: date
) -> Record[R]:
    if len(cells) != len(columns):
        number = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
        reason = f"has {number}; the first line names {len(columns)} columns"
        problem = Problem(row_type.FILE, line, "", ",".join(cells), reason)
        return Record(line, "", None, (problem,))
    by_column = dict(zip(columns, map(restored, cells), strict=True))
    values: dict[str, Any] = {}
    problems = []
    for name, rule in rules_of(row_type).items():
        try:
            values[name] = rule.read(by_column[name], today)
        except CellError as error:
            problems.append(Problem(row_type.FILE, line, name, by_column[name], str(error)))
    row = None if problems else row_type(**values)
    return Record(line, by_column[row_type.KEY].strip(), row, tuple(problems))


def _doubled_keys(table: Table[Any]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for record in table.records:
        if record.key and first.setdefault(record.key, record.line) != record.line:
            reason = f"was already used on line {first[record.key]}"
            yield Problem(table.row_type.FILE, record.line, table.row_type.KEY, record.key, reason)


def _known(files: CatalogFiles) -> checks.Known:
    """Collect what rows may refer to; None for a file that cannot be read."""

    def keys(table: Table[Any]) -> dict[str, None] | None:
        if not table.is_readable:
            return None
        return dict.fromkeys(record.key for record in table.records if record.key)

    regions = checks.region_names(files.regions.rows)
    return checks.Known(
        organizations=keys(files.organizations),
        programs=keys(files.programs),
        counties=keys(files.regions),
        industries=keys(files.industries),
        regions=dict.fromkeys(regions.values()) if files.regions.is_readable else None,
        region_of_code=regions,
    )
