"""Tables of what happens to listings: versions, changes on the way, modes of publishing."""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.directory.models import Organization
from portal.extensions import Model

DRAFT, WAITING, RETURNED, PUBLISHED = "draft", "waiting", "returned", "published"
DISCARDED = "discarded"
OPEN = (DRAFT, WAITING, RETURNED)


class ListingRevision(Model):
    """A published state of a listing; number 0 is what stood there before its first edit."""

    __tablename__ = "listing_revision"
    __table_args__ = (
        UniqueConstraint("listing_id", "number"),
        CheckConstraint("kind in ('service', 'organization')", name="kind"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    listing_id: Mapped[uuid.UUID]
    number: Mapped[int]
    at: Mapped[datetime]
    author_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    author_label: Mapped[str]  # blank: the catalogue, as it was loaded
    reason: Mapped[str]
    snapshot: Mapped[str]  # JSON, all of the listing

    @property
    def content(self) -> dict[str, Any]:
        """The listing as it was."""
        found: dict[str, Any] = json.loads(self.snapshot)
        return found


class ListingChange(Model):
    """What somebody wants a listing to be: a draft, then waiting, then published or returned."""

    __tablename__ = "listing_change"
    __table_args__ = (
        CheckConstraint("kind in ('service', 'organization')", name="kind"),
        CheckConstraint(
            "status in ('draft', 'waiting', 'returned', 'published', 'discarded')", name="status"
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    listing_id: Mapped[uuid.UUID | None] = mapped_column(index=True)  # None: a new listing
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organization.id"), index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    title: Mapped[str]  # the listing's name, as lists of changes show it
    status: Mapped[str] = mapped_column(index=True)
    base_number: Mapped[int]  # the revision that it started from
    typed_json: Mapped[str]  # the form's fields, right or wrong
    content_json: Mapped[str]  # what they say; blank while a draft
    reason: Mapped[str]
    note: Mapped[str]  # of the manager who returned it
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))

    organization: Mapped[Organization] = relationship()
    author: Mapped[Account] = relationship(foreign_keys=[author_id])

    @property
    def typed(self) -> dict[str, list[str]]:
        """The form's fields as they were typed."""
        found: dict[str, list[str]] = json.loads(self.typed_json)
        return found

    @property
    def content(self) -> dict[str, Any]:
        """What the listing is to be; empty while a draft."""
        found: dict[str, Any] = json.loads(self.content_json or "{}")
        return found


class PublishingMode(Model):
    """How an organization's changes are published; without a row a manager approves them."""

    __tablename__ = "publishing_mode"

    organization_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organization.id"), primary_key=True
    )
    is_at_once: Mapped[bool]
