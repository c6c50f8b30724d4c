"""Claims: an address at an organization's own domain asks in; a manager decides.

The domain alone says little (a big university has thousands of addresses), so it only opens the
question. The caller commits.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import select

from portal.accounts import audit, operations
from portal.accounts.models import Account, Claim
from portal.accounts.operations import Invited, LinkOverError
from portal.accounts.tokens import digest_of, new_token
from portal.directory.models import Organization
from portal.extensions import db
from portal.permissions import Role

LASTS = timedelta(days=3)
# Hosts that lend addresses and pages to everybody: no organization's own.
SHARED = frozenset(
    {"gmail.com", "outlook.com", "yahoo.com", "hotmail.com", "aol.com", "icloud.com", "mass.gov"}
)


class NotTheirDomainError(Exception):
    """The address is not at the organization's own domain."""


def is_own_domain(email: str, website: str) -> bool:
    """Whether an address lies at the domain of a website, or one is beneath the other.

    Args:
        email: one address.
        website: of the organization; a host that lends pages to everybody is nobody's own.
    """
    domain = email.rpartition("@")[2].casefold()
    host = (urlsplit(website).hostname or "").casefold().removeprefix("www.")
    if not domain or not host or domain in SHARED or host in SHARED or "." not in domain:
        return False
    return domain == host or host.endswith("." + domain) or domain.endswith("." + host)


def ask(organization: Organization, email: str, *, now: datetime) -> str:
    """Open a claim and return the token of the link that confirms its address.

    Raises:
        NotTheirDomainError: the address is not at the organization's own domain.
    """
    if not is_own_domain(email, organization.website):
        raise NotTheirDomainError
    token = new_token()
    db.session.add(
        Claim(
            id=uuid.uuid4(),
            organization_id=organization.id,
            email=operations.plain_address(email),
            digest=digest_of(token),
            created_at=now,
            expires_at=now + LASTS,
            confirmed_at=None,
            decided_at=None,
            is_accepted=False,
        )
    )
    db.session.flush()
    return token


def of_token(token: str, now: datetime) -> Claim:
    """Return the claim of a link.

    Raises:
        LinkOverError: unknown, decided, or too old.
    """
    claim = db.session.scalar(select(Claim).where(Claim.digest == digest_of(token)))
    if claim is None or claim.expires_at <= now or claim.decided_at is not None:
        raise LinkOverError
    return claim


def confirm(token: str, *, now: datetime) -> Claim:
    """Confirm the address of a claim; once more changes nothing.

    Raises:
        LinkOverError: the link cannot be used.
    """
    claim = of_token(token, now)
    if claim.confirmed_at is None:
        claim.confirmed_at = now
        audit.record(
            "claim:confirm",
            object_kind="claim",
            object_id=claim.id,
            now=now,
            label=claim.email,
            organization=claim.organization_id,
        )
    return claim


def accept(claim: Claim, *, by: Account, language: str, now: datetime) -> Invited:
    """Let somebody in: they are invited as staff of the organization.

    Raises:
        AlreadyInvitedError: there is an account; it was made staff of the organization.
    """
    _decide(claim, True, by, now)
    known = operations.account_of(claim.email)
    if known is not None and known.is_active:
        operations.join(known, claim.organization)
        raise operations.AlreadyInvitedError
    return operations.invite(
        claim.email,
        role=Role.STAFF,
        organizations=[claim.organization],
        language=language,
        now=now,
        by=by,
    )


def decline(claim: Claim, *, by: Account, now: datetime) -> None:
    """Turn a claim down."""
    _decide(claim, False, by, now)


def _decide(claim: Claim, is_accepted: bool, by: Account, now: datetime) -> None:
    claim.decided_at, claim.is_accepted = now, is_accepted
    audit.record(
        "claim:accept" if is_accepted else "claim:decline",
        object_kind="claim",
        object_id=claim.id,
        now=now,
        by=by,
        email=claim.email,
        organization=claim.organization_id,
    )
