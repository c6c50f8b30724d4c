"""What the pages of imports show: numbers as links, pages of rows, a file of rejected rows (pure).

One value for each page, so that templates decide nothing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.directory.formula_cells import neutralized

BYTE_ORDER_MARK = "\ufeff"  # a spreadsheet takes a file without it for Windows-1252
LINES_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of rows; `number` None stands for a gap."""

    number: int | None
    url: str
    is_current: bool


def page_numbers(current: int, last: int) -> list[int | None]:
    """Return the pages to link to: the first, the last, those around; None stands for a gap."""
    shown = sorted({1, last, *range(max(1, current - 1), min(last, current + 1) + 1)})
    numbers: list[int | None] = []
    for number, before in zip(shown, [0, *shown], strict=False):
        if number - before > 1:
            numbers.append(number - 1 if number - before == 2 else None)
        numbers.append(number)
    return numbers


def rejected_file(
    columns: Sequence[str], rows: Iterable[tuple[Mapping[str, str], str]], reason: str
) -> Iterator[str]:
    """Yield a CSV file of rejected rows: their columns as they came, and why they were rejected.

    Args:
        columns: of the file they came in.
        rows: cells by column, and the reason.
        reason: the name of the last column.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write(BYTE_ORDER_MARK)
    writer.writerow([*columns, reason])
    for number, (cells, why) in enumerate(rows, 1):
        line = [cells.get(column, "") for column in columns]
        writer.writerow([neutralized(cell) for cell in (*line, why)])
        if number % LINES_AT_ONCE == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
