"""A listing as one value: what people may edit of it, read from the catalogue's rows and put back.

Keys are the catalogue's columns and a few of ours; values are what JSON can hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from portal.directory.catalog_rows import OrganizationRow, ProgramRow

SERVICE, ORGANIZATION = "service", "organization"

# What people may edit, in the order of the form.
SERVICE_COLUMNS = (
    "name",
    "alternate_name",
    "short_description",
    "description",
    "forms",
    "topics",
    "audiences",
    "eligibility",
    "min_employees",
    "max_employees",
    "industries",
    "regions",
    "delivery",
    "cost_kind",
    "cost_note",
    "url",
    "application_url",
    "phone",
    "email",
    "status",
    "pathway_next",
)
SERVICE_FIELDS = (*SERVICE_COLUMNS, "rounds", "story", "replaced_by")
ORGANIZATION_FIELDS = (
    "name",
    "short_name",
    "kind",
    "description",
    "url",
    "city",
    "county",
    "founded_year",
)
FIELDS = {SERVICE: SERVICE_FIELDS, ORGANIZATION: ORGANIZATION_FIELDS}
CLOSED = "inactive"

Content = dict[str, Any]
Row = TypeVar("Row", OrganizationRow, ProgramRow)


def content_of(row: OrganizationRow | ProgramRow, **more: Any) -> Content:
    """Return a row as a snapshot: all its columns, and what is kept beside it."""
    values = {column.name: getattr(row, column.name) for column in fields(row)}
    return {**{name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}, **more}


def row_with(row: Row, content: Mapping[str, Any]) -> Row:
    """Return a row with the columns that people may edit taken from a content; no other is."""
    columns = {column.name for column in fields(row)}
    names = SERVICE_COLUMNS if "organization_id" in columns else ORGANIZATION_FIELDS
    changed: dict[str, Any] = {
        name: tuple(content[name]) if isinstance(content[name], list) else content[name]
        for name in names
        if name in content
    }
    return replace(row, **changed)


def edited(kind: str, content: Mapping[str, Any]) -> Content:
    """Return only what people may edit of a content."""
    return {name: content[name] for name in FIELDS[kind] if name in content}


def with_former_name(content: Mapping[str, Any], before: Mapping[str, Any]) -> Content:
    """Return a content that keeps the name it had among its other names."""
    others = list(content.get("alternate_name") or ())
    former = before.get("name")
    if former and former != content["name"] and former not in others:
        others.append(former)
    return {**content, "alternate_name": [name for name in others if name != content["name"]]}


def kept_order(chosen: Iterable[str], before: Iterable[str]) -> list[str]:
    """Return what was chosen in the order it had; what is new comes after."""
    picked = list(dict.fromkeys(chosen))
    kept = [item for item in dict.fromkeys(before) if item in picked]
    return [*kept, *(item for item in picked if item not in kept)]
