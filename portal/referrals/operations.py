"""Writes of requests: enter one, make and use links, erase. The caller commits.

Everything that moves a referral goes through `moving.py`.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select, update

from portal.accounts.tokens import digest_of, new_token
from portal.directory.models import Service
from portal.extensions import db
from portal.referrals.business_days import Calendar
from portal.referrals.models import (
    HELP,
    WEB,
    Details,
    Episode,
    Link,
    Referral,
)
from portal.referrals.moving import Mover, begin
from portal.referrals.standing import CONFIRM_WITHIN, Limits

LINK_LASTS = {
    "confirm": CONFIRM_WITHIN,
    "consent": CONFIRM_WITHIN,
    "answer": timedelta(days=45),  # longer than silence is waited for
    "follow_up": timedelta(days=60),
    "track": timedelta(days=3 * 365),
}
# Without letters and digits that are mistaken for each other when read out.
REFERENCE_LETTERS = "ABCDEFGHJKMNPQRTUVWXYZ2346789"
REFERENCE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Company:
    """Who asks, in its own words; a blank was not said. Has passed a form."""

    name: str
    need_text: str
    email: str = ""
    phone: str = ""
    company: str = ""
    postal_code: str = ""
    employees: int | None = None
    best_time: str = ""
    audience: str = ""
    industry: str = ""
    region: str = ""
    size: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A program that is asked, and what the company consented to.

    `consent_text` is the exact text that was ticked; blank: consent is asked for by link.
    """

    service: Service
    via_navigator: bool
    consent_version: str = ""
    consent_text: str = ""
    knew_before: str = ""
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, how it came in, and by whom."""

    company: Company
    recipients: Sequence[Recipient]
    idempotency_key: str
    need: str
    form: str
    language: str
    by: Mover
    channel: str = WEB
    kind: str = HELP
    is_warm: bool = False
    creator_organization_id: uuid.UUID | None = None
    shares_text: str = ""
    held_for: Sequence[str] = ()


def request_referrals(
    request: Request, *, key: str, now: datetime, calendar: Calendar
) -> tuple[Episode, bool]:
    """Enter a request as drafts, one for each recipient; nobody is told yet.

    Args:
        request: what is asked.
        key: the portal's secret key.
        now: the present moment.
        calendar: of the offices.

    Returns:
        The episode, flushed, and whether it is new: the same idempotency key twice is one request.
    """
    known = db.session.scalars(
        select(Episode).where(Episode.idempotency_key == request.idempotency_key)
    ).one_or_none()
    if known is not None:
        return known, False
    company = request.company
    episode = Episode(
        id=uuid.uuid4(),
        idempotency_key=request.idempotency_key,
        channel=request.channel,
        kind=request.kind,
        is_warm=request.is_warm,
        language=request.language,
        creator_id=request.by.account_id,
        creator_organization_id=request.creator_organization_id,
        created_at=now,
        need=request.need,
        form=request.form,
        audience=company.audience,
        industry=company.industry,
        region=company.region,
        size=company.size,
        contact_digest=contact_digest(company.email, company.phone, key),
        held_at=now if request.held_for else None,
        held_for="|".join(request.held_for),
        released_at=None,
        released_by_id=None,
        shares_with_state=bool(request.shares_text),
        shares_text=request.shares_text,
    )
    episode.details = Details(
        need_text=company.need_text,
        name=company.name,
        company=company.company,
        email=company.email,
        phone=company.phone,
        postal_code=company.postal_code,
        employees=company.employees,
        best_time=company.best_time,
        erased_at=None,
    )
    db.session.add(episode)
    db.session.flush()
    for recipient in request.recipients:
        add_referral(episode, recipient, by=request.by, now=now, calendar=calendar)
    return episode, True


def add_referral(
    episode: Episode,
    recipient: Recipient,
    *,
    by: Mover,
    now: datetime,
    calendar: Calendar,
    parent: Referral | None = None,
) -> Referral:
    """Put a request to one more program, as a draft.

    Args:
        episode: flushed.
        recipient: the program, and the consent for it.
        by: who asks.
        now: the present moment.
        calendar: of the offices.
        parent: the referral that was handed off, where this is its child.
    """
    referral = Referral(
        id=uuid.uuid4(),
        reference=new_reference(),
        episode=episode,
        service_id=recipient.service.id,
        organization_id=recipient.service.organization_id,
        parent_id=parent.id if parent else None,
        via_navigator=recipient.via_navigator,
        consent_version=recipient.consent_version,
        consent_text=recipient.consent_text,
        consent_at=now if recipient.consent_text else None,
        knew_before=recipient.knew_before,
        response_days=recipient.limits.response_days,
        contact_days=recipient.limits.contact_days,
        assignee_id=None,
        contact_name="",
    )
    begin(referral, by=by, need=episode.need, now=now, calendar=calendar)
    return referral


def contact_digest(email: str, phone: str, key: str) -> str:
    """Return what stands for a company's mailbox or number: HMAC-SHA-256 with the portal's key.

    What follows a plus sign in an address is left out; of a number only the last ten digits count.
    """
    if email:
        name, _at, domain = email.strip().casefold().rpartition("@")
        subject = f"{name.partition('+')[0] or name}@{domain}"
    else:
        subject = "".join(filter(str.isdigit, phone))[-10:]
    return hmac.new(key.encode(), f"referral:{subject}".encode(), hashlib.sha256).hexdigest()


def new_reference() -> str:
    """Return a fresh reference that can be read out, such as K7QF-2MWX."""
    letters = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(REFERENCE_LENGTH))
    return f"{letters[:4]}-{letters[4:]}"


def make_link(
    episode: Episode,
    purpose: str,
    *,
    now: datetime,
    referral: Referral | None = None,
    email: str = "",
) -> str:
    """Make a link for a letter and return its token; only the digest is kept.

    Args:
        episode: what it is about.
        purpose: one of PURPOSES.
        now: the present moment.
        referral: where it is about one of them only.
        email: whom it is sent to, where that is somebody at a program.
    """
    token = new_token()
    db.session.add(
        Link(
            digest=digest_of(token),
            purpose=purpose,
            episode_id=episode.id,
            referral_id=referral.id if referral else None,
            email=email,
            created_at=now,
            expires_at=now + LINK_LASTS[purpose],
            revoked_at=None,
        )
    )
    db.session.flush()
    return token


def open_link(token: str, *, purpose: str, now: datetime) -> Link | None:
    """Return a link that may still be used; None when it is unknown, over or revoked."""
    link = db.session.get(Link, digest_of(token))
    if link is None or link.purpose != purpose or link.revoked_at or link.expires_at <= now:
        return None
    return link


def revoke_links(episode: Episode, *, now: datetime, purposes: Sequence[str]) -> None:
    """End the open links of a request that serve some purposes."""
    db.session.execute(
        update(Link)
        .where(Link.episode_id == episode.id, Link.purpose.in_(purposes), Link.revoked_at.is_(None))
        .values(revoked_at=now)
    )
