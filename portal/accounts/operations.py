"""Writes of accounts: invite, accept, sign in, change, suspend. The caller commits."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from portal.accounts import audit, hashing, sessions
from portal.accounts.models import ACTIVE, INVITED, SUSPENDED, Account, Membership, SignedLink
from portal.accounts.tokens import digest_of, new_token
from portal.directory.models import Organization
from portal.extensions import db
from portal.permissions import Role

NOBODYS_ADDRESS = "administrator@localhost"  # of the first account until it is opened
INVITATION_LASTS = timedelta(days=14)
PASSWORD_LINK_LASTS = timedelta(hours=2)


class AlreadyInvitedError(Exception):
    """There is an active account with this address."""


class LinkOverError(Exception):
    """The link is unknown, used, or too old."""


class LastAdministratorError(Exception):
    """Without this account nobody could administer the portal."""


@dataclass(frozen=True, slots=True)
class Invited:
    """An account and the token of the link that opens it."""

    account: Account
    token: str


def plain_address(email: str) -> str:
    """Return an address as accounts keep it."""
    return email.strip().casefold()


def account_of(email: str) -> Account | None:
    """Return the account with an address."""
    return db.session.scalar(select(Account).where(Account.email == plain_address(email)))


def invite(
    email: str,
    *,
    role: Role,
    organizations: Iterable[Organization] = (),
    language: str,
    now: datetime,
    by: Account | None = None,
) -> Invited:
    """Make an account, or renew its invitation, and return the link's token.

    Args:
        email: one address that has passed a form.
        role: of the account.
        organizations: those whose staff it is to be.
        language: of its mail.
        now: the present moment.
        by: who invites.

    Raises:
        AlreadyInvitedError: the account is active or suspended.
    """
    account = account_of(email)
    if account is not None and account.status != INVITED:
        raise AlreadyInvitedError
    if account is None:
        account = Account(
            id=uuid.uuid4(),
            email=plain_address(email),
            name="",
            status=INVITED,
            language=language,
            password_hash="",
            totp_secret="",
            totp_step=0,
            sign_on_subject="",
            created_at=now,
            activated_at=None,
        )
        db.session.add(account)
    account.role_code = role
    for organization in organizations:
        join(account, organization)
    db.session.flush()
    audit.record(
        "account:invite",
        object_kind="account",
        object_id=account.id,
        now=now,
        by=by,
        role=role,
        organizations=[m.organization_id for m in account.memberships],
    )
    return Invited(account, _link(account, "invitation", now, INVITATION_LASTS))


def join(account: Account, organization: Organization) -> None:
    """Make an account staff of an organization; nothing happens if it is already."""
    if organization.id not in account.organization_ids:
        account.memberships.append(Membership(id=uuid.uuid4(), organization_id=organization.id))


def _link(account: Account, purpose: str, now: datetime, lasts: timedelta) -> str:
    """Return the token of a new link; earlier ones of its kind end."""
    for earlier in db.session.scalars(
        select(SignedLink).where(
            SignedLink.account_id == account.id,
            SignedLink.purpose == purpose,
            SignedLink.used_at.is_(None),
        )
    ):
        earlier.expires_at = min(earlier.expires_at, now)
    token = new_token()
    db.session.add(
        SignedLink(
            digest=digest_of(token),
            purpose=purpose,
            account_id=account.id,
            created_at=now,
            expires_at=now + lasts,
            used_at=None,
        )
    )
    db.session.flush()
    return token


def open_link(token: str, *, purpose: str, now: datetime) -> Account:
    """Return whose link it is, without using it.

    Raises:
        LinkOverError: unknown, used, or too old, or the account is suspended.
    """
    return _valid(token, purpose, now).account


def _valid(token: str, purpose: str, now: datetime) -> SignedLink:
    link = db.session.get(SignedLink, digest_of(token))
    if (
        link is None
        or link.purpose != purpose
        or link.used_at is not None
        or link.expires_at <= now
        or link.account.status == SUSPENDED
    ):
        raise LinkOverError
    return link


def accept_invitation(
    token: str, *, name: str, password: str, now: datetime, email: str = ""
) -> Account:
    """Open an account with the name and password that its owner chose.

    Args:
        token: of the link.
        name: of the person.
        password: accepted by the rules.
        now: the present moment.
        email: of the first administrator, whose address was not known.

    Raises:
        LinkOverError: the link cannot be used.
        AlreadyInvitedError: there is another account with the first administrator's address.
    """
    link = _valid(token, "invitation", now)
    link.used_at = now
    account = link.account
    account.name, account.status, account.activated_at = name, ACTIVE, now
    if email and account.email == NOBODYS_ADDRESS:
        if account_of(email) is not None:
            raise AlreadyInvitedError
        account.email = plain_address(email)
    account.password_hash = hashing.hash_password(password)
    audit.record("account:open", object_kind="account", object_id=account.id, now=now, by=account)
    return account


def ask_for_password_link(email: str, *, now: datetime) -> Invited | None:
    """Return a link to a new password; None when there is no such active account."""
    account = account_of(email)
    if account is None or not account.is_active:
        return None
    return Invited(account, _link(account, "password", now, PASSWORD_LINK_LASTS))


def set_password_by_link(token: str, *, password: str, now: datetime) -> Account:
    """Set a new password; every session ends.

    Raises:
        LinkOverError: the link cannot be used.
    """
    link = _valid(token, "password", now)
    link.used_at = now
    _set_password(link.account, password, now)
    sessions.end_all(link.account.id)
    return link.account


def change_password(account: Account, password: str, *, now: datetime, session: str) -> None:
    """Set a new password; every other session ends.

    Args:
        account: whose.
        password: accepted by the rules.
        now: the present moment.
        session: digest of the one in which it was changed.
    """
    _set_password(account, password, now)
    sessions.end_all(account.id, but=session)


def _set_password(account: Account, password: str, now: datetime) -> None:
    account.password_hash = hashing.hash_password(password)
    audit.record(
        "account:password", object_kind="account", object_id=account.id, now=now, by=account
    )


def change_role(account: Account, role: Role, *, by: Account, now: datetime) -> None:
    """Give an account another role; its sessions end at once.

    Raises:
        LastAdministratorError: it is the last active administrator.
    """
    if account.role is Role.ADMINISTRATOR and role is not Role.ADMINISTRATOR:
        _keep_an_administrator(account)
    before, account.role_code = account.role, role
    sessions.end_all(account.id)
    audit.record(
        "account:role",
        object_kind="account",
        object_id=account.id,
        now=now,
        by=by,
        before=before,
        after=role,
    )


def suspend(account: Account, *, by: Account, now: datetime) -> None:
    """Close an account until it is opened again; its sessions end at once.

    Raises:
        LastAdministratorError: it is the last active administrator.
    """
    _keep_an_administrator(account)
    account.status = SUSPENDED
    sessions.end_all(account.id)
    audit.record("account:suspend", object_kind="account", object_id=account.id, now=now, by=by)


def reopen(account: Account, *, by: Account, now: datetime) -> None:
    """Open a suspended account again."""
    account.status = ACTIVE if account.password_hash or account.activated_at else INVITED
    audit.record("account:reopen", object_kind="account", object_id=account.id, now=now, by=by)


def _keep_an_administrator(account: Account) -> None:
    others = db.session.scalar(
        select(Account.id)
        .where(
            Account.role_code == Role.ADMINISTRATOR,
            Account.status == ACTIVE,
            Account.id != account.id,
        )
        .limit(1)
    )
    if account.role is Role.ADMINISTRATOR and others is None:
        raise LastAdministratorError
