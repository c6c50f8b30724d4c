"""Tables of the people who sign in. Secrets are kept as digests; nothing here can be replayed."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.directory.models import Organization
from portal.extensions import Model
from portal.permissions import WITH_SECOND_FACTOR, Role

INVITED, ACTIVE, SUSPENDED = STATUSES = ("invited", "active", "suspended")


class Account(Model):
    """Somebody who may sign in; `email` is unique in small letters."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("role in ('staff', 'manager', 'administrator')", name="role"),
        CheckConstraint("status in ('invited', 'active', 'suspended')", name="status"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role_code: Mapped[str] = mapped_column("role")
    status: Mapped[str]
    language: Mapped[str]
    password_hash: Mapped[str]  # blank: none was set
    totp_secret: Mapped[str]  # base32; blank: none is enrolled
    totp_step: Mapped[int]  # the last one that was used, so that no code works twice
    sign_on_subject: Mapped[str]  # "issuer|subject" of single sign-on; blank: never used
    created_at: Mapped[datetime]
    activated_at: Mapped[datetime | None]

    memberships: Mapped[list[Membership]] = relationship(
        back_populates="account", cascade="all, delete-orphan"
    )
    passkeys: Mapped[list[Passkey]] = relationship(cascade="all, delete-orphan")
    recovery_codes: Mapped[list[RecoveryCode]] = relationship(cascade="all, delete-orphan")

    @property
    def role(self) -> Role:
        """The role of the account."""
        return Role(self.role_code)

    @property
    def organization_ids(self) -> frozenset[uuid.UUID]:
        """The organizations whose staff it is."""
        return frozenset(membership.organization_id for membership in self.memberships)

    @property
    def is_navigator(self) -> bool:
        """Whether it is staff of the organization that managers have named as navigator."""
        return any(membership.navigator for membership in self.memberships)

    @property
    def is_active(self) -> bool:
        """Whether it may be signed in to."""
        return self.status == ACTIVE

    @property
    def must_have_second_factor(self) -> bool:
        """Whether what it may do asks for a second factor."""
        return self.role in WITH_SECOND_FACTOR or self.is_navigator

    @property
    def has_second_factor(self) -> bool:
        """Whether one is enrolled."""
        return bool(self.totp_secret or self.passkeys)


class Membership(Model):
    """An account as staff of an organization."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("account_id", "organization_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organization.id"), index=True)

    account: Mapped[Account] = relationship(back_populates="memberships")
    organization: Mapped[Organization] = relationship()
    navigator: Mapped[Navigator | None] = relationship(
        primaryjoin="foreign(Membership.organization_id) == Navigator.organization_id",
        viewonly=True,
    )


class Navigator(Model):
    """The one organization whose staff take requests that no program can receive yet."""

    __tablename__ = "navigator"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organization.id"), unique=True)
    named_at: Mapped[datetime]

    organization: Mapped[Organization] = relationship()


class AccountSession(Model):
    """A browser that is signed in; the id is the SHA-256 of what its cookie holds."""

    __tablename__ = "account_session"

    digest: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    second_factor_at: Mapped[datetime | None]
    browser: Mapped[str]  # a few words of what it called itself, for the page of sessions

    account: Mapped[Account] = relationship()


class SignedLink(Model):
    """A single-use link to an account: an invitation, or a new password."""

    __tablename__ = "signed_link"
    __table_args__ = (CheckConstraint("purpose in ('invitation', 'password')", name="purpose"),)

    digest: Mapped[str] = mapped_column(primary_key=True)  # SHA-256 of a 128-bit token
    purpose: Mapped[str]
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()


class RecoveryCode(Model):
    """One of ten codes that stand in for a lost second factor, once each."""

    __tablename__ = "recovery_code"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    digest: Mapped[str]
    used_at: Mapped[datetime | None]


class Passkey(Model):
    """A public key that a device of the account signs with (WebAuthn)."""

    __tablename__ = "passkey"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    credential_id: Mapped[str] = mapped_column(unique=True)  # base64url
    public_key: Mapped[str]  # base64url
    sign_count: Mapped[int]
    name: Mapped[str]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Claim(Model):
    """Somebody with an address at an organization's own domain asks to become its staff.

    The address is confirmed by a mailed link before a manager sees the claim.
    """

    __tablename__ = "claim"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organization.id"), index=True)
    email: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)  # SHA-256 of the link's token
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    is_accepted: Mapped[bool]

    organization: Mapped[Organization] = relationship()


class Attempt(Model):
    """How often something was tried in a span of time, so that restarts forget nothing."""

    __tablename__ = "attempt"
    __table_args__ = (UniqueConstraint("kind", "subject", "window_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]  # keyed digest of what is counted: an address, a mailbox
    window_at: Mapped[datetime]
    count: Mapped[int]


class AuditEvent(Model):
    """Who did what to which object when; the database refuses to change or delete it."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_object", "object_kind", "object_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    actor_id: Mapped[uuid.UUID | None]  # None: the system, or somebody who is not signed in
    actor_label: Mapped[str]
    action: Mapped[str]
    object_kind: Mapped[str]
    object_id: Mapped[str]
    details: Mapped[str]  # JSON
