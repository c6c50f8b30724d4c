"""Whose account a single sign-on service speaks of. The caller commits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from portal.accounts import audit
from portal.accounts.models import Account
from portal.accounts.operations import account_of
from portal.extensions import db


class UnknownPersonError(Exception):
    """Nobody with an account here is who the sign-on service says."""


def person_of_sign_on(
    issuer: str, subject: str, *, email: str, is_verified: bool, now: datetime
) -> Account:
    """Return whose account a sign-on service speaks of; the first time by the verified address.

    From then on the service's own subject counts, so that an address that changes hands there
    opens nothing here.

    Raises:
        UnknownPersonError: there is no active account, or it belongs to another subject.
    """
    known = f"{issuer}|{subject}"
    account = db.session.scalar(select(Account).where(Account.sign_on_subject == known))
    if account is None and is_verified:
        account = account_of(email)
        if account is not None and account.sign_on_subject:
            raise UnknownPersonError
    if account is None or not account.is_active:
        raise UnknownPersonError
    if not account.sign_on_subject:
        account.sign_on_subject = known
        audit.record(
            "account:sign-on",
            object_kind="account",
            object_id=account.id,
            now=now,
            by=account,
            issuer=issuer,
        )
    return account
