"""Writes single rows of organizations and programs beside those that are there, in any number.

A load of the whole catalogue compares every table; this touches only what the rows name, a few
hundred at a time, so that ten thousand of them need little memory and a short transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, func, select

from portal.directory import models
from portal.directory.catalog_records import (
    add_organization,
    add_program,
    location_id,
    phone_id,
)
from portal.directory.catalog_rows import OrganizationRow, ProgramRow
from portal.directory.identity import stable_id
from portal.directory.places import Gazetteer, places_of
from portal.directory.storing import Changes, difference, write_changes
from portal.directory.vocabulary import FACETS
from portal.directory.vocabulary_records import Records, add_topics, taxonomy_id, topics_of
from portal.extensions import Model, db

AT_ONCE = 400  # below the number of values that SQLite takes in one statement
Owned = Mapping[type[Model], ColumnElement[bool]]  # which stored rows are these rows' own


def write_rows(
    organizations: Sequence[OrganizationRow],
    programs: Sequence[ProgramRow],
    *,
    state_code: str,
    now: datetime,
) -> None:
    """Add or change rows; the caller marks the catalogue as changed and commits.

    New rows come after those that are there, in their own order; others keep their place.

    Args:
        organizations: checked, no two with one id.
        programs: checked, no two with one id; each refers to what is in the database or among
            these rows.
        state_code: two capital letters, written into the address of each office in the state.
        now: the `last_modified` of the rows.
    """
    gazetteer = Gazetteer(places_of(state_code) if organizations else ())
    seats = _seats(models.Organization, [row.id for row in organizations])
    for some in _parts(organizations):
        records: Records = defaultdict(dict)
        for row in some:
            add_organization(records, row, seats[row.id], gazetteer, state_code)
        _write(records, _owned_by_organizations([row.id for row in some]), now)
    topics = _with_new_topics(programs, now)
    seats = _seats(models.Service, [row.id for row in programs])
    # A next step may be a program that comes later in the same file.
    steps: list[tuple[Records, Owned]] = []
    for part in _parts(programs):
        records, slugs = defaultdict(dict), [row.id for row in part]
        for program in part:
            add_program(records, program, seats[program.id], topics)
        services = [stable_id("service", slug) for slug in slugs]
        own: Owned = {models.PathwayStep: models.PathwayStep.service_id.in_(services)}
        steps.append(({models.PathwayStep: records.pop(models.PathwayStep, {})}, own))
        _write(records, _owned_by_services(slugs), now)
    for found, own in steps:
        _write(found, own, now)


def _owned_by_organizations(slugs: Sequence[str]) -> Owned:
    return {models.Location: models.Location.id.in_([location_id(slug) for slug in slugs])}


def _owned_by_services(slugs: Sequence[str]) -> Owned:
    """Say which details are the catalogue's: not a second phone, nor another vocabulary's terms."""
    services = [stable_id("service", slug) for slug in slugs]
    facets = [taxonomy_id(facet) for facet in FACETS]
    terms = select(models.TaxonomyTerm.id).where(models.TaxonomyTerm.taxonomy_id.in_(facets))
    return {
        models.Phone: models.Phone.id.in_([phone_id(slug) for slug in slugs]),
        models.ServiceArea: models.ServiceArea.service_id.in_(services),
        models.CostOption: models.CostOption.service_id.in_(services),
        models.Attribute: models.Attribute.service_id.in_(services)
        & models.Attribute.taxonomy_term_id.in_(terms),
    }


def _write(records: Records, owned: Owned, now: datetime) -> None:
    """Write some records, and delete what is owned and not among them."""
    changes = Changes()
    changes.deleted = defaultdict(list)
    changes.added, changes.changed = defaultdict(dict), defaultdict(dict)
    touched: dict[type[Model], set[Any]] = {}
    for model in {*records, *owned}:
        asked: Mapping[Any, Any] = records.get(model, {})
        present = _stored(model, asked, owned.get(model))
        changes.added[model] = {key: asked[key] for key in asked if key not in present}
        changes.changed[model] = {
            key: different
            for key, values in asked.items()
            if key in present and (different := difference(values, present[key]))
        }
        if model in owned:
            changes.deleted[model] = [key for key in present if key not in asked]
        if model in (models.Organization, models.Service):
            touched[model] = {key for key in asked if key in present}
    write_changes(changes, touched=touched, now=now)


def _stored(
    model: type[Model], asked: Mapping[Any, Any], owned: ColumnElement[bool] | None
) -> dict[Any, RowMapping]:
    columns: Any = model.__table__.c
    condition = columns.id.in_(list(asked)) if owned is None else owned
    query = select(*columns).where(condition)
    return {row["id"]: row for row in db.session.execute(query).mappings()}


def _with_new_topics(programs: Sequence[ProgramRow], now: datetime) -> dict[str, str]:
    """Add the topics that are not there yet; returns the names of all by their codes."""
    terms = models.TaxonomyTerm
    query = select(terms.code, terms.name).where(terms.taxonomy_id == taxonomy_id("topic"))
    names = {row.code: row.name for row in db.session.execute(query)}
    new = {code: name for code, name in topics_of(programs).items() if code not in names}
    for part in _parts(list(new.items())):
        records: Records = defaultdict(dict)
        add_topics(records, dict(part), first=len(names))
        _write(records, {}, now)
        names.update(part)
    return names


def _seats(model: Any, slugs: Sequence[str]) -> dict[str, int]:
    """Return the position of each row: its own, or one after the last."""
    query = select(model.slug, model.position)
    known = {row.slug: row.position for row in db.session.execute(query)}
    last = db.session.scalar(select(func.max(model.position)))
    new = [slug for slug in slugs if slug not in known]
    return {**known, **{slug: seat for seat, slug in enumerate(new, (last or 0) + 1)}}


def _parts(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]
