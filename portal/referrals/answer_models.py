"""Tables beside a request for those who answer it: saved replies, codes, calendars, others."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.extensions import Model
from portal.referrals.models import Referral


class SavedReply(Model):
    """A text that an organization writes often; `version` grows with each change."""

    __tablename__ = "referral_saved_reply"
    __table_args__ = (UniqueConstraint("organization_id", "name"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organization.id"))
    name: Mapped[str]
    text: Mapped[str]
    version: Mapped[int]
    changed_at: Mapped[datetime]


class AnswerCode(Model):
    """The code that was last sent to the address of a link; it shows who asks, for minutes."""

    __tablename__ = "referral_answer_code"

    link_digest: Mapped[str] = mapped_column(ForeignKey("referral_link.digest"), primary_key=True)
    digest: Mapped[str]  # keyed; blank: was used, or tried too often
    expires_at: Mapped[datetime]
    tries: Mapped[int]


class CalendarAddress(Model):
    """The secret address under which somebody's calendar reads due dates; one an account."""

    __tablename__ = "referral_calendar_address"

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)  # SHA-256 of a 128-bit token
    created_at: Mapped[datetime]


class Introduction(Model):
    """Somebody whom a program wants to bring together with the company, once both consent.

    Goes with the company's details when these are erased.
    """

    __tablename__ = "referral_introduction"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"), index=True)
    digest: Mapped[str] = mapped_column(unique=True)  # SHA-256 of the token that they were sent
    name: Mapped[str]
    email: Mapped[str]
    organization: Mapped[str]
    language: Mapped[str]
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    consent_text: Mapped[str]  # word by word, as it was shown to them
    consented_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]

    referral: Mapped[Referral] = relationship()
