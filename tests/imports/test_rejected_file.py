"""The file of rejected rows holds all that was sent, harmless, and can be sent back."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from portal.directory.catalog_files import csv_lines
from portal.imports.encodings import decoded, encoding_of
from portal.imports.hsds_package import Stored
from portal.imports.mapping import REASON, mapped
from portal.imports.rejected import rejected_file
from portal.imports.tables import RawTable

COLUMNS = ("id", "name", "forms")
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=20),
    st.text(st.sampled_from("'=+-@\t\r\n,;\"a "), max_size=8),
)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, TEXTS)), min_size=1, max_size=5))
@example([{"id": "=1", "name": "'=1", "forms": "\r"}])
def test_any_rows_come_back_as_they_were_sent(rows):
    text = "".join(rejected_file(COLUMNS, ((row, "why") for row in rows), REASON))
    data = text.encode()

    lines = csv_lines(decoded(data, encoding_of(data)))
    _, header = next(lines)
    raw = RawTable("programs.csv", "programs", tuple(header), tuple(lines))
    (table,) = mapped([raw], Stored(), is_package=False, month="2026-03").tables

    assert [{column: row.cells[column] for column in COLUMNS} for row in table.rows] == rows
    assert table.ignored == ()
    assert table.columns == COLUMNS


def test_a_long_file_is_written_piece_by_piece_with_one_first_line():
    rows = (({"id": str(number)}, "why") for number in range(1_000))

    pieces = list(rejected_file(("id",), rows, REASON))

    assert len(pieces) > 3
    assert "".join(pieces).count(REASON) == 1
    assert "".join(pieces).count("\r\n") == 1_001
