"""Browsers that are signed in: begun, found, ended. The caller commits."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Account, AccountSession, Membership
from portal.accounts.tokens import SESSION_BYTES, digest_of, new_token
from portal.extensions import db

IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=5)  # a visit is written down no more often
LONGEST_NAME = 120


def begin(account: Account, *, now: datetime, browser: str, with_second_factor: bool) -> str:
    """Sign a browser in and return what its cookie holds.

    Args:
        account: who signs in.
        now: the present moment.
        browser: what it calls itself.
        with_second_factor: whether the second factor was shown already.
    """
    token = new_token(SESSION_BYTES)
    db.session.add(
        AccountSession(
            digest=digest_of(token),
            account_id=account.id,
            created_at=now,
            seen_at=now,
            second_factor_at=now if with_second_factor else None,
            browser=browser[:LONGEST_NAME],
        )
    )
    db.session.flush()
    return token


def find(token: str, now: datetime) -> AccountSession | None:
    """Return the session of a cookie, with its account; None when it is over or unknown."""
    session = db.session.scalar(
        select(AccountSession)
        .where(
            AccountSession.digest == digest_of(token),
            AccountSession.seen_at > now - IDLE,
            AccountSession.created_at > now - LONGEST,
        )
        .options(
            joinedload(AccountSession.account)
            .selectinload(Account.memberships)
            .joinedload(Membership.navigator),
            joinedload(AccountSession.account).selectinload(Account.passkeys),
        )
    )
    return session if session is not None and session.account.is_active else None


def sessions_of(account_id: uuid.UUID, now: datetime) -> list[AccountSession]:
    """Return the sessions of an account that go on, the latest first."""
    return list(
        db.session.scalars(
            select(AccountSession)
            .where(
                AccountSession.account_id == account_id,
                AccountSession.seen_at > now - IDLE,
                AccountSession.created_at > now - LONGEST,
            )
            .order_by(AccountSession.seen_at.desc())
        )
    )


def end(digest: str, account_id: uuid.UUID) -> None:
    """End one session of an account."""
    db.session.execute(
        delete(AccountSession).where(
            AccountSession.digest == digest, AccountSession.account_id == account_id
        )
    )


def end_all(account_id: uuid.UUID, *, but: str = "") -> None:
    """End every session of an account, one left out."""
    db.session.execute(
        delete(AccountSession).where(
            AccountSession.account_id == account_id, AccountSession.digest != but
        )
    )


def forget_old(now: datetime) -> None:
    """Delete sessions that are over."""
    db.session.execute(delete(AccountSession).where(AccountSession.created_at <= now - LONGEST))
