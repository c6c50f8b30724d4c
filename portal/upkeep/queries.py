"""Reads of upkeep: whom to ask, what is due, what waits for somebody."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal.accounts.models import ACTIVE, Account, Membership
from portal.accounts.tokens import digest_of
from portal.directory.models import Organization, Service
from portal.directory.successors import NOT_MERGED
from portal.extensions import db
from portal.upkeep.ladder import LadderDays, Reminder, Rung, is_to_be_called, reminder_due, rung_of
from portal.upkeep.models import (
    BROKEN,
    OPEN,
    REFUSED,
    Contact,
    DailyStep,
    LadderSetting,
    LinkCheck,
    ReminderStop,
    SentReminder,
    Suggestion,
    UpkeepLink,
)

OFFERED = Service.status != "inactive"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who can be asked about an organization's listings."""

    email: str
    name: str
    language: str
    is_alternate: bool


@dataclass(frozen=True, slots=True)
class DueLetter:
    """One letter that is due: to whom, and about which listings on which of their rungs."""

    organization: Organization
    recipient: Recipient
    services: tuple[tuple[Service, Reminder], ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A listing that a manager should call about."""

    service: Service
    rung: Rung
    people: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """An address that does not answer, and a listing that names it."""

    check: LinkCheck
    service: Service


def ladder_days() -> LadderDays:
    """Return the ladder's days: what managers have set, else the defaults."""
    rows = db.session.execute(select(LadderSetting.name, LadderSetting.days))
    return LadderDays(**dict(rows.all()))


def open_link(token: str, *, purpose: str, now: datetime) -> UpkeepLink | None:
    """Return what a token opens; None when it is unknown, over or taken back."""
    found = db.session.scalar(
        select(UpkeepLink)
        .where(UpkeepLink.digest == digest_of(token), UpkeepLink.purpose == purpose)
        .options(joinedload(UpkeepLink.organization))
    )
    if found is None or found.revoked_at is not None or found.expires_at <= now:
        return None
    return found


def listings_of(organization_id: uuid.UUID) -> list[Service]:
    """Return the listings of an organization that are offered, hidden ones included, by name."""
    return list(
        db.session.scalars(
            select(Service)
            .where(Service.organization_id == organization_id, OFFERED)
            .options(selectinload(Service.phones))
            .order_by(Service.name)
        )
    )


def listing_of(organization_id: uuid.UUID, slug: str) -> Service | None:
    """Return one of the listings of an organization that are offered, or None."""
    return next((s for s in listings_of(organization_id) if s.slug == slug), None)


def recipients_of(organization_id: uuid.UUID) -> list[Recipient]:
    """Return who may be written to about an organization: contacts first, alternates last."""
    stopped = set(
        db.session.scalars(
            select(ReminderStop.email).where(ReminderStop.organization_id == organization_id)
        )
    )
    contacts = db.session.scalars(
        select(Contact)
        .where(Contact.organization_id == organization_id)
        .order_by(Contact.is_alternate, Contact.created_at, Contact.email)
    )
    found = [Recipient(c.email, c.name, c.language, c.is_alternate) for c in contacts]
    staff = db.session.scalars(
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.organization_id == organization_id, Account.status == ACTIVE)
        .order_by(Account.created_at, Account.email)
    )
    known = {recipient.email for recipient in found}
    found += [Recipient(a.email, a.name, a.language, False) for a in staff if a.email not in known]
    return sorted((r for r in found if r.email not in stopped), key=lambda r: r.is_alternate)


def contacts() -> list[Contact]:
    """Return all contacts by organization."""
    return list(
        db.session.scalars(
            select(Contact)
            .join(Contact.organization)
            .options(joinedload(Contact.organization))
            .order_by(Organization.name, Contact.is_alternate, Contact.email)
        )
    )


def stopped() -> set[tuple[uuid.UUID, str]]:
    """Return who wants no reminders, as organization and address."""
    rows = db.session.execute(select(ReminderStop.organization_id, ReminderStop.email))
    return {(organization, email) for organization, email in rows}


