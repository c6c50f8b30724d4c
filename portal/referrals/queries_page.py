"""Reads of one request as those see it who answer it: itself, what happened, who may take it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from portal.accounts.models import ACTIVE, Account, Membership
from portal.extensions import db
from portal.referrals.answer_models import Introduction, SavedReply
from portal.referrals.answering import INTERNAL
from portal.referrals.chaining import facts_of, words_of
from portal.referrals.models import NOTE, Episode, Event, Referral
from portal.referrals.states import Status


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as a page shows it; `words` are empty where they were erased."""

    number: int
    at: datetime
    kind: str
    action: str
    source: str
    role: str
    actor: str
    facts: dict[str, str]
    words: dict[str, str]

    @property
    def is_receipt(self) -> bool:
        """Whether the program only opened it."""
        return self.action == Status.RECEIVED and self.source == Status.SENT

    @property
    def is_internal(self) -> bool:
        """Whether only the program may read it."""
        return self.kind == NOTE and self.action == INTERNAL


def by_reference(reference: str) -> Referral | None:
    """Return a request by what people say on the phone, small letters or large."""
    return db.session.scalars(
        select(Referral)
        .where(Referral.reference == reference.upper())
        .options(
            joinedload(Referral.episode).joinedload(Episode.details),
            joinedload(Referral.service),
            joinedload(Referral.organization),
            joinedload(Referral.assignee),
            selectinload(Referral.children).joinedload(Referral.service),
        )
    ).one_or_none()


def happenings(referral_id: uuid.UUID) -> list[Happening]:
    """Return all that happened to a request, the oldest first."""
    events = db.session.scalars(
        select(Event)
        .where(Event.referral_id == referral_id)
        .options(joinedload(Event.actor), joinedload(Event.details))
        .order_by(Event.number)
    )
    return [
        Happening(
            event.number,
            event.at,
            event.kind,
            event.action,
            event.source,
            event.role,
            (event.actor.name or event.actor.email) if event.actor else "",
            facts_of(event),
            words_of(event),
        )
        for event in events
    ]


def colleagues(organization_id: uuid.UUID) -> list[Account]:
    """Return who may look after a request: the active staff of its organization, by name."""
    return list(
        db.session.scalars(
            select(Account)
            .join(Membership, Membership.account_id == Account.id)
            .where(Membership.organization_id == organization_id, Account.status == ACTIVE)
            .order_by(Account.name, Account.email)
        )
    )


def saved_replies(organization_id: uuid.UUID) -> list[SavedReply]:
    """Return the texts that an organization keeps, by name."""
    return list(
        db.session.scalars(
            select(SavedReply)
            .where(SavedReply.organization_id == organization_id)
            .order_by(SavedReply.name)
        )
    )


def saved_reply(id_: uuid.UUID) -> SavedReply | None:
    """Return a text that an organization keeps, or None."""
    return db.session.get(SavedReply, id_)


def introductions(referral_id: uuid.UUID) -> list[Introduction]:
    """Return whom the company was to meet, the first first."""
    return list(
        db.session.scalars(
            select(Introduction)
            .where(Introduction.referral_id == referral_id)
            .order_by(Introduction.created_at)
        )
    )
