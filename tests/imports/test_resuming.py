"""What of a confirmed import is left to write, wherever it broke off."""

from __future__ import annotations

from portal.directory.catalog_rows import OrganizationRow, ProgramRow
from portal.imports.planning import Plan, PlannedRow, Verdict
from portal.imports.resuming import Shown, left_of
from tests.directory.catalogues import GRANT, ORGANIZATION, PROGRAM
from tests.imports.test_planning import row_of

ACME = row_of(OrganizationRow, ORGANIZATION)
LEAN, LOAN = row_of(ProgramRow, PROGRAM), row_of(ProgramRow, GRANT)
KINDS = (ProgramRow, OrganizationRow)  # the file of programs came first
STEPS = (("pathway_next", "", "acme-grant"),)


def planned(table, row, verdict, changes=()):
    is_kept = verdict in (Verdict.ADDED, Verdict.CHANGED)
    return PlannedRow(
        table, 2, "", "", {}, row if is_kept else None, verdict=verdict, changes=changes
    )


def plan_of(*rows):
    return Plan(tuple(rows))


ALL_NEW = plan_of(
    planned(0, LEAN, Verdict.ADDED),
    planned(0, LOAN, Verdict.ADDED),
    planned(1, ACME, Verdict.ADDED),
)
CONFIRMED = [Shown(0, "added", ()), Shown(0, "added", ()), Shown(1, "added", ())]


def test_organizations_come_before_programs_whatever_the_order_of_the_files():
    left = left_of(ALL_NEW, CONFIRMED, KINDS, written=0)

    assert [planned.row for planned in left.rows] == [ACME, LEAN, LOAN]
    assert (left.organizations, left.programs) == ([ACME], [LEAN, LOAN])


def test_what_is_written_is_not_written_again():
    now = plan_of(
        planned(0, LEAN, Verdict.UNCHANGED),
        planned(0, LOAN, Verdict.ADDED),
        planned(1, ACME, Verdict.UNCHANGED),
    )

    left = left_of(now, CONFIRMED, KINDS, written=2)

    assert [planned.row for planned in left.rows] == [LOAN]


def test_a_written_program_still_gets_what_comes_next_after_it():
    now = plan_of(
        planned(0, LEAN, Verdict.CHANGED, STEPS),
        planned(0, LOAN, Verdict.ADDED),
        planned(1, ACME, Verdict.UNCHANGED),
    )

    left = left_of(now, CONFIRMED, KINDS, written=2)

    assert left.only_led_on == (LEAN,)
    assert left.programs == [LOAN]


def test_a_written_program_that_somebody_changed_since_is_left_alone():
    since = (("name", "Theirs", "Ours"), *STEPS)
    now = plan_of(
        planned(0, LEAN, Verdict.CHANGED, since),
        planned(0, LOAN, Verdict.ADDED),
        planned(1, ACME, Verdict.UNCHANGED),
    )

    left = left_of(now, CONFIRMED, KINDS, written=2)

    assert left.only_led_on == ()
    assert left.programs == [LOAN]


def test_a_row_that_would_do_something_else_than_was_confirmed_stops_it():
    confirmed = [Shown(0, "changed", (("name", "Old", "New"),))]
    now = plan_of(planned(0, LEAN, Verdict.CHANGED, (("name", "Newer", "New"),)))

    assert left_of(now, confirmed, KINDS, written=0) is None


def test_a_rejected_row_that_could_be_taken_now_stops_it_too():
    now = plan_of(planned(0, LEAN, Verdict.ADDED))

    assert left_of(now, [Shown(0, "rejected", ())], KINDS, written=0) is None


def test_another_number_of_rows_stops_it():
    assert left_of(ALL_NEW, CONFIRMED[:2], KINDS, written=0) is None
