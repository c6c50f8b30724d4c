"""Tables of the unmet-need ledger: what becomes of each hole, and of how long requests are kept."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.directory.models import Service
from portal.extensions import Model

OPEN, ASSIGNED, ANSWERED = NEED_STATUSES = ("open", "assigned", "answered")


class UnmetNeed(Model):
    """A kind of help, an industry and a region in which companies found no program.

    The row is made when somebody first takes the group on; a blank value was not said.
    """

    __tablename__ = "unmet_need"
    __table_args__ = (
        UniqueConstraint("form", "industry", "region"),
        CheckConstraint("status in ('open', 'assigned', 'answered')", name="status"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    form: Mapped[str]
    industry: Mapped[str]
    region: Mapped[str]
    status: Mapped[str]
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    answered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("service.id"))
    answer: Mapped[str]  # in words, where no listed program answers it
    version: Mapped[int]  # of the latest change, so that nobody overwrites one unseen

    owner: Mapped[Account | None] = relationship()
    answered_by: Mapped[Service | None] = relationship()
    changes: Mapped[list[UnmetNeedChange]] = relationship(
        back_populates="unmet_need", order_by="UnmetNeedChange.version.desc()"
    )


class UnmetNeedChange(Model):
    """What somebody made of a group: who, when, and how it stood from then on."""

    __tablename__ = "unmet_need_change"

    unmet_need_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unmet_need.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    status: Mapped[str]
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    answered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("service.id"))
    answer: Mapped[str]
    note: Mapped[str]

    unmet_need: Mapped[UnmetNeed] = relationship(back_populates="changes")
    by: Mapped[Account] = relationship(foreign_keys=[by_id])
    owner: Mapped[Account | None] = relationship(foreign_keys=[owner_id])
    answered_by: Mapped[Service | None] = relationship()


class RetentionSetting(Model):
    """One row once managers have set it: how long a closed request keeps what names somebody."""

    __tablename__ = "referral_retention"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    months: Mapped[int]