def organization_choices() -> list[tuple[str, str]]:
    """Return slug and name of every organization by name."""
    rows = db.session.execute(select(Organization.slug, Organization.name).where(NOT_MERGED))
    return sorted(((slug, name) for slug, name in rows), key=lambda row: row[1].casefold())


def due_letters(*, today: date, days: LadderDays) -> list[DueLetter]:
    """Return the letters that are due on a day, at most two an organization.

    The usual contact gets one with all listings on the first two rungs, the alternate one with
    those on the third. Where nobody can be written to, there is none.
    """
    sent = {
        (row.service_id, row.reminder, row.assured_on)
        for row in db.session.execute(
            select(SentReminder.service_id, SentReminder.reminder, SentReminder.assured_on)
        )
    }
    due: dict[tuple[uuid.UUID, bool], list[tuple[Service, Reminder]]] = {}
    for service in db.session.scalars(
        select(Service)
        .where(OFFERED, Service.assured_date.is_not(None))
        .options(joinedload(Service.organization))
        .order_by(Service.name)
    ):
        reminder = reminder_due(service.assured_date, today=today, days=days)
        if reminder and (service.id, reminder, service.assured_date) not in sent:
            key = service.organization_id, reminder is Reminder.ALTERNATE
            due.setdefault(key, []).append((service, reminder))
    letters = []
    for (organization_id, is_last), services in due.items():
        people = recipients_of(organization_id)
        if people:
            # The last letter goes to somebody else, where there is anybody else.
            recipient = people[-1] if is_last else people[0]
            letters.append(DueLetter(services[0][0].organization, recipient, tuple(services)))
    return letters


def call_list(*, today: date, days: LadderDays) -> list[Call]:
    """Return the listings to call about: hidden and overdue ones, then those never confirmed.

    The former by their confirmation, the latter by their evidence, oldest first; evidence that
    nobody dated counts as the oldest.
    """
    services = [
        service
        for service in db.session.scalars(
            select(Service)
            .where(OFFERED)
            .options(joinedload(Service.organization), selectinload(Service.phones))
        )
        if is_to_be_called(service.assured_date, today=today, days=days)
    ]
    services.sort(
        key=lambda s: (
            s.assured_date is None,
            s.assured_date or date.min,
            s.evidence_as_of,
            s.name,
        )
    )
    people = {id_: tuple(recipients_of(id_)) for id_ in {s.organization_id for s in services}}
    return [
        Call(
            service,
            rung_of(service.assured_date, today=today, days=days),
            people[service.organization_id],
        )
        for service in services
    ]


def suggestions(organization_ids: Collection[uuid.UUID] | None) -> list[Suggestion]:
    """Return the open suggestions, oldest first.

    Args:
        organization_ids: whose listings they are about; None for all.
    """
    query = (
        select(Suggestion)
        .join(Suggestion.service)
        .where(Suggestion.state == OPEN)
        .options(
            joinedload(Suggestion.service).joinedload(Service.organization),
            joinedload(Suggestion.service).selectinload(Service.phones),
        )
        .order_by(Suggestion.created_at)
    )
    if organization_ids is not None:
        query = query.where(Service.organization_id.in_(organization_ids))
    return list(db.session.scalars(query))


def broken_links(organization_ids: Collection[uuid.UUID] | None) -> list[BrokenLink]:
    """Return the addresses that do not answer, each with the listings that name it.

    Args:
        organization_ids: whose listings; None for all.
    """
    query = (
        select(LinkCheck, Service)
        .join(Service, or_(Service.url == LinkCheck.url, Service.application_url == LinkCheck.url))
        .where(LinkCheck.outcome.in_((BROKEN, REFUSED)), OFFERED)
        .options(joinedload(Service.organization))
        .order_by(Service.name)
    )
    if organization_ids is not None:
        query = query.where(Service.organization_id.in_(organization_ids))
    return [BrokenLink(check, service) for check, service in db.session.execute(query)]


def is_done(name: str, day: date) -> bool:
    """Whether a step of a day was done, by whichever worker."""
    return db.session.get(DailyStep, (day, name)) is not None
