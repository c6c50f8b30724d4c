"""Tables of follow-ups: which were sent about a referral, and who wants no more of them."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.extensions import Model
from portal.referrals.models import Event, Link, Referral

# What events of follow-ups are called in the chain.
SENT, ANSWERED, STOPPED = "follow_up", "follow_up_answer", "follow_ups_stopped"


class FollowUp(Model):
    """One letter that asked a company how it went, once for each stage of a referral.

    What was answered is an event of the chain; `event_number` names the latest.
    """

    __tablename__ = "referral_follow_up"
    __table_args__ = (
        UniqueConstraint("referral_id", "stage"),
        CheckConstraint("stage in ('day14', 'day90', 'month6', 'month12')", name="stage"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"))
    stage: Mapped[str]
    link_digest: Mapped[str] = mapped_column(ForeignKey("referral_link.digest"), unique=True)
    sent_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    event_number: Mapped[int | None] = mapped_column(ForeignKey("referral_event.number"))

    referral: Mapped[Referral] = relationship()
    link: Mapped[Link] = relationship()
    event: Mapped[Event | None] = relationship()


class FollowUpStop(Model):
    """A company that wants no more letters that ask how its request went."""

    __tablename__ = "referral_follow_up_stop"

    episode_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("referral_episode.id"), primary_key=True
    )
    stopped_at: Mapped[datetime]
