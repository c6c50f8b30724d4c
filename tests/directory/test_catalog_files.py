"""What a catalogue's files may hold, and what is said when they do not."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from portal.directory.catalog_files import read_catalog_files
from portal.directory.catalog_problems import Problem
from tests.conftest import DATA
from tests.directory.catalogues import (
    ORGANIZATION,
    PROGRAM,
    TODAY,
    problems_of,
    read,
    small,
    the_problem,
    with_bytes,
    with_cell,
    write,
)


def test_the_catalogue_that_ships_has_no_problem():
    assert problems_of(DATA) == []


def test_the_rows_read_are_those_of_the_files():
    files, _ = read_catalog_files(DATA, today=TODAY)

    rows = files.catalogue.programs
    expected = read(DATA, "programs")
    assert [row.id for row in rows] == [cells["id"] for cells in expected]
    assert [row.topics for row in rows] == [
        tuple(cells["topics"].split("|")) if cells["topics"] else () for cells in expected
    ]
    assert [row.max_employees for row in rows] == [
        int(cells["max_employees"]) if cells["max_employees"] else None for cells in expected
    ]


# Files that cannot be read as a whole


def test_a_missing_file_is_named(tmp_path):
    folder = write(tmp_path)
    (folder / "regions.csv").unlink()

    assert the_problem(folder) == Problem("regions.csv", 0, "", "", "is missing")


def test_a_folder_without_any_file_lacks_all_five(tmp_path):
    assert [str(problem) for problem in problems_of(tmp_path / "nowhere")] == [
        "organizations.csv: is missing",
        "programs.csv: is missing",
        "regions.csv: is missing",
        "industries.csv: is missing",
        "synonyms.csv: is missing",
    ]


def test_a_folder_in_place_of_a_file_is_refused(tmp_path):
    folder = write(tmp_path)
    (folder / "synonyms.csv").unlink()
    (folder / "synonyms.csv").mkdir()

    assert str(the_problem(folder)) == "synonyms.csv: is not a file"


def test_a_file_that_may_not_be_read_is_named(tmp_path, monkeypatch):
    folder = write(tmp_path)
    original = Path.open

    def refuse(path: Path, *arguments: object, **more: object) -> object:
        if path.name == "synonyms.csv":
            raise PermissionError(errno.EACCES, "Permission denied")
        return original(path, *arguments, **more)

    monkeypatch.setattr(Path, "open", refuse)

    assert str(the_problem(folder)) == "synonyms.csv: cannot be read: Permission denied"


def test_a_file_of_200_mb_is_refused_by_its_size(tmp_path, monkeypatch):
    folder = write(tmp_path)
    with (folder / "programs.csv").open("wb") as file:
        file.truncate(200_000_000)
    opened = []
    original = Path.open

    def watched(path: Path, *arguments: object, **more: object) -> object:
        opened.append(path.name)
        return original(path, *arguments, **more)

    monkeypatch.setattr(Path, "open", watched)
    problem = the_problem(folder)

    assert problem.file == "programs.csv"
    assert problem.reason == "has 200,000,000 bytes; 20,000,000 are the limit"
    assert "programs.csv" not in opened
    assert "synonyms.csv" in opened


def test_an_encoding_that_is_not_utf8_is_told_with_its_offset(tmp_path):
    folder = with_bytes(tmp_path, b"term,synonyms\ncaf\xe9,coffee\n")

    problem = the_problem(folder)

    assert problem.line == 2
    assert problem.reason == (
        "is not UTF-8: byte 0xE9 at offset 17; "
        'save it as UTF-8 (in a spreadsheet program: "CSV UTF-8")'
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_noticed(tmp_path, encoding):
    folder = with_bytes(tmp_path, "term,synonyms\ncnc,milling\n".encode(encoding))

    reason = the_problem(folder).reason

    assert "UTF-16" in reason
    assert "save it as UTF-8" in reason


def test_a_byte_order_mark_is_accepted(tmp_path):
    folder = with_bytes(tmp_path, b"\xef\xbb\xbfterm,synonyms\ncnc,milling\n")

    assert problems_of(folder) == []


def test_line_ends_of_other_systems_are_accepted(tmp_path):
    folder = with_bytes(tmp_path, b"term,synonyms\r\ncnc,milling\r\n")

    assert problems_of(folder) == []


def test_a_nul_byte_is_told_with_its_line(tmp_path):
    folder = with_bytes(tmp_path, b"term,synonyms\ncnc,mil\0ling\n")

    assert the_problem(folder) == Problem("synonyms.csv", 2, "", "", "has a NUL byte at offset 21")


def test_an_empty_file_is_told(tmp_path):
    folder = with_bytes(tmp_path, b"")

    assert the_problem(folder).reason == "is empty; its first line must name the columns"


def test_a_missing_column_is_named(tmp_path):
    folder = with_bytes(tmp_path, b"term\ncnc\n")

    problem = the_problem(folder)

    assert (problem.line, problem.column) == (1, "synonyms")
    assert problem.reason == "lacks the column synonyms"


def test_all_missing_columns_are_named_and_semicolons_noticed(tmp_path):
    folder = with_bytes(tmp_path, b"term;synonyms\ncnc;milling\n")

    assert the_problem(folder).reason == (
        "lacks the columns term, synonyms; separate the cells with commas"
    )


def test_an_unknown_column_is_named_with_the_nearest(tmp_path):
    folder = with_bytes(tmp_path, b"term,synonyms,synonymes\ncnc,milling,x\n")

    problem = the_problem(folder)

    assert problem.column == "synonymes"
    assert problem.reason == (
        'has a column that a catalogue does not know; did you mean "synonyms"?'
    )


def test_a_doubled_column_is_named(tmp_path):
    folder = with_bytes(tmp_path, b"term,synonyms,term\ncnc,milling,cnc\n")

    problem = the_problem(folder)

    assert (problem.column, problem.reason) == ("term", "names a column twice")


def test_columns_may_stand_in_any_order(tmp_path):
    folder = with_bytes(tmp_path, b"synonyms,term\nmilling|turning,cnc\n")

    files, problems = read_catalog_files(folder, today=TODAY)

    assert problems == ()
    assert files.synonyms.rows[0].synonyms == ("milling", "turning")


def test_an_unclosed_quote_is_told_with_the_line_where_its_row_begins(tmp_path):
    folder = with_bytes(tmp_path, b'term,synonyms\ncnc,milling\nlathe,"turning\nsaw,cutting\n')

    problem = the_problem(folder)

    assert problem.line == 3
    assert "never closed" in problem.reason


def test_text_after_a_closing_quote_is_not_csv(tmp_path):
    folder = with_bytes(tmp_path, b'term,synonyms\n"cnc"x,milling\n')

    problem = the_problem(folder)

    assert problem.line == 2
    assert problem.reason.startswith("is not valid CSV")


def test_a_cell_without_end_is_refused(tmp_path):
    folder = with_bytes(tmp_path, b"term,synonyms\ncnc," + b"x" * 200_000 + b"\n")

    assert the_problem(folder).reason.startswith("is not valid CSV: field larger")


def test_more_than_100000_rows_are_refused(tmp_path):
    rows = "".join(f"t{number},x\n" for number in range(100_001))
    folder = with_bytes(tmp_path, b"term,synonyms\n" + rows.encode())

    problem = the_problem(folder)

    assert problem.line == 100_002
    assert problem.reason == "has more than 100,000 rows, which is the limit"


def test_100000_rows_are_read(tmp_path):
    rows = "".join(f"t{number},x\n" for number in range(100_000))
    folder = with_bytes(tmp_path, b"term,synonyms\n" + rows.encode())

    assert problems_of(folder) == []


def test_rows_are_not_blamed_for_a_file_that_cannot_be_read(tmp_path):
    folder = with_bytes(tmp_path, b"\xff\xfe", name="organizations")

    assert [problem.file for problem in problems_of(folder)] == ["organizations.csv"]


# Rows and cells


def test_a_row_with_too_few_cells_is_told(tmp_path):
    folder = with_bytes(tmp_path, b"term,synonyms\ncnc\nlathe,turning\n")

    assert the_problem(folder) == Problem(
        "synonyms.csv", 2, "", "cnc", "has 1 cell; the first line names 2 columns"
    )


def test_a_row_with_too_many_cells_is_told(tmp_path):
    folder = with_bytes(tmp_path, b"term,synonyms\ncnc,milling,turning\n")

    problem = the_problem(folder)

    assert problem.value == "cnc,milling,turning"
    assert problem.reason == "has 3 cells; the first line names 2 columns"


def test_blank_lines_are_skipped_and_counted_as_lines(tmp_path):
    folder = with_bytes(tmp_path, b"term,synonyms\n\n\ncnc,\n\n")

    assert the_problem(folder) == Problem(
        "synonyms.csv", 4, "synonyms", "", "is empty and must not be"
    )


def test_the_line_is_where_the_row_begins_after_cells_of_many_lines(tmp_path):
    catalogue = small()
    catalogue["programs"][0]["description"] = "One\ntwo\nthree"
    catalogue["programs"][1]["delivery"] = "by mail"
    folder = write(tmp_path, catalogue)

    assert the_problem(folder).line == 5


def test_a_field_beyond_10000_characters_is_refused(tmp_path):
    folder = with_cell(tmp_path, "programs", "description", "x" * 10_001)

    assert the_problem(folder).reason == "has 10,001 characters; 10,000 are the limit"


def test_a_control_character_is_refused_and_shown_escaped(tmp_path):
    folder = with_cell(tmp_path, "programs", "description", "bell\x07 escape\x1b[31m")

    problem = the_problem(folder)

    assert problem.reason == "holds a control character"
    assert str(problem) == (
        'programs.csv, line 2, description, "bell\\x07 escape\\x1b[31m": holds a control character'
    )


def test_a_long_value_is_cut_at_60_characters(tmp_path):
    folder = with_cell(tmp_path, "programs", "delivery", "y" * 500)

    assert f'"{"y" * 59}…"' in str(the_problem(folder))


def test_blanks_around_a_cell_and_its_items_do_not_count(tmp_path):
    folder = with_cell(tmp_path, "programs", "forms", " marketing | process-improvement ")

    files, problems = read_catalog_files(folder, today=TODAY)

    assert problems == ()
    assert files.programs.rows[0].forms == ("marketing", "process-improvement")


def test_all_bad_cells_of_a_row_are_reported(tmp_path):
    catalogue = small()
    catalogue["programs"][0] |= {"delivery": "by mail", "side": "", "as_of": "June"}
    folder = write(tmp_path, catalogue)

    assert [problem.column for problem in problems_of(folder)] == ["delivery", "side", "as_of"]


def test_a_doubled_id_is_reported_at_its_second_place(tmp_path):
    catalogue = small()
    catalogue["organizations"].append(dict(ORGANIZATION))
    folder = write(tmp_path, catalogue)

    assert the_problem(folder) == Problem(
        "organizations.csv", 3, "id", "acme-center", "was already used on line 2"
    )


def test_an_organization_and_a_program_may_share_an_id(tmp_path):
    catalogue = small()
    catalogue["programs"].append({**PROGRAM, "id": "acme-center"})

    assert problems_of(write(tmp_path, catalogue)) == []


def test_a_bad_row_does_not_make_references_to_it_bad(tmp_path):
    folder = with_cell(tmp_path, "organizations", "kind", "club")

    assert [problem.file for problem in problems_of(folder)] == ["organizations.csv"]


def test_two_regions_that_would_share_an_address_are_refused(tmp_path):
    catalogue = small()
    catalogue["regions"][1] |= {"region": "CENTRAL", "also_regions": ""}

    problem = the_problem(write(tmp_path, catalogue))

    assert (problem.column, problem.reason) == ("region", 'has the same address as "Central"')


def test_a_region_must_not_be_called_statewide(tmp_path):
    folder = with_cell(tmp_path, "regions", "region", "Statewide", row=1)

    assert the_problem(folder).reason == "cannot be the name of a region"


def test_problems_come_in_the_order_of_files_and_lines(tmp_path):
    catalogue = small()
    catalogue["synonyms"][0]["synonyms"] = ""
    catalogue["programs"][1]["forms"] = "x"
    catalogue["programs"][0]["pathway_next"] = "gone"
    catalogue["organizations"][0]["kind"] = "x"

    found = problems_of(write(tmp_path, catalogue))

    assert [(problem.file, problem.line) for problem in found] == [
        ("organizations.csv", 2),
        ("programs.csv", 2),
        ("programs.csv", 3),
        ("synonyms.csv", 2),
    ]
