"""Tables of the clocks: when the worker looks at a referral, and how long each program may take."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.directory.models import Service
from portal.extensions import Model

MOST_RESPONSE_DAYS, MOST_CONTACT_DAYS = 30, 60


class Clock(Model):
    """When the worker looks at a referral again; one that has ended for good has no row."""

    __tablename__ = "referral_clock"

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)


class ServiceLimit(Model):
    """Business days until a first response and until contact; the others have the usual ones."""

    __tablename__ = "service_limit"
    __table_args__ = (
        CheckConstraint(
            "response_days between 1 and 30 and contact_days between 1 and 60", name="days"
        ),
    )

    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)
    response_days: Mapped[int]
    contact_days: Mapped[int]

    service: Mapped[Service] = relationship()
