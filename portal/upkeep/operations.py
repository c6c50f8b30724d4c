"""Writes of upkeep: contacts, links, confirmations, reminders. The caller commits."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select, update

from portal.accounts import audit
from portal.accounts.models import Account
from portal.accounts.operations import plain_address
from portal.accounts.tokens import digest_of, new_token
from portal.directory import changes
from portal.directory.models import Organization, Service
from portal.extensions import db
from portal.upkeep.ladder import LadderDays, Reminder, Rung, rung_of
from portal.upkeep.models import (
    CONFIRM,
    Contact,
    DailyStep,
    LadderSetting,
    ReminderStop,
    SentReminder,
    UpkeepLink,
)

LINK_LASTS = {"confirm": timedelta(days=30), "stop": timedelta(days=400)}


def add_contact(
    organization: Organization,
    *,
    email: str,
    name: str,
    language: str,
    is_alternate: bool,
    takes_requests: bool,
    now: datetime,
    by: Account,
) -> Contact:
    """Add somebody to ask about an organization's listings, or change what is known of them.

    Somebody who had turned reminders off and is added again has asked for them again.
    """
    address = plain_address(email)
    contact = db.session.scalar(
        select(Contact).where(Contact.organization_id == organization.id, Contact.email == address)
    )
    if contact is None:
        contact = Contact(
            id=uuid.uuid4(), organization_id=organization.id, email=address, created_at=now
        )
        db.session.add(contact)
    contact.name, contact.language = name, language
    contact.is_alternate, contact.takes_requests = is_alternate, takes_requests
    db.session.execute(
        delete(ReminderStop).where(
            ReminderStop.organization_id == organization.id, ReminderStop.email == address
        )
    )
    db.session.flush()
    audit.record(
        "contact:add",
        object_kind="organization",
        object_id=organization.slug,
        now=now,
        by=by,
        contact=str(contact.id),
    )
    return contact


def remove_contact(contact: Contact, *, now: datetime, by: Account) -> None:
    """Ask somebody no more; links that they were sent end."""
    revoke_links(contact.organization_id, contact.email, now=now)
    audit.record(
        "contact:remove",
        object_kind="organization",
        object_id=contact.organization.slug,
        now=now,
        by=by,
        contact=str(contact.id),
    )
    db.session.delete(contact)


def note_asked(contact: Contact, *, now: datetime, by: Account) -> None:
    """Note that a manager had a contact asked now, with the letter itself."""
    audit.record(
        "contact:ask",
        object_kind="organization",
        object_id=contact.organization.slug,
        now=now,
        by=by,
        contact=str(contact.id),
    )


def make_link(organization_id: uuid.UUID, *, email: str, purpose: str, now: datetime) -> str:
    """Make a link and return its token, of which only the digest is kept."""
    token = new_token()
    db.session.add(
        UpkeepLink(
            digest=digest_of(token),
            purpose=purpose,
            organization_id=organization_id,
            email=email,
            created_at=now,
            expires_at=now + LINK_LASTS[purpose],
            revoked_at=None,
        )
    )
    return token


def revoke_links(organization_id: uuid.UUID, email: str, *, now: datetime) -> None:
    """End all links to confirm that somebody was sent about an organization."""
    db.session.execute(
        update(UpkeepLink)
        .where(
            UpkeepLink.organization_id == organization_id,
            UpkeepLink.email == email,
            UpkeepLink.purpose == CONFIRM,
            UpkeepLink.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )


def confirm(
    services: Collection[Service],
    *,
    by_email: str,
    now: datetime,
    by: Account | None = None,
    how: str,
) -> int:
    """Note that somebody said today that listings are correct.

    Args:
        services: of one organization.
        by_email: whose word it is.
        now: the present moment.
        by: the account that took it down, None for a contact with a link.
        how: "link", "account" or "phone", for the trail.

    Returns:
        How many were not confirmed today already.
    """
    confirmed = changes.confirm(services, on=now.date(), by_email=by_email)
    for service in confirmed:
        audit.record(
            "listing:confirm",
            object_kind="service",
            object_id=service.slug,
            now=now,
            by=by,
            label=by_email,
            how=how,
        )
    return len(confirmed)


def stop_reminders(link: UpkeepLink, *, now: datetime) -> None:
    """Write to somebody about an organization's listings no more."""
    known = db.session.scalar(
        select(ReminderStop.id).where(
            ReminderStop.organization_id == link.organization_id, ReminderStop.email == link.email
        )
    )
    if known is None:
        db.session.add(
            ReminderStop(
                id=uuid.uuid4(), organization_id=link.organization_id, email=link.email, at=now
            )
        )
        audit.record(
            "reminder:stop",
            object_kind="organization",
            object_id=link.organization.slug,
            now=now,
            label=link.email,
        )


def note_sent(services: Collection[tuple[Service, Reminder]], *, now: datetime) -> None:
    """Note the rungs for which a reminder went out, so that none follows for them."""
    for service, reminder in services:
        db.session.add(
            SentReminder(
                id=uuid.uuid4(),
                service_id=service.id,
                reminder=reminder,
                assured_on=service.assured_date,
                sent_at=now,
            )
        )


def begin_step(name: str, *, day: date, now: datetime) -> bool:
    """Take a step of a day, together with what it writes; whether nobody has done it yet."""
    if db.session.get(DailyStep, (day, name), with_for_update=True) is not None:
        return False
    db.session.add(DailyStep(day=day, name=name, done_at=now))
    db.session.flush()
    return True


def set_ladder(days: LadderDays, *, now: datetime, by: Account) -> None:
    """Set the ladder's days, and put each listing on its rung at once.

    Raises:
        ValueError: a rung or a letter does not come after the one before.
    """
    if not days.is_in_order:
        raise ValueError(days)
    for name, number in days.as_numbers().items():
        db.session.merge(LadderSetting(name=name, days=number))
    audit.record(
        "ladder:set",
        object_kind="ladder",
        object_id="ladder",
        now=now,
        by=by,
        days=days.as_numbers(),
    )
    put_on_rungs(days, now=now)


def put_on_rungs(days: LadderDays, *, now: datetime) -> int:
    """Mark and hide the listings whose confirmation is too old, as of today.

    Returns:
        How many changed their standing.
    """
    today = now.date()
    wanted = {}
    for service in db.session.scalars(select(Service).where(Service.assured_date.is_not(None))):
        rung = rung_of(service.assured_date, today=today, days=days)
        if rung in (Rung.OLD, Rung.HIDDEN):
            wanted[service.id] = rung.value
    changed = changes.set_standings(wanted, on=today)
    for service in changed:
        if wanted.get(service.id) == Rung.HIDDEN:
            audit.record("listing:hide", object_kind="service", object_id=service.slug, now=now)
    return len(changed)
