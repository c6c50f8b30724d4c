"""HSDS tables as rows of the catalogue, as far as HSDS knows what the catalogue asks (pure).

An HSDS table never empties a field: what it does not say is kept, or is the default of a new row.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from portal.directory.catalog_cells import LIST_SEPARATOR
from portal.directory.catalog_rows import (
    SUMMARY_CHARACTERS,
    OrganizationRow,
    ProgramRow,
    rules_of,
)
from portal.directory.vocabulary import STATEWIDE, slug_of
from portal.imports.hsds_names import ORGANIZATION, SERVICE, STATUSES, singular
from portal.imports.hsds_package import (
    USED,
    Record,
    Stored,
    Tables,
    check_references,
    same_id,
    tables_by_name,
)
from portal.imports.tables import RawTable, SourceRow, SourceTable

_ID_DIGITS = 10
_NAME_CHARACTERS = 100
# Facet → column of programs.csv.
_FACETS = {
    "form": "forms",
    "audience": "audiences",
    "industry": "industries",
    "delivery": "delivery",
    "topic": "topics",
    "level": "level",
    "side": "side",
    "connects": "connects",
}
_BY_NAME = frozenset({"topic"})  # their cells hold names; those of the others hold codes


def is_hsds(tables: Iterable[RawTable]) -> bool:
    """Whether tables are those of HSDS by their names: only HSDS has services."""
    return any(singular(table.stem) == "service" for table in tables)


def catalogue_tables(
    raw: Iterable[RawTable], stored: Stored, *, month: str
) -> tuple[list[SourceTable], list[str]]:
    """Map the tables of a package.

    Args:
        raw: its tables.
        stored: ids that the directory knows.
        month: YYYY-MM, the date of evidence that does not say its own.

    Returns:
        Organizations and programs, and the names of tables that nobody understood.

    Raises:
        DanglingError: more than a fifth of the references lead nowhere.
    """
    tables, names, ignored = tables_by_name(raw)
    check_references(tables, stored)
    slugs = {
        "organization": _slugs(tables.get("organization", []), stored.organizations),
        "service": _slugs(tables.get("service", []), stored.services),
    }
    found = []
    if "organization" in tables:
        rows = tuple(_organizations(tables, slugs["organization"]))
        found.append(_source("organization", OrganizationRow, rows, tables, names))
    if "service" in tables:
        known = {**stored.organizations, **slugs["organization"]}
        rows = tuple(_programs(tables, slugs["service"], known, stored.facets, month))
        found.append(_source("service", ProgramRow, rows, tables, names))
    return found, ignored


def _slugs(records: Iterable[Record], stored: Mapping[str, str]) -> dict[str, str]:
    """Return the slug of each id: that of the stored row, or one that is the same next time."""
    known = set(stored.values())
    by_end = {slug[-_ID_DIGITS:]: slug for slug in known}
    slugs: dict[str, str] = {}
    for record in records:
        id_ = record.cells.get("id", "")
        if not id_:
            continue
        end = hashlib.sha256(id_.encode()).hexdigest()[:_ID_DIGITS]
        name = slug_of(record.cells.get("name", ""))[:_NAME_CHARACTERS].strip("-")
        new = f"{name}-{end}" if name else end
        slugs[id_] = stored.get(same_id(id_)) or (id_ if id_ in known else by_end.get(end, new))
    return slugs


def _organizations(tables: Tables, slugs: Mapping[str, str]) -> Iterator[SourceRow]:
    seats = _first(tables, "location", "organization_id", "id")
    cities = _first(tables, "address", "location_id", "city")
    for record in tables["organization"]:
        id_ = record.cells.get("id", "")
        cells = {"id": slugs.get(id_, ""), **_named(record.cells, ORGANIZATION)}
        city = cities.get(seats.get(id_, ""), "")
        if city:
            cells["city"] = city
        website = cells.get("url", "")
        yield SourceRow(record.line, cells, {"evidence": "page", "source_url": website})


def _programs(
    tables: Tables,
    slugs: Mapping[str, str],
    organizations: Mapping[str, str],
    facets: Mapping[str, str],
    month: str,
) -> Iterator[SourceRow]:
    phones = _first(tables, "phone", "service_id", "number")
    costs = _first(tables, "cost_option", "service_id", "option")
    areas = _all_areas(tables)
    terms = _terms_of_services(tables, facets)
    for record in tables["service"]:
        id_ = record.cells.get("id", "")
        owner = record.cells.get("organization_id", "")
        cells = {
            "id": slugs.get(id_, ""),
            "organization_id": organizations.get(same_id(owner)) or organizations.get(owner, ""),
            **_named(record.cells, SERVICE),
            "status": STATUSES.get(record.cells.get("status", "").lower(), ""),
            "phone": phones.get(id_, ""),
            "cost_kind": costs.get(id_, ""),
            "regions": LIST_SEPARATOR.join(areas.get(id_, ())),
            **{_FACETS[facet]: LIST_SEPARATOR.join(found) for facet, found in terms[id_].items()},
        }
        dated = record.cells.get("assured_date") or record.cells.get("last_modified", "")
        defaults = {
            "short_description": _summary(cells.get("description", "")),
            "status": "active",
            "level": "point-solution",
            "side": "supply",
            "evidence": "page",
            "source_url": cells.get("url", ""),
            "as_of": dated[:7] or month,
        }
        filled = {column: cell for column, cell in cells.items() if cell or column == "id"}
        yield SourceRow(record.line, filled, defaults)


def _named(cells: Mapping[str, str], names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the filled cells under our names."""
    found = {}
    for ours, theirs in names.items():
        cell = next((cells[name] for name in theirs if cells.get(name)), "")
        if cell:
            found[ours] = cell
    return found


