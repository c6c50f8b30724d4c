"""What an import would do: each row added, changed, unchanged or rejected, and why (pure).

Rows are judged by the checks of the catalogue's loader. A rejected row is left out; a row that
refers to one that is left out is rejected, too. Rows that the files do not name are kept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from portal.directory import catalog_checks as checks
from portal.directory.catalog_cells import CellError, written
from portal.directory.catalog_rows import (
    Catalogue,
    OrganizationRow,
    ProgramRow,
    rules_of,
)
from portal.imports.tables import RowType, SourceRow, SourceTable

TOLD_EVERY = 250  # rows between two words of progress
Row = OrganizationRow | ProgramRow
Key = tuple[RowType, str]
Tell = Callable[[int, int], None]


class Verdict(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(slots=True)
class PlannedRow:
    """A row and what becomes of it.

    `changes` are (column, old, new), `problems` are (column, value, reason); the column is blank
    when a problem is of the row as a whole. `cells` are as they were sent.
    """

    table: int
    line: int
    key: str
    name: str
    cells: Mapping[str, str]
    row: Row | None
    verdict: Verdict = Verdict.REJECTED
    changes: tuple[tuple[str, str, str], ...] = ()
    problems: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    """All rows in the order of their files."""

    rows: tuple[PlannedRow, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows fared how; all four are named."""
        counted = Counter(row.verdict for row in self.rows)
        return {str(verdict): counted[verdict] for verdict in Verdict}

    def to_write(self, row_type: type[Any]) -> list[Any]:
        """Return the rows of a kind that are new or different."""
        wanted = (Verdict.ADDED, Verdict.CHANGED)
        return [
            row.row for row in self.rows if row.verdict in wanted and isinstance(row.row, row_type)
        ]


def planned(
    tables: Iterable[SourceTable],
    stored: Catalogue,
    *,
    today: date,
    merged: Mapping[str, str] | None = None,
    tell: Tell = lambda *_: None,
) -> Plan:
    """Judge all rows.

    Args:
        tables: of one import.
        stored: the catalogue as it is.
        today: no evidence may be of a later month.
        merged: organizations that are part of others now → those others; programs go there.
        tell: called now and then with how many rows were read, of how many.
    """
    tables = tuple(tables)
    present: dict[Key, Row] = {(OrganizationRow, row.id): row for row in stored.organizations}
    present.update({(ProgramRow, row.id): row for row in stored.programs})
    total = sum(len(table.rows) for table in tables)
    rows: list[PlannedRow] = []
    for number, table in enumerate(tables):
        for source in table.rows:
            rows.append(_read(number, table.row_type, source, present, today))
            _lead_on(rows[-1], merged or {})
            if len(rows) % TOLD_EVERY == 0:
                tell(len(rows), total)
    tell(total, total)
    kinds = [table.row_type for table in tables]
    files = [table.file for table in tables]
    _reject_doubles(rows, kinds, files)
    _reject_misfits(rows, kinds, stored)
    for row in rows:
        _judge(row, present.get((kinds[row.table], row.key)))
    return Plan(tuple(rows))


def _read(
    table: int, row_type: RowType, source: SourceRow, present: Mapping[Key, Row], today: date
) -> PlannedRow:
    key = source.cells.get(row_type.KEY, "").strip()
    name = source.cells.get("name", "").strip()
    if source.fault:
        cell = ",".join(source.cells.values())
        return PlannedRow(
            table, source.line, key, name, source.cells, None, problems=[("", cell, source.fault)]
        )
    known = present.get((row_type, key))
    values: dict[str, Any] = {}
    problems = []
    filled = dict(source.cells)
    for column, rule in rules_of(row_type).items():
        if column not in source.cells and known is not None:
            values[column] = getattr(known, column)
            continue
        cell = source.cells.get(column, source.defaults.get(column, ""))
        filled[column] = cell
        try:
            values[column] = rule.read(cell, today)
        except CellError as error:
            problems.append((column, cell, str(error)))
    if problems and known is not None:  # so that the row can be mended as a whole
        for column in values.keys() - filled.keys():
            filled[column] = written(values[column])
    row = None if problems else row_type(**values)
    cells = filled if problems else source.cells
    return PlannedRow(table, source.line, key, name, cells, row, problems=problems)


def _lead_on(planned_row: PlannedRow, merged: Mapping[str, str]) -> None:
    """Give a program of a merged organization to the one that this is part of now."""
    row = planned_row.row
    if isinstance(row, ProgramRow) and row.organization_id in merged:
        planned_row.row = replace(row, organization_id=merged[row.organization_id])


def _reject_doubles(rows: list[PlannedRow], kinds: list[RowType], files: list[str]) -> None:
    first: dict[Key, PlannedRow] = {}
    for row in rows:
        if not row.key:
            continue
        known = first.setdefault((kinds[row.table], row.key), row)
        if known is not row:
            where = f"line {known.line}"
            if known.table != row.table:
                where += f" of {files[known.table]}"
            row.problems.append((kinds[row.table].KEY, row.key, f"was already used on {where}"))


def _reject_misfits(rows: list[PlannedRow], kinds: list[RowType], stored: Catalogue) -> None:
    """Reject rows that refer to nothing, and then those that refer to them, to the end."""
    good = {(kinds[row.table], row.key): row for row in rows if not row.problems}
    kept: dict[RowType, dict[str, None]] = {
        OrganizationRow: {row.id: None for row in stored.organizations},
        ProgramRow: {row.id: None for row in stored.programs},
    }
    names = {kind: dict(keys) for kind, keys in kept.items()}
    referring: dict[Key, list[Key]] = defaultdict(list)
    for (kind, key), row in good.items():
        names[kind][key] = None
        for target in _targets(row.row):
            referring[target].append((kind, key))
    known = _known(stored, names)
    waiting = list(good)
    while waiting:
        at = waiting.pop()
        judged = good.get(at)
        if judged is None or judged.row is None:
            continue
        judged.problems = list(checks.faults_of(judged.row, known))
        if judged.problems:
            del good[at]
            kind, key = at
            if key not in kept[kind]:
                del names[kind][key]
                waiting += referring[at]


def _targets(row: Row | None) -> Iterable[Key]:
    if isinstance(row, ProgramRow):
        yield OrganizationRow, row.organization_id
        for key in row.pathway_next:
            yield ProgramRow, key


def _known(stored: Catalogue, names: Mapping[RowType, dict[str, None]]) -> checks.Known:
    regions = checks.region_names(stored.regions)
    return checks.Known(
        organizations=names[OrganizationRow],
        programs=names[ProgramRow],
        counties={row.county: None for row in stored.regions},
        industries={row.code: None for row in stored.industries},
        regions=dict.fromkeys(regions.values()),
        region_of_code=regions,
    )


def _judge(row: PlannedRow, known: Row | None) -> None:
    if row.problems or row.row is None:
        row.verdict, row.row = Verdict.REJECTED, None
        return
    if known is None:
        row.verdict = Verdict.ADDED
    elif known == row.row:
        row.verdict, row.row = Verdict.UNCHANGED, None
    else:
        row.verdict = Verdict.CHANGED
        row.changes = tuple(
            (column, written(old), written(new))
            for column in rules_of(type(known))
            if (old := getattr(known, column)) != (new := getattr(row.row, column))
        )
    if not row.name:
        row.name = known.name if known is not None else ""
    row.cells = {}  # only what goes back to its author is kept
