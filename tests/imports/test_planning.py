"""What an import would do, judged row by row; every row that was read is counted once."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.directory.catalog_rows import (
    Catalogue,
    IndustryRow,
    OrganizationRow,
    ProgramRow,
    RegionRow,
    cells_of,
    rules_of,
)
from portal.imports.hsds_package import Stored
from portal.imports.mapping import mapped
from portal.imports.planning import Verdict, planned
from portal.imports.tables import RawTable
from tests.directory.catalogues import GRANT, ORGANIZATION, PROGRAM, TODAY, small


def row_of(row_type, cells):
    return row_type(
        **{name: rule.read(cells[name], TODAY) for name, rule in rules_of(row_type).items()}
    )


STORED = Catalogue(
    organizations=(row_of(OrganizationRow, ORGANIZATION),),
    programs=(row_of(ProgramRow, PROGRAM), row_of(ProgramRow, GRANT)),
    regions=tuple(row_of(RegionRow, cells) for cells in small()["regions"]),
    industries=tuple(row_of(IndustryRow, cells) for cells in small()["industries"]),
)


def raw(name, rows, columns=None):
    columns = tuple(columns or rows[0])
    lines = tuple((n, [row[c] for c in columns]) for n, row in enumerate(rows, 2))
    return RawTable(f"{name}.csv", name, columns, lines)


def plan_of(*tables, stored=STORED, merged=None):
    source = mapped(tables, Stored(), is_package=False, month="2026-03")
    return planned(source.tables, stored, today=TODAY, merged=merged)


def verdicts(plan):
    return [str(row.verdict) for row in plan.rows]


def reasons(plan):
    return [reason for row in plan.rows for _, _, reason in row.problems]


def test_a_file_like_the_catalogue_changes_nothing():
    plan = plan_of(raw("programs", [PROGRAM, GRANT]), raw("organizations", [ORGANIZATION]))

    assert verdicts(plan) == ["unchanged"] * 3


def test_a_changed_row_says_each_field_as_it_was_and_as_it_would_be():
    plan = plan_of(raw("programs", [{**PROGRAM, "name": "Lean days", "max_employees": ""}]))

    assert plan.rows[0].changes == (
        ("name", "Lean projects", "Lean days"),
        ("max_employees", "49", ""),
    )


def test_a_column_that_the_file_lacks_keeps_what_is_there():
    plan = plan_of(raw("programs", [PROGRAM], ["id", "phone"]))
    changed = plan_of(raw("programs", [{**PROGRAM, "phone": "617-555-0199"}], ["id", "phone"]))

    assert verdicts(plan) == ["unchanged"]
    assert changed.rows[0].changes == (("phone", "617-555-0100", "617-555-0199"),)


def test_a_program_of_a_merged_organization_goes_to_the_one_that_it_is_part_of_now():
    old = {**ORGANIZATION, "id": "old"}
    stored = replace(STORED, organizations=(*STORED.organizations, row_of(OrganizationRow, old)))
    table = raw("programs", [{**PROGRAM, "organization_id": "old"}])

    plan = plan_of(table, stored=stored, merged={"old": ORGANIZATION["id"]})

    assert verdicts(plan) == ["unchanged"]


def test_a_bad_cell_rejects_its_row_in_the_words_of_the_loader():
    plan = plan_of(raw("programs", [{**PROGRAM, "delivery": "on site"}, GRANT]))

    assert verdicts(plan) == ["rejected", "unchanged"]
    assert plan.rows[0].problems == [
        ("delivery", "on site", '"on site" is not a word of this column; did you mean "on-site"?')
    ]
    assert plan.rows[0].cells["delivery"] == "on site"


def test_a_row_that_refers_to_a_rejected_new_one_is_rejected_too_and_so_on():
    first = {**PROGRAM, "id": "first", "pathway_next": "second"}
    second = {**PROGRAM, "id": "second", "pathway_next": "third"}
    third = {**PROGRAM, "id": "third", "organization_id": "nobody"}
    fine = {**PROGRAM, "id": "fine", "pathway_next": "acme-grant"}

    plan = plan_of(raw("programs", [first, second, third, fine]))

    assert verdicts(plan) == ["rejected", "rejected", "rejected", "added"]


def test_programs_that_lead_to_each_other_are_added_together():
    first = {**PROGRAM, "id": "first", "pathway_next": "second"}
    second = {**PROGRAM, "id": "second", "pathway_next": "first"}

    assert verdicts(plan_of(raw("programs", [first, second]))) == ["added", "added"]


def test_a_key_counts_once_in_all_files():
    again = {**GRANT, "name": "Again"}

    plan = plan_of(raw("programs", [GRANT]), raw("more programs", [again]))

    assert verdicts(plan) == ["unchanged", "rejected"]
    assert reasons(plan) == ["was already used on line 2 of programs.csv"]


def test_a_row_of_another_width_is_rejected():
    table = raw("programs", [PROGRAM])
    table = replace(table, rows=((2, [*table.rows[0][1], "more"]),))

    plan = plan_of(table)

    assert reasons(plan) == ["has 30 cells; the first line names 29 columns"]
    assert plan.rows[0].cells["pathway_next"] == "acme-grant,more"


CELLS = st.one_of(
    st.sampled_from(
        ["", "acme-lean", "acme-grant", "new", "nobody", "any", "statewide", "=1", "332710"]
    ),
    st.text(st.characters(codec="utf-8"), max_size=12),
)


@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(PROGRAM, CELLS)), max_size=8))
@settings(deadline=None)
def test_every_row_that_was_read_has_one_verdict_and_what_is_taken_is_then_unchanged(changes):
    rows = [{**PROGRAM, **cells} for cells in changes]
    table = raw("programs", rows, PROGRAM)

    plan = plan_of(table)

    assert len(plan.rows) == len(rows) == sum(plan.counts.values())
    assert all(bool(row.problems) == (row.verdict is Verdict.REJECTED) for row in plan.rows)
    taken = {row.id: row for row in (*STORED.programs, *plan.to_write(ProgramRow))}
    after = replace(STORED, programs=tuple(taken.values()))
    again = plan_of(table, stored=after)
    assert again.counts["added"] == again.counts["changed"] == 0
    assert again.counts["rejected"] <= plan.counts["rejected"]


def test_a_row_written_by_an_export_is_unchanged():
    row = STORED.programs[0]
    table = raw("programs", [dict(zip(rules_of(ProgramRow), cells_of(row), strict=True))])

    assert verdicts(plan_of(table)) == ["unchanged"]
