"""What every kind of file becomes: raw tables first, then rows by column (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.directory.catalog_rows import OrganizationRow, ProgramRow

RowType = type[OrganizationRow] | type[ProgramRow]
MAX_ROWS = 100_000


class UnreadableError(ValueError):
    """A file cannot be read at all; the message says why, `line` where (0: as a whole)."""

    def __init__(self, file: str, reason: str, *, line: int = 0) -> None:
        super().__init__(reason)
        self.file, self.line = file, line


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as it stands in a file: its own columns, and rows with the line each begins on."""

    file: str  # as people know it: "programs.csv", or "book.xlsx: programs"
    stem: str  # what its name says that it holds: "programs"
    columns: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]
    encoding: str = ""  # blank where the format leaves no choice


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row by column; a column that the source does not speak of is left out.

    `defaults` are what a new row gets in columns that are left out; `fault` is what is wrong
    with the row as a whole, whose cells then cannot be told apart.
    """

    line: int
    cells: Mapping[str, str]
    defaults: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""


@dataclass(frozen=True, slots=True)
class SourceTable:
    """Rows for one file of the catalogue, and which columns nobody understood."""

    file: str
    row_type: RowType
    columns: tuple[str, ...]
    rows: tuple[SourceRow, ...]
    ignored: tuple[str, ...] = ()
    encoding: str = ""
