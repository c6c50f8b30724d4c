"""The table of versions: each published state of an entry of a vocabulary."""

from __future__ import annotations

import json
import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.directory.overrides import Content
from portal.extensions import Model


class VocabularyRevision(Model):
    """A published state of an entry; number 0 is what stood there before its first edit."""

    __tablename__ = "vocabulary_revision"
    __table_args__ = (
        UniqueConstraint("kind", "key", "number"),
        CheckConstraint(
            "kind in ('contact', 'synonyms', 'needs', 'topics', 'pathways')", name="kind"
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    key: Mapped[str]  # of the entry, as its address has it
    title: Mapped[str]  # of the entry, as lists show it
    number: Mapped[int]
    at: Mapped[datetime]
    author_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    author_label: Mapped[str]  # blank: as it stood before
    reason: Mapped[str]
    snapshot: Mapped[str]  # JSON; empty where the entry is not there

    @property
    def content(self) -> Content:
        """The entry as it was."""
        found: Content = json.loads(self.snapshot)
        return found
