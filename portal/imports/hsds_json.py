"""HSDS 3.0 as JSON, the API's full objects, taken apart into the tables of a package (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from portal.imports.hsds_names import TABLES, singular
from portal.imports.tables import MAX_ROWS, RawTable, UnreadableError

_DEEPEST = 12
Tables = dict[str, list[tuple[int, dict[str, str]]]]


def is_hsds_json(found: Any) -> bool:
    """Whether a JSON value holds objects of services or organizations."""
    return bool(list(_objects(found)))


def tables_of_json(found: Any, name: str) -> list[RawTable]:
    """Take full objects apart.

    Args:
        found: one object, a list of them, a page of the API (`contents`), or lists under
            `services` and `organizations`.
        name: how people know the file.

    Returns:
        A table for each kind of object; the line is the number of the outermost object.

    Raises:
        UnreadableError: there is no object of HSDS in it, or there are too many.
    """
    tables: Tables = {}
    seen: set[tuple[str, str]] = set()
    numbers = count(1)
    for table, thing in _objects(found):
        number = next(numbers)
        if number > MAX_ROWS:
            raise UnreadableError(name, f"has more than {MAX_ROWS:,} objects, which is the limit")
        _add(tables, seen, table, thing, number, 0, {})
    if not tables:
        reason = "holds no services or organizations in the form of HSDS"
        raise UnreadableError(name, reason)
    return [_raw(table, rows, name) for table, rows in tables.items()]


def _objects(found: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(found, list):
        for thing in found:
            if isinstance(thing, dict) and "id" in thing:
                yield _kind(thing), thing
    elif isinstance(found, dict):
        lists = [(key, value) for key, value in found.items() if isinstance(value, list)]
        if "id" in found and "name" in found:
            yield _kind(found), found
        else:
            for key, value in lists:
                table = singular(key)
                for thing in value:
                    if isinstance(thing, dict) and "id" in thing:
                        yield (table if table in TABLES else _kind(thing)), thing


def _kind(thing: Mapping[str, Any]) -> str:
    """Tell an organization from a service: only services belong to an organization."""
    belongs = {"organization", "organization_id", "service_areas", "cost_options", "fees"}
    return "service" if belongs & thing.keys() else "organization"


def _add(
    tables: Tables,
    seen: set[tuple[str, str]],
    table: str,
    thing: Mapping[str, Any],
    number: int,
    depth: int,
    owner: Mapping[str, str],
) -> None:
    row: dict[str, str] = dict(owner)
    id_ = _text(thing.get("id"))
    inner = {f"{table}_id": id_}
    if table in ("service", "organization"):
        inner |= {"link_id": id_, "link_entity": table}
    for key, value in thing.items():
        part = singular(key)
        if isinstance(value, dict) and part in TABLES and depth < _DEEPEST:
            row[f"{part}_id"] = _text(value.get("id"))
            _add(tables, seen, part, value, number, depth + 1, {})
        elif isinstance(value, list) and part in TABLES and depth < _DEEPEST:
            for each in value:
                if isinstance(each, dict):
                    _add(tables, seen, part, each, number, depth + 1, inner)
        elif not isinstance(value, dict | list):
            row[key] = _text(value)
    if id_ and (table, id_) in seen:
        return
    seen.add((table, id_))
    tables.setdefault(table, []).append((number, row))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _raw(table: str, rows: list[tuple[int, dict[str, str]]], name: str) -> RawTable:
    columns = tuple(dict.fromkeys(column for _, row in rows for column in row))
    cells = tuple((line, [row.get(column, "") for column in columns]) for line, row in rows)
    return RawTable(f"{name}: {table}", table, columns, cells)
