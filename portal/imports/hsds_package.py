"""An HSDS package as tables by name, and whether its references lead anywhere (pure)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from portal.imports.hsds_names import ORGANIZATION, SERVICE, TABLES, singular
from portal.imports.tables import RawTable

MOST_DANGLING = 0.2  # of all references; a package with more is another package's half
USED = {
    "organization": {"id", *(name for names in ORGANIZATION.values() for name in names)},
    "service": {
        *("id", "organization_id", "status", "last_modified", "assured_date"),
        *(name for names in SERVICE.values() for name in names),
    },
    "phone": {"id", "service_id", "number", "extension"},
    "service_area": {"id", "service_id", "name", "service_area"},
    "cost_option": {"id", "service_id", "option"},
    "attribute": {
        *("id", "link_id", "link_entity", "taxonomy_term_id", "taxonomy_id", "service_id"),
        *("resource_id", "resource_type", "taxonomy_detail", "value", "label"),
    },
    "taxonomy_term": {"id", "code", "name", "term", "taxonomy_id", "taxonomy", "parent_id"},
    "taxonomy": {"id", "name"},
    "location": {"id", "organization_id", "name"},
    "address": {"id", "location_id", "city"},
}


class DanglingError(Exception):
    """Too many references of a package lead nowhere."""

    def __init__(self, dangling: int, references: int) -> None:
        super().__init__(dangling, references)
        self.dangling, self.references = dangling, references


@dataclass(frozen=True, slots=True)
class Stored:
    """What the directory knows already, by the ids that HSDS uses."""

    organizations: Mapping[str, str] = field(default_factory=dict)  # id → slug
    services: Mapping[str, str] = field(default_factory=dict)
    facets: Mapping[str, str] = field(default_factory=dict)  # id or small name of taxonomy → facet


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a table by column, and where it stands."""

    line: int
    cells: Mapping[str, str]


Tables = Mapping[str, list[Record]]


def tables_by_name(raw: Iterable[RawTable]) -> tuple[Tables, dict[str, RawTable], list[str]]:
    """Return tables by the names of HSDS, the first file of each, and files that are not used."""
    tables: dict[str, list[Record]] = {}
    names: dict[str, RawTable] = {}
    ignored = []
    for table in raw:
        name = singular(table.stem)
        if name not in TABLES:
            ignored.append(table.file)
            continue
        if name not in USED:
            ignored.append(table.file)
        names.setdefault(name, table)
        tables.setdefault(name, []).extend(
            Record(line, dict(zip(table.columns, (cell.strip() for cell in cells), strict=False)))
            for line, cells in table.rows
        )
    return tables, names, ignored


def check_references(tables: Tables, stored: Stored) -> None:
    """Count the references between tables that lead nowhere.

    Raises:
        DanglingError: they are more than a fifth of all.
    """
    ids: dict[str, set[str]] = {
        name: {record.cells.get("id", "") for record in records} for name, records in tables.items()
    }
    for name, known in (("organization", stored.organizations), ("service", stored.services)):
        ids.setdefault(name, set()).update(known)
    dangling = references = 0
    for name, records in tables.items():
        for record in records:
            for target, id_ in _references(name, record.cells):
                references += 1
                dangling += id_ not in ids.get(target, ())
    if dangling > MOST_DANGLING * references:
        raise DanglingError(dangling, references)


def _references(table: str, cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the table and id of each filled reference of a row."""
    for column, id_ in cells.items():
        if not id_ or not column.endswith("_id"):
            continue
        target = column.removesuffix("_id").removeprefix("parent_")
        if column == "parent_id":
            target = table
        elif column == "link_id":
            target = singular(cells.get("link_entity", ""))
        if target in TABLES:
            yield target, id_


def same_id(id_: str) -> str:
    """Return a UUID in its one usual form, anything else as it is."""
    try:
        return str(uuid.UUID(id_))
    except ValueError:
        return id_
