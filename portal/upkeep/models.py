"""Tables of upkeep: whom to ask, what was asked and suggested, which links answer."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.directory.models import Organization, Service
from portal.extensions import Model

CONFIRM, STOP = PURPOSES = ("confirm", "stop")
OPEN, ACCEPTED, DECLINED = STATES = ("open", "accepted", "declined")
CONTACT, PUBLIC = SOURCES = ("contact", "public")
ANSWERS, BROKEN, UNCLEAR, REFUSED = OUTCOMES = ("answers", "broken", "unclear", "refused")


class LadderSetting(Model):
    """One of the ladder's days that managers have set; the others have their defaults."""

    __tablename__ = "ladder_setting"
    __table_args__ = (CheckConstraint("days > 0", name="days"),)

    name: Mapped[str] = mapped_column(primary_key=True)
    days: Mapped[int]


class Contact(Model):
    """Somebody at an organization who is asked whether its listings are correct."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("organization_id", "email"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organization.id"), index=True)
    email: Mapped[str]
    name: Mapped[str]
    language: Mapped[str]
    is_alternate: Mapped[bool]  # is asked when the others do not answer
    takes_requests: Mapped[bool]  # has said that requests of companies may come here
    created_at: Mapped[datetime]

    organization: Mapped[Organization] = relationship()


class ReminderStop(Model):
    """Somebody, with an account or without, who wants no reminders about an organization."""

    __tablename__ = "reminder_stop"
    __table_args__ = (UniqueConstraint("organization_id", "email"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organization.id"), index=True)
    email: Mapped[str]
    at: Mapped[datetime]


class UpkeepLink(Model):
    """A link that was mailed to a contact: to confirm the listings, or to stop reminders."""

    __tablename__ = "upkeep_link"
    __table_args__ = (CheckConstraint("purpose in ('confirm', 'stop')", name="purpose"),)

    digest: Mapped[str] = mapped_column(primary_key=True)  # SHA-256 of a 128-bit token
    purpose: Mapped[str]
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organization.id"), index=True)
    email: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    organization: Mapped[Organization] = relationship()


class Suggestion(Model):
    """A change to one field of a listing that somebody who may not make it has asked for."""

    __tablename__ = "suggestion"
    __table_args__ = (
        CheckConstraint("state in ('open', 'accepted', 'declined')", name="state"),
        CheckConstraint("source in ('contact', 'public')", name="source"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"), index=True)
    field: Mapped[str]  # one of TEXT_FIELDS, "status" or "other"
    before: Mapped[str]
    after: Mapped[str]
    note: Mapped[str]
    source: Mapped[str]
    contact_email: Mapped[str]  # blank: a visitor, of whom nothing is kept
    state: Mapped[str] = mapped_column(index=True)
    created_at: Mapped[datetime]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str]  # why it was declined

    service: Mapped[Service] = relationship()
    decided_by: Mapped[Account | None] = relationship()


class SentReminder(Model):
    """A reminder that went out for a listing, once for each rung of one confirmation's age."""

    __tablename__ = "sent_reminder"
    __table_args__ = (
        UniqueConstraint("service_id", "reminder", "assured_on"),
        CheckConstraint("reminder in ('first', 'again', 'alternate')", name="reminder"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"), index=True)
    reminder: Mapped[str]
    assured_on: Mapped[date]
    sent_at: Mapped[datetime]


class DailyStep(Model):
    """A step that some worker has done on a day, so that no other does it again."""

    __tablename__ = "daily_step"

    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    done_at: Mapped[datetime]


class LinkCheck(Model):
    """Whether a listing's address answered when it was asked last."""

    __tablename__ = "link_check"
    __table_args__ = (
        CheckConstraint(
            "outcome in ('', 'answers', 'broken', 'unclear', 'refused')", name="outcome"
        ),
    )

    url: Mapped[str] = mapped_column(primary_key=True)
    host: Mapped[str] = mapped_column(index=True)
    outcome: Mapped[str]  # blank: not asked yet
    detail: Mapped[str]  # a status, or a word for what happened
    failures: Mapped[int]  # how often in a row it did not answer
    checked_at: Mapped[datetime | None]
    due_at: Mapped[datetime] = mapped_column(index=True)
    leased_until: Mapped[datetime | None]  # a worker has it until then
