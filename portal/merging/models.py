"""Tables of what managers decided about listings that look alike."""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.extensions import Model


class DistinctPair(Model):
    """Somebody's decision that two listings are not the same; kept also when it is undone."""

    __tablename__ = "distinct_pair"
    __table_args__ = (CheckConstraint("kind in ('service', 'organization')", name="kind"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    first_id: Mapped[uuid.UUID]  # the smaller one
    second_id: Mapped[uuid.UUID]
    decided_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    decided_at: Mapped[datetime]
    reason: Mapped[str]
    undone_at: Mapped[datetime | None]

    decided_by: Mapped[Account] = relationship()


class MergedListing(Model):
    """A listing that was merged into another one, and what went there with it."""

    __tablename__ = "merged_listing"
    __table_args__ = (
        CheckConstraint("kind in ('service', 'organization')", name="kind"),
        CheckConstraint("gone_id <> kept_id", name="another"),
    )

    gone_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    kept_id: Mapped[uuid.UUID]
    merged_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    merged_at: Mapped[datetime]
    reason: Mapped[str]
    moved_json: Mapped[str]  # kind of what moved → ids

    merged_by: Mapped[Account] = relationship()

    @property
    def moved(self) -> dict[str, Any]:
        """What went from one to the other: kind → ids."""
        found: dict[str, Any] = json.loads(self.moved_json)
        return found
