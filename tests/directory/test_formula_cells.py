"""No cell of ours runs in a spreadsheet, and each text comes back as it was."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.directory.formula_cells import neutralized, restored
from tests.directory import catalogues

TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8")),
    st.text(st.sampled_from("'=+-@\t\r\n,;\"a "), max_size=12),
)


@given(TEXTS)
@example("'=1")
@example("''+1")
@example("'")
def test_any_text_comes_back_through_a_file_as_it_was(text):
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\r\n").writerow([neutralized(text), "end"])
    file.seek(0)

    cell, _ = next(csv.reader(file))

    assert restored(cell) == text


@given(TEXTS)
def test_no_written_cell_begins_as_a_formula_does(text):
    assert not neutralized(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("text", ["O'Neill", "'quoted'", "", "1-2", "a=b"])
def test_ordinary_cells_are_left_alone(text):
    assert neutralized(text) == text == restored(text)


def test_a_name_like_a_formula_survives_export_and_load(app, tmp_path):
    name = '=HYPERLINK("https://x.example";"Lean")'
    first = catalogues.small()
    first["programs"][0]["name"] = name
    first["programs"][0]["phone"] = "+1 617-555-0100"
    for row in first["programs"]:
        row["description"] = "'- a list"
    catalogues.load(app, catalogues.write(tmp_path / "in", first))

    app.test_cli_runner().invoke(args=["catalog", "export", str(tmp_path / "out")])

    written = catalogues.read(tmp_path / "out", "programs")[0]
    assert written["name"] == f"'{name}"
    assert written["phone"] == "'+1 617-555-0100"
    assert catalogues.load(app, tmp_path / "out").total.unchanged == 8
