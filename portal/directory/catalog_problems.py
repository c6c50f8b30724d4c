"""A problem of a catalogue's file: where it is, what stands there, why it cannot stay (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from portal.directory.catalog_cells import shown


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.

    `line` is the physical line on which the row begins, 0 for the file as a whole; `column` is
    blank when the problem is not of one column.
    """

    file: str
    line: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        where = [self.file]
        if self.line:
            where.append(f"line {self.line}")
        if self.column:
            where.append(self.column)
        if self.value:
            where.append(f'"{shown(self.value)}"')
        return f"{', '.join(where)}: {self.reason}"
