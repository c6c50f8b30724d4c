"""Brings the directory's tables to the state that a catalogue asks for, in few statements."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, delete, insert, inspect, select, update

from portal.directory import models
from portal.directory.catalog_records import location_id, phone_id
from portal.directory.vocabulary import FACETS
from portal.directory.vocabulary_records import Records, Values, taxonomy_id
from portal.extensions import Model, db

Stored = Mapping[type[Model], Mapping[Any, RowMapping]]

# Those that others refer to come first.
TABLES: tuple[type[Model], ...] = (
    models.Taxonomy,
    models.TaxonomyTerm,
    models.Organization,
    models.Location,
    models.Service,
    models.Phone,
    models.ServiceArea,
    models.CostOption,
    models.Attribute,
    models.PathwayStep,
    models.County,
    models.Synonym,
    models.PostalPlace,
)
DATED: tuple[type[Model], ...] = (models.Organization, models.Service)
# What a new row holds in the columns that a load never touches again.
UNTOUCHED: dict[type[Model], Values] = {
    models.Taxonomy: {"description": "", "version": ""},
    models.TaxonomyTerm: {"description": "", "aliases": ""},
    models.Service: {"assured_date": None, "assurer_email": None},
}
DELETED_AT_ONCE = 500


@dataclass(slots=True)
class Changes:
    """Rows to add, columns to change and rows to delete, by table and primary key."""

    added: Records = field(default_factory=dict)
    changed: Records = field(default_factory=dict)
    deleted: dict[type[Model], list[Any]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(self.added.values()) or any(self.changed.values()) or any(self.deleted.values())


def changes_to(wanted: Records) -> Changes:
    """Return what must change in the database so that it holds the wanted records.

    Args:
        wanted: all rows of the catalogue, with the columns that it decides.
    """
    stored = {model: _stored(model) for model in TABLES}
    changes = Changes()
    for model in TABLES:
        asked, present = wanted.get(model, {}), stored[model]
        changes.added[model] = {key: asked[key] for key in asked if key not in present}
        changes.changed[model] = {
            key: different
            for key, values in asked.items()
            if key in present and (different := difference(values, present[key]))
        }
        changes.deleted[model] = [key for key in _replaceable(model, stored) if key not in asked]
    return changes


def write_changes(
    changes: Changes, *, touched: Mapping[type[Model], Collection[uuid.UUID]], now: datetime
) -> None:
    """Write changes; the caller commits.

    Args:
        changes: as `changes_to` found them.
        touched: rows whose content changed, not merely their position, by table.
        now: their `last_modified`, and that of new ones.
    """
    for model in reversed(TABLES):
        _delete(model, changes.deleted[model])
    for model in TABLES:
        modified = {"last_modified": now} if model in DATED else {}
        _insert(model, changes.added[model], modified)
        updates = dict(changes.changed[model])
        for id_ in touched.get(model, ()):
            updates[id_] = {**updates.get(id_, {}), **modified}
        _update(model, updates)
    db.session.expire_all()


def _insert(model: type[Model], records: Mapping[Any, Values], more: Values) -> None:
    key, untouched = _key(model), UNTOUCHED.get(model, {})
    rows = [{**untouched, **values, **more, key: id_} for id_, values in records.items()]
    if rows:
        # Terms without a parent first: a parent must be there before its children.
        rows.sort(key=lambda row: row.get("parent_id") is not None)
        # By the table, not the mapper: for 200,000 attributes that is half the time.
        table: Any = model.__table__
        db.session.execute(insert(table), rows)


def _update(model: type[Model], records: Mapping[Any, Values]) -> None:
    key = _key(model)
    rows = [{**values, key: id_} for id_, values in records.items()]
    if rows:
        db.session.execute(update(model), rows)


def _delete(model: type[Model], ids: Sequence[Any]) -> None:
    column = getattr(model, _key(model))
    for start in range(0, len(ids), DELETED_AT_ONCE):
        some = ids[start : start + DELETED_AT_ONCE]
        db.session.execute(
            delete(model).where(column.in_(some)), execution_options={"synchronize_session": False}
        )


def _stored(model: type[Model]) -> dict[Any, RowMapping]:
    key = _key(model)
    rows = db.session.execute(select(*model.__table__.c)).mappings()
    return {row[key]: row for row in rows}


def difference(wanted: Values, present: RowMapping) -> Values:
    """Return the columns of a row that must change, with what they are to be."""
    return {name: value for name, value in wanted.items() if present[name] != value}


def _key(model: type[Model]) -> str:
    """Return the name of the primary key."""
    name: str = inspect(model).primary_key[0].name
    return name


def _replaceable(model: type[Model], stored: Stored) -> Iterator[Any]:
    """Yield the keys of rows that are the catalogue's alone, to be deleted once it lacks them.

    Listings are never deleted; a second phone or office and vocabularies of others' making are
    not the catalogue's.
    """
    rows = stored[model]
    if model in (models.PathwayStep, models.CostOption, models.ServiceArea, models.PostalPlace):
        yield from rows
    elif model is models.TaxonomyTerm:
        derived = {taxonomy_id("region"), taxonomy_id("topic")}
        yield from (key for key, row in rows.items() if row["taxonomy_id"] in derived)
    elif model is models.Attribute:
        facets = {taxonomy_id(facet) for facet in FACETS}
        terms = stored[models.TaxonomyTerm]
        for key, row in rows.items():
            if terms[row["taxonomy_term_id"]]["taxonomy_id"] in facets:
                yield key
    elif model is models.Phone:
        numbers = {phone_id(row["slug"]) for row in stored[models.Service].values()}
        yield from (key for key in rows if key in numbers)
    elif model is models.Location:
        offices = {location_id(row["slug"]) for row in stored[models.Organization].values()}
        yield from (key for key in rows if key in offices)
