"""Tables of referrals: a request, what it asked of whom, and every event of it."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.directory.models import Organization, Service
from portal.extensions import Model
from portal.referrals.standing import Limits, Standing
from portal.referrals.states import Status

WEB, PHONE, STAFF = CHANNELS = ("web", "phone", "staff")
HELP, INTRODUCTION = KINDS = ("help", "introduction")
MOVE, NOTE, REMINDER, OTHER = EVENT_KINDS = ("move", "note", "reminder", "other")
CONFIRM, CONSENT, TRACK, ANSWER, FOLLOW_UP = PURPOSES = (
    "confirm",
    "consent",
    "track",
    "answer",
    "follow_up",
)


class Episode(Model):
    """One request of a company: what it needs, and to whom it went, from first to last.

    Fields here are coarse enough to be counted for years; what names the company is in `Details`.
    """

    __tablename__ = "referral_episode"
    __table_args__ = (
        CheckConstraint("channel in ('web', 'phone', 'staff')", name="channel"),
        CheckConstraint("kind in ('help', 'introduction')", name="kind"),
        Index("ix_referral_episode_contact", "contact_digest", "created_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    idempotency_key: Mapped[str] = mapped_column(unique=True)  # 32 hexadecimal digits of the form
    channel: Mapped[str]
    kind: Mapped[str]
    is_warm: Mapped[bool]  # staff introduced company and program together
    language: Mapped[str]
    creator_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    creator_organization_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organization.id"))
    created_at: Mapped[datetime] = mapped_column(index=True)
    need: Mapped[str]  # code of a form, of a need of the wizard, or of a kind of introduction
    form: Mapped[str]
    audience: Mapped[str]
    industry: Mapped[str]  # NAICS, three digits or more; blank: not said
    region: Mapped[str]
    size: Mapped[str]  # a band of the size facet
    contact_digest: Mapped[str]  # keyed; the same mailbox or number is the same company
    held_at: Mapped[datetime | None]  # suspicious: nothing was sent
    held_for: Mapped[str]  # codes, separated by "|"
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    shares_with_state: Mapped[bool]  # managers may see the company's name
    shares_text: Mapped[str]  # what was ticked, word by word

    details: Mapped[Details] = relationship(back_populates="episode", cascade="all, delete-orphan")
    referrals: Mapped[list[Referral]] = relationship(
        back_populates="episode", order_by="Referral.begun_at"
    )
    creator: Mapped[Account | None] = relationship(foreign_keys=[creator_id])
    creator_organization: Mapped[Organization | None] = relationship()


class Details(Model):
    """What names the company of a request; emptied at its wish, or when it was kept long enough."""

    __tablename__ = "referral_details"

    episode_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("referral_episode.id"), primary_key=True
    )
    need_text: Mapped[str]
    name: Mapped[str]
    company: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]
    postal_code: Mapped[str]
    employees: Mapped[int | None]
    best_time: Mapped[str]
    erased_at: Mapped[datetime | None]

    episode: Mapped[Episode] = relationship(back_populates="details")


class Referral(Model):
    """A request as it was put to one program; its standing equals the fold of its moves."""

    __tablename__ = "referral"
    __table_args__ = (
        UniqueConstraint("episode_id", "service_id"),
        CheckConstraint("mover in ('company', 'program', 'navigator', '')", name="mover"),
        Index("ix_referral_inbox", "organization_id", "mover", "due_at"),
        Index("ix_referral_navigator", "via_navigator", "mover", "due_at"),
        Index("ix_referral_status", "status", "since_at"),
        # All that the inbox counts and orders by, so that it reads whole rows of one page only.
        Index(
            "ix_referral_counted",
            "organization_id",
            "via_navigator",
            "status",
            "mover",
            "due_at",
            "assignee_id",
            "sent_at",
            "reference",
            "id",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)  # what people say on the phone
    episode_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral_episode.id"), index=True)
    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"), index=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organization.id"))
    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("referral.id"), index=True)
    via_navigator: Mapped[bool]  # nobody at the organization can receive it yet
    consent_version: Mapped[str]  # blank: the company has not consented yet
    consent_text: Mapped[str]  # word by word, as it was shown
    consent_at: Mapped[datetime | None]
    knew_before: Mapped[str]  # answer given on the way to the listing; blank: not asked
    response_days: Mapped[int]
    contact_days: Mapped[int]
    assignee_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    contact_name: Mapped[str]  # whom the program has named

    status: Mapped[str]
    since_at: Mapped[datetime]
    begun_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    waiting_since: Mapped[datetime | None]
    response_due_at: Mapped[datetime | None]
    left_days: Mapped[int | None]
    mover: Mapped[str]
    due_at: Mapped[datetime | None]
    reminders: Mapped[int]  # how many went out for the clock that runs now

    episode: Mapped[Episode] = relationship(back_populates="referrals")
    service: Mapped[Service] = relationship()
    organization: Mapped[Organization] = relationship()
    parent: Mapped[Referral | None] = relationship(remote_side=[id], back_populates="children")
    children: Mapped[list[Referral]] = relationship(back_populates="parent")
    assignee: Mapped[Account | None] = relationship()
    events: Mapped[list[Event]] = relationship(back_populates="referral", order_by="Event.number")

    @property
    def limits(self) -> Limits:
        """How long its program may take."""
        return Limits(self.response_days, self.contact_days)

    @property
    def standing(self) -> Standing:
        """Where it stands, as the pure rules see it."""
        return Standing(
            status=Status(self.status),
            since_at=self.since_at,
            begun_at=self.begun_at,
            sent_at=self.sent_at,
            answered_at=self.answered_at,
            waiting_since=self.waiting_since,
            response_due_at=self.response_due_at,
            left_days=self.left_days,
            mover=self.mover,
            due_at=self.due_at,
        )

    @standing.setter
    def standing(self, standing: Standing) -> None:
        self.status = standing.status
        self.since_at = standing.since_at
        self.begun_at = standing.begun_at
        self.sent_at = standing.sent_at
        self.answered_at = standing.answered_at
        self.waiting_since = standing.waiting_since
        self.response_due_at = standing.response_due_at
        self.left_days = standing.left_days
        self.mover = standing.mover
        self.due_at = standing.due_at


class Event(Model):
    """Something that happened to a referral; the database refuses to change or delete it.

    `number` counts all events without a gap; `digest` chains each to the one before it.
    """

    __tablename__ = "referral_event"
    __table_args__ = (
        CheckConstraint("kind in ('move', 'note', 'reminder', 'other')", name="kind"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"), index=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    action: Mapped[str]  # of a move: where to; otherwise a word for what happened
    source: Mapped[str]  # of a move: where from; blank where it begins
    role: Mapped[str]
    actor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    facts: Mapped[str]  # JSON of codes and dates; nothing personal
    personal: Mapped[str]  # salted digest of what lies in `EventDetails`; blank: nothing does
    previous: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)

    referral: Mapped[Referral] = relationship(back_populates="events")
    actor: Mapped[Account | None] = relationship()
    details: Mapped[EventDetails | None] = relationship(cascade="all, delete-orphan")


class EventDetails(Model):
    """Words that came with an event; erasing empties fields and salt, and the chain still holds."""

    __tablename__ = "referral_event_details"

    number: Mapped[int] = mapped_column(ForeignKey("referral_event.number"), primary_key=True)
    salt: Mapped[str]
    fields: Mapped[str]  # JSON


class ChainHead(Model):
    """One row: the last event's number and digest. Whoever appends locks it."""

    __tablename__ = "referral_chain_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    digest: Mapped[str]


class Link(Model):
    """A link that was mailed about a request; `digest` is the SHA-256 of a 128-bit token.

    `revoked_at` is also set when a link that works once was used.
    """

    __tablename__ = "referral_link"
    __table_args__ = (
        CheckConstraint(
            "purpose in ('confirm', 'consent', 'track', 'answer', 'follow_up')", name="purpose"
        ),
    )

    digest: Mapped[str] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    episode_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral_episode.id"), index=True)
    referral_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("referral.id"), index=True)
    email: Mapped[str]  # whom it was sent to, where that is somebody at a program; else blank
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    episode: Mapped[Episode] = relationship()
    referral: Mapped[Referral | None] = relationship()
