"""What of a confirmed import is still to be written, wherever an earlier try broke off (pure).

Organizations are written before programs, each in the order of the files. A try that broke off
has written the first of them; a plan that is made again finds those unchanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.directory.catalog_rows import OrganizationRow, ProgramRow
from portal.imports.planning import Plan, PlannedRow, Verdict
from portal.imports.tables import RowType

WRITTEN = (Verdict.ADDED, Verdict.CHANGED)
NEXT_STEPS = "pathway_next"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the confirmed preview said of a row."""

    table: int
    verdict: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Left:
    """Rows still to be written, and programs that still lack what comes next after them."""

    rows: tuple[PlannedRow, ...]
    only_led_on: tuple[ProgramRow, ...]

    @property
    def organizations(self) -> list[OrganizationRow]:
        """The organizations among the rows."""
        return [planned.row for planned in self.rows if isinstance(planned.row, OrganizationRow)]

    @property
    def programs(self) -> list[ProgramRow]:
        """The programs among the rows."""
        return [planned.row for planned in self.rows if isinstance(planned.row, ProgramRow)]


def left_of(
    plan: Plan, shown: Sequence[Shown], kinds: Sequence[RowType], *, written: int
) -> Left | None:
    """Return what is left to write; None if it is no longer what was confirmed.

    Rows that are written are not looked at again: whoever changed one since is not overwritten.

    Args:
        plan: made of the same files for the catalogue as it is now.
        shown: what the preview said of each row, in the same order.
        kinds: what the rows of each table are.
        written: how many rows earlier tries have written.
    """
    if len(shown) != len(plan.rows):
        return None
    order = [
        position
        for kind in (OrganizationRow, ProgramRow)
        for position, row in enumerate(shown)
        if row.verdict in WRITTEN and kinds[row.table] is kind
    ]
    done = set(order[:written])
    for position, (row, said) in enumerate(zip(plan.rows, shown, strict=True)):
        if position not in done and (row.verdict, row.changes) != (said.verdict, said.changes):
            return None
    written_before = (plan.rows[position] for position in sorted(done))
    return Left(
        rows=tuple(plan.rows[position] for position in order[written:]),
        only_led_on=tuple(
            row.row
            for row in written_before
            if isinstance(row.row, ProgramRow)
            and {column for column, *_ in row.changes} == {NEXT_STEPS}
        ),
    )
