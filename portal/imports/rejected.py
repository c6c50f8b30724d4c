"""The file of rejected rows, with the reasons beside them (pure)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from portal.directory.formula_cells import neutralized

BYTE_ORDER_MARK = "\ufeff"  # a spreadsheet takes a file without it for Windows-1252
LINES_AT_ONCE = 200


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
