"""What each cell of a catalogue may hold, and what is said when it does not."""

from __future__ import annotations

import pytest

from tests.directory.catalogues import (
    problems_of,
    small,
    with_cell,
)

REQUIRED = {
    "organizations": ["id", "name", "kind", "description", "evidence", "source_url"],
    "programs": [
        "id", "organization_id", "name", "short_description", "description", "forms", "audiences",
        "industries", "regions", "delivery", "cost_kind", "url", "level", "side", "evidence",
        "source_url", "as_of", "status",
    ],
    "regions": ["county", "region"],
    "industries": ["code", "title", "level"],
    "synonyms": ["term", "synonyms"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "column"), [(name, column) for name in REQUIRED for column in REQUIRED[name]]
)
def test_a_required_cell_must_be_filled(tmp_path, name, column):
    folder = with_cell(tmp_path, name, column, "  ")

    found = [p for p in problems_of(folder) if (p.file, p.column) == (f"{name}.csv", column)]

    assert [problem.reason for problem in found] == ["is empty and must not be"]


@pytest.mark.parametrize(
    ("name", "column"),
    [
        (name, column)
        for name, rows in small().items()
        for column in rows[0]
        if column not in REQUIRED[name]
    ],
)
def test_any_other_cell_may_be_blank(tmp_path, name, column):
    folder = with_cell(tmp_path, name, column, "")

    assert problems_of(folder) == []


BAD_CELLS = [
    ("organizations", "id", "Acme", "must be lower-case letters, digits and single hyphens"),
    ("organizations", "kind", "charity", '"charity" is not a word of this column'),
    ("organizations", "kind", "nonprofitt", 'did you mean "nonprofit"?'),
    ("organizations", "county", "Wurcester", 'did you mean "Worcester"?'),
    ("organizations", "founded_year", "2027", "must be a year from 1600 to 2026"),
    ("organizations", "founded_year", "n/a", "must be a year from 1600 to 2026"),
    ("organizations", "url", "acme.example", "must begin with https:// or http://"),
    ("organizations", "url", "javascript:alert(1)", "must begin with https:// or http://"),
    ("organizations", "url", "https://", "must name a host after https://"),
    ("organizations", "url", "https://a b.example", "without blanks"),
    ("organizations", "url", "https://me:pw@a.example", "must name a host"),
    ("organizations", "url", "https://[::1", "must be a web address"),
    ("organizations", "url", "https://a.example:99999", "must be a web address"),
    ("organizations", "name", "Two\nlines", "must be one line"),
    ("programs", "id", "a--b", "must be lower-case letters, digits and single hyphens"),
    ("programs", "id", "a" * 121, "has 121 characters; 120 are the limit"),
    ("programs", "organization_id", "acme-centre", 'did you mean "acme-center"?'),
    ("programs", "short_description", "x" * 161, "has 161 characters; 160 are the limit"),
    ("programs", "forms", "marketting", '"marketting" is not a word of this column; did you mean'),
    ("programs", "forms", "marketing|", "has an empty item"),
    ("programs", "forms", "marketing|marketing", 'names "marketing" twice'),
    ("programs", "forms", "marketing, workforce-training", 'separate the items of a list with "|"'),
    ("programs", "audiences", "sme|oems", 'did you mean "oem"?'),
    ("programs", "min_employees", "50", "is more than max_employees (49)"),
    ("programs", "max_employees", "0", "must be a whole number from 1 to 1,000,000"),
    ("programs", "max_employees", "1000001", "must be a whole number from 1 to 1,000,000"),
    ("programs", "max_employees", "9" * 30, "must be a whole number from 1 to 1,000,000"),
    ("programs", "max_employees", "-5", "must be a whole number from 1 to 1,000,000"),
    ("programs", "max_employees", "²", "must be a whole number from 1 to 1,000,000"),
    ("programs", "max_employees", "49.0", "must be a whole number from 1 to 1,000,000"),
    ("programs", "industries", "332711", '"332711" is not a code of industries.csv; did you mean'),
    ("programs", "industries", "332710|332710", 'names "332710" twice'),
    ("programs", "regions", "Centrall", 'did you mean "Central"?'),
    ("programs", "regions", "statewide|Central", '"statewide" must stand alone'),
    ("programs", "delivery", "on-site|online", "is not a word of this column"),
    ("programs", "cost_kind", "gratis", "is not a word of this column"),
    ("programs", "topics", "lean||5s", "has an empty item"),
    ("programs", "topics", "iso 9001|ISO-9001", '"iso 9001" and "ISO-9001" are one topic'),
    ("programs", "topics", "???", "has no letter from a to z and no digit"),
    ("programs", "application_url", "ftp://a.example/x", "must begin with https:// or http://"),
    ("programs", "phone", "call us", "must be a telephone number"),
    ("programs", "email", "lean@acme", "must be an e-mail address"),
    ("programs", "email", "lean acme@acme.example", "must be an e-mail address"),
    ("programs", "level", "point", "is not a word of this column"),
    ("programs", "side", "neither", "is not a word of this column"),
    ("programs", "connects", "oem-sme", "is not a word of this column"),
    ("programs", "evidence", "rumor", "is not a word of this column"),
    ("programs", "as_of", "2025-13", "must be a month written YYYY-MM"),
    ("programs", "as_of", "2025-6", "must be a month written YYYY-MM"),
    ("programs", "as_of", "2026-04", "lies in the future"),
    ("programs", "status", "closed", "is not a word of this column; allowed: active"),
    ("programs", "pathway_next", "acme-lean", "names the program itself"),
    ("programs", "pathway_next", "acme-grants", 'did you mean "acme-grant"?'),
    ("programs", "pathway_next", "acme-grant|acme-grant", 'names "acme-grant" twice'),
    ("regions", "also_regions", "Central", "names the main region again"),
    ("regions", "also_regions", "Westernn", 'did you mean "Western"?'),
    ("industries", "code", "3327", "must be 3 or 6 digits"),
    ("industries", "level", "parent", 'must be "sub-industry" for a code of 6 digits'),
    ("synonyms", "synonyms", "milling|milling", 'names "milling" twice'),
]


@pytest.mark.parametrize(("name", "column", "value", "reason"), BAD_CELLS)
def test_a_bad_cell_is_reported_with_its_line_column_value_and_reason(
    tmp_path, name, column, value, reason
):
    folder = with_cell(tmp_path, name, column, value)

    found = [p for p in problems_of(folder) if (p.line, p.column) == (2, column)]

    assert [(p.file, p.value) for p in found] == [(f"{name}.csv", value)]
    assert reason in found[0].reason


GOOD_CELLS = [
    ("organizations", "founded_year", "2026"),
    ("organizations", "url", "http://a.example:8080/x?y=1#z"),
    ("organizations", "city", "Nowhere"),
    ("programs", "as_of", "2026-03"),
    ("programs", "min_employees", "49"),
    ("programs", "industries", "any"),
    ("programs", "industries", "332|332710|any"),
    ("programs", "regions", "statewide"),
    ("programs", "regions", "Western|Central"),
    ("programs", "phone", "(617) 555-0100 x12"),
    ("programs", "phone", "+1 617.555.0100"),
    ("programs", "description", "Two\nlines, “quoted”, and an é"),
    ("programs", "connects", "sme-oem|startup-oem"),
    ("programs", "status", "inactive"),
    ("programs", "short_description", "x" * 160),
]


@pytest.mark.parametrize(("name", "column", "value"), GOOD_CELLS)
def test_a_good_cell_passes(tmp_path, name, column, value):
    assert problems_of(with_cell(tmp_path, name, column, value)) == []
