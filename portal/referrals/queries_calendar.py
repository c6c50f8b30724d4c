"""Reads of the secret addresses under which calendars read due dates."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from portal.accounts.models import ACTIVE, Account
from portal.accounts.tokens import digest_of
from portal.extensions import db
from portal.referrals.answer_models import CalendarAddress


def account_of(token: str) -> Account | None:
    """Return whose calendar an address serves; None: it is unknown or taken back."""
    return db.session.scalars(
        select(Account)
        .join(CalendarAddress, CalendarAddress.account_id == Account.id)
        .where(CalendarAddress.digest == digest_of(token), Account.status == ACTIVE)
    ).one_or_none()


def address_of(account_id: uuid.UUID) -> CalendarAddress | None:
    """Return somebody's address, or None."""
    return db.session.get(CalendarAddress, account_id)
