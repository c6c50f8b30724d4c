"""Brings a company together with somebody whom a program knows, once that side agrees, too.

The company asked for it and confirmed; the other side is asked by a link. Only then does each get
the other's contact. The caller holds a write unit and commits.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.accounts.tokens import digest_of, new_token
from portal.config import LANGUAGES
from portal.extensions import db
from portal.mail.operations import queue_message
from portal.referrals.acting import act
from portal.referrals.answer_models import Introduction
from portal.referrals.calendars import calendar_of
from portal.referrals.chaining import append
from portal.referrals.introduction_letters import met_letter, question_letter
from portal.referrals.models import INTRODUCTION, OTHER, Referral
from portal.referrals.moving import Mover
from portal.referrals.standing import RefusedMoveError
from portal.referrals.states import Role, Status

BEGUN, AGREED, REFUSED = "introduction", "introduction_agreed", "introduction_refused"
LASTS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Other:
    """Whom the company is to meet; has passed a form."""

    name: str
    organization: str
    email: str


def begin(referral: Referral, other: Other, *, by: Mover, now: datetime) -> None:
    """Ask somebody whether they want to meet the company, without saying who it is.

    Args:
        referral: accepted, for an introduction; from `locked`.
        other: whom.
        by: who at the program.
        now: the present moment.

    Raises:
        RefusedMoveError: the request is for something else, or not accepted.
    """
    if referral.episode.kind != INTRODUCTION or referral.status != Status.ACCEPTED:
        raise RefusedMoveError("no_such_move", BEGUN)
    token = new_token()
    introduction = Introduction(
        id=uuid.uuid4(),
        referral_id=referral.id,
        digest=digest_of(token),
        name=other.name,
        email=other.email,
        organization=other.organization,
        language=LANGUAGES[0],
        made_by_id=by.account_id,
        created_at=now,
        expires_at=now + LASTS,
        consent_text="",
        consented_at=None,
        refused_at=None,
    )
    db.session.add(introduction)
    append(
        referral,
        kind=OTHER,
        action=BEGUN,
        role=by.role,
        actor_id=by.account_id,
        now=now,
        personal={"note": f"{other.name}, {other.organization}"},
    )
    letter = question_letter(introduction, referral, token, current_app.config["PORTAL"])
    queue_message(letter, to=other.email, key=current_app.config["SECRET_KEY"], now=now)


def opened(token: str, *, now: datetime) -> Introduction | None:
    """Return what a link asks about; None: it is unknown or over, or the request went on."""
    found = db.session.scalars(
        select(Introduction)
        .where(Introduction.digest == digest_of(token))
        .options(joinedload(Introduction.referral))
    ).one_or_none()
    if found is None or found.refused_at is not None:
        return None
    if found.consented_at is not None:
        return found
    is_open = found.expires_at > now and found.referral.status == Status.ACCEPTED
    return found if is_open else None


def agree(introduction: Introduction, text: str, *, now: datetime) -> None:
    """Take the other side's consent, give each the other's contact, and note the contact.

    Args:
        introduction: from `opened`.
        text: of the consent, word by word, as it was shown.
        now: the present moment.

    Raises:
        RefusedMoveError: the request went on meanwhile.
    """
    if introduction.consented_at is not None:
        return
    introduction.consent_text, introduction.consented_at = text, now
    referral, settings = introduction.referral, current_app.config["PORTAL"]
    append(referral, kind=OTHER, action=AGREED, role=Role.PROGRAM, now=now)
    act(
        referral.id,
        Status.CONTACT_MADE,
        by=Mover(Role.PROGRAM, introduction.made_by_id),
        facts={"contact_on": calendar_of(settings).day_of(now).isoformat()},
    )
    for is_company in (True, False):
        address = referral.episode.details.email if is_company else introduction.email
        if address:
            letter = met_letter(introduction, referral, settings, is_company=is_company)
            queue_message(letter, to=address, key=current_app.config["SECRET_KEY"], now=now)


def refuse(introduction: Introduction, *, now: datetime) -> None:
    """Note that the other side does not want to meet, and forget who it is."""
    introduction.refused_at = now
    introduction.name = introduction.email = introduction.organization = ""
    append(introduction.referral, kind=OTHER, action=REFUSED, role=Role.PROGRAM, now=now)