def _first(tables: Tables, table: str, owner: str, column: str) -> dict[str, str]:
    """Return a filled column of the first row that each owner has in a table."""
    found: dict[str, str] = {}
    for record in tables.get(table, []):
        if record.cells.get(owner) and record.cells.get(column):
            found.setdefault(record.cells[owner], record.cells[column])
    return found


def _all_areas(tables: Tables) -> dict[str, list[str]]:
    areas: dict[str, list[str]] = defaultdict(list)
    for record in tables.get("service_area", []):
        name = record.cells.get("name") or record.cells.get("service_area", "")
        if name:
            area = STATEWIDE if name.lower() == STATEWIDE else name
            areas[record.cells.get("service_id", "")].append(area)
    return areas


def _terms_of_services(
    tables: Tables, facets: Mapping[str, str]
) -> defaultdict[str, dict[str, list[str]]]:
    """Return what services are marked with: service → facet → cells' items."""
    named = {r.cells.get("id", ""): r.cells.get("name", "") for r in tables.get("taxonomy", [])}
    items: dict[str, tuple[str, str]] = {}
    for record in tables.get("taxonomy_term", []):
        cells = record.cells
        owner = cells.get("taxonomy_id", "")
        called = named.get(owner) or cells.get("taxonomy", "")
        facet = facets.get(same_id(owner)) or facets.get(called.lower(), "")
        word = cells.get("name") if facet in _BY_NAME else cells.get("code")
        if facet in _FACETS and word:
            items[cells.get("id", "")] = facet, word
    found: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for record in tables.get("attribute", []):
        service = record.cells.get("link_id") or record.cells.get("service_id", "")
        facet, word = items.get(record.cells.get("taxonomy_term_id", ""), ("", ""))
        if facet:
            # A service may be marked with a word twice; a cell must not name it twice.
            found[service].setdefault(facet, [])
            if word not in found[service][facet]:
                found[service][facet].append(word)
    return found


def _summary(text: str) -> str:
    """Return the beginning of a text as one line: its first sentence, or as much as fits."""
    line = " ".join(text.split())
    sentence = line.partition(". ")[0]
    if len(sentence) < len(line):
        sentence += "."
    if len(sentence) <= SUMMARY_CHARACTERS:
        return sentence
    return sentence[: SUMMARY_CHARACTERS - 1].rsplit(" ", 1)[0] + "…"


def _source(
    name: str,
    row_type: type[OrganizationRow] | type[ProgramRow],
    rows: tuple[SourceRow, ...],
    tables: Tables,
    names: Mapping[str, RawTable],
) -> SourceTable:
    table = names[name]
    filled = {c for record in tables[name] for c, cell in record.cells.items() if cell}
    ignored = tuple(c for c in table.columns if c in filled and c not in USED[name])
    columns = tuple(rules_of(row_type))
    return SourceTable(table.file, row_type, columns, rows, ignored, table.encoding)
