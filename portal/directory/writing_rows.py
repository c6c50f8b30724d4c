"""Writes single rows of organizations and programs beside those that are there, in any number.

A load of the whole catalogue compares every table; this touches only what the rows name, a few
hundred at a time, so that ten thousand of them need little memory and short transactions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, func, select

from portal.directory import models
from portal.directory.catalog_records import (
    add_next_steps,
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

# Few enough that nobody waits long for the lock, and that SQLite takes their ids in one statement.
AT_ONCE = 400
Owned = Mapping[type[Model], ColumnElement[bool]]  # which stored rows are these rows' own


@dataclass(frozen=True, slots=True)
class Part:
    """What a few rows change, found out before anything is locked; `rows` are done with it."""

    changes: Changes
    touched: Mapping[type[Model], set[Any]]
    rows: Sequence[OrganizationRow | ProgramRow] = ()


def write_part(part: Part, *, now: datetime) -> None:
    """Write a part; the caller commits. `now` is the `last_modified` of its rows."""
    write_changes(part.changes, touched=part.touched, now=now)


def parts_of(
    organizations: Sequence[OrganizationRow],
    programs: Sequence[ProgramRow],
    *,
    state_code: str,
    only_led_on: Sequence[ProgramRow] = (),
) -> Iterator[Part]:
    """Yield parts to be written one after the other, each before the next is asked for.

    What a part changes is read when it is asked for; whoever writes it in a later transaction
    makes sure that nobody else has written meanwhile, and marks the catalogue as changed. New
    rows come after those that are there, in their own order; others keep their place.

    Args:
        organizations: checked, no two with one id.
        programs: checked, no two with one id; each refers to what is in the database or among
            these rows.
        state_code: two capital letters, written into the address of each office in the state.
        only_led_on: programs that are written already, but not yet what comes next after them.
    """
    gazetteer = Gazetteer(places_of(state_code) if organizations else ())
    seats = _seats(models.Organization, [row.id for row in organizations])
    for some in _parts(organizations):
        records: Records = defaultdict(dict)
        for row in some:
            add_organization(records, row, seats[row.id], gazetteer, state_code)
        yield _part(records, _owned_by_organizations([row.id for row in some]), some)
    topics = _topic_names()
    seats = _seats(models.Service, [row.id for row in programs])
    for part in _parts(programs):
        records = defaultdict(dict)
        new = {code: name for code, name in topics_of(part).items() if code not in topics}
        add_topics(records, new, first=len(topics))
        topics.update(new)
        for program in part:
            add_program(records, program, seats[program.id], topics)
        records.pop(models.PathwayStep, None)
        yield _part(records, _owned_by_services([row.id for row in part]), part)
    # A next step may be a program that comes later in the same file.
    for part in _parts([*only_led_on, *programs]):
        yield _steps_of(part)


def _steps_of(programs: Sequence[ProgramRow]) -> Part:
    records: Records = defaultdict(dict)
    for program in programs:
        add_next_steps(records, program)
    services = [stable_id("service", row.id) for row in programs]
    own: Owned = {models.PathwayStep: models.PathwayStep.service_id.in_(services)}
    return _part(records, own)


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


def _part(
    records: Records, owned: Owned, rows: Sequence[OrganizationRow | ProgramRow] = ()
) -> Part:
    """Return what some records change; what is owned and not among them goes."""
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
    return Part(changes, touched, rows)


def _stored(
    model: type[Model], asked: Mapping[Any, Any], owned: ColumnElement[bool] | None
) -> dict[Any, RowMapping]:
    columns: Any = model.__table__.c
    condition = columns.id.in_(list(asked)) if owned is None else owned
    query = select(*columns).where(condition)
    return {row["id"]: row for row in db.session.execute(query).mappings()}


def _topic_names() -> dict[str, str]:
    """Return the names of all topics by their codes."""
    terms = models.TaxonomyTerm
    query = select(terms.code, terms.name).where(terms.taxonomy_id == taxonomy_id("topic"))
    return {row.code: row.name for row in db.session.execute(query)}


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
