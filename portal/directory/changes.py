"""Writes to single listings: confirm, change a field, take off. The caller commits."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import date, datetime

from sqlalchemy import delete, select

from portal.directory.beside import IntakePause
from portal.directory.catalog_cells import CellError, Rule
from portal.directory.catalog_records import phone_id
from portal.directory.catalog_rows import ProgramRow
from portal.directory.models import Phone, Service, Standing
from portal.directory.operations import mark_catalogue_changed
from portal.extensions import db

# Column of a service → the catalogue's column whose rule its text must keep. The phone is a row.
TEXT_FIELDS: Mapping[str, str] = {
    "name": "name",
    "short_description": "short_description",
    "description": "description",
    "eligibility_description": "eligibility",
    "fees_description": "cost_note",
    "url": "url",
    "application_url": "application_url",
    "email": "email",
    "phone": "phone",
}


def confirm(services: Collection[Service], *, on: date, by_email: str) -> list[Service]:
    """Note that a person said on a day that listings are correct; nothing else changes.

    Args:
        services: whose listings they are.
        on: the day.
        by_email: the address of who said it.

    Returns:
        Those that were not confirmed on that day already, by whomever.
    """
    changed = [service for service in services if service.assured_date != on]
    for service in changed:
        service.assured_date, service.assurer_email = on, by_email
    if changed:
        ids = [service.id for service in changed]
        db.session.execute(delete(Standing).where(Standing.service_id.in_(ids)))
        mark_catalogue_changed()
    return changed


def text_of(service: Service, field: str) -> str:
    """Return what a listing says in one of TEXT_FIELDS."""
    if field == "phone":
        return service.phones[0].number if service.phones else ""
    text: str = getattr(service, field)
    return text


def fault_of(field: str, text: str, *, today: date) -> str:
    """Return why a field cannot hold a text, in English words of the catalogue; blank if it can."""
    try:
        _rule_of(field).read(text, today)
    except CellError as error:
        return str(error)
    return ""


def change_field(service: Service, field: str, text: str, *, now: datetime) -> None:
    """Write a text into one of TEXT_FIELDS.

    Raises:
        ValueError: the catalogue's rule for the field refuses it.
    """
    _rule_of(field).read(text, now.date())
    if field == "phone":
        _set_phone(service, text)
    else:
        setattr(service, field, text)
    _touch(service, now)


def take_off(service: Service, *, now: datetime) -> None:
    """Show a listing no more, as its service is not offered any more; it is never deleted."""
    service.status = "inactive"
    _touch(service, now)


def set_standings(wanted: Mapping[uuid.UUID, str], *, on: date) -> list[Service]:
    """Mark and hide exactly the listings that are named, and no others.

    Args:
        wanted: id of a service → "old" or "hidden".
        on: the day.

    Returns:
        Those whose standing changed; readers see it with the catalogue's next number.
    """
    present = {standing.service_id: standing for standing in db.session.scalars(select(Standing))}
    changed = [
        id_
        for id_ in {*present, *wanted}
        if (present[id_].rung if id_ in present else None) != wanted.get(id_)
    ]
    for id_ in changed:
        if id_ in present:
            db.session.delete(present[id_])
    db.session.flush()
    for id_ in changed:
        if id_ in wanted:
            db.session.add(Standing(service_id=id_, rung=wanted[id_], since_on=on))
    if changed:
        mark_catalogue_changed()
    return list(db.session.scalars(select(Service).where(Service.id.in_(changed))))


def pause_intake(service: Service, *, until_on: date) -> None:
    """Note that a service takes no new companies before a day; it is ranked lower till then."""
    pause = db.session.get(IntakePause, service.id)
    if pause is None:
        db.session.add(IntakePause(service_id=service.id, until_on=until_on))
    else:
        pause.until_on = until_on
    db.session.flush()
    mark_catalogue_changed()


def resume_intake(service: Service) -> bool:
    """End a pause; whether there was one."""
    pause = db.session.get(IntakePause, service.id)
    if pause is None:
        return False
    db.session.delete(pause)
    db.session.flush()
    mark_catalogue_changed()
    return True


def end_pauses(today: date) -> list[Service]:
    """End the pauses whose day has come, and return whose they were."""
    over = list(
        db.session.scalars(
            select(Service)
            .join(IntakePause, IntakePause.service_id == Service.id)
            .where(IntakePause.until_on <= today)
        )
    )
    if over:
        ids = [service.id for service in over]
        db.session.execute(delete(IntakePause).where(IntakePause.service_id.in_(ids)))
        mark_catalogue_changed()
    return over


def _set_phone(service: Service, number: str) -> None:
    if not number:
        service.phones.clear()
    elif service.phones:
        service.phones[0].number = number
    else:
        service.phones.append(Phone(id=phone_id(service.slug), number=number, type="voice"))


def _touch(service: Service, now: datetime) -> None:
    service.last_modified = now
    mark_catalogue_changed()


def _rule_of(field: str) -> Rule:
    column = TEXT_FIELDS[field]
    rule: Rule = next(f.metadata["rule"] for f in fields(ProgramRow) if f.name == column)
    return rule
