"""Codes that show who asks to whoever reads the mail of an intake address. The caller commits.

A code has six digits, works for ten minutes and five tries, and only its keyed digest is kept.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from enum import Enum, auto

from portal.accounts import limits
from portal.accounts.limits import Limit
from portal.extensions import db
from portal.referrals.answer_models import AnswerCode
from portal.referrals.chaining import append
from portal.referrals.models import OTHER, Link, Referral
from portal.referrals.states import Role

LASTS = timedelta(minutes=10)
MOST_TRIES = 5
SENT_OF_ONE = Limit("answer-code", 3, timedelta(hours=1))
SHOWN = "contact_shown"


class TooManyError(Exception):
    """So many codes were asked for that no more are sent within the hour."""


class Tried(Enum):
    """What became of a try."""

    RIGHT = auto()
    WRONG = auto()
    OVER = auto()


def new_code(link: Link, *, key: str, now: datetime) -> str:
    """Return a fresh code for a link; the one before no longer works.

    Args:
        link: that the code is asked for with.
        key: the portal's secret key.
        now: the present moment.

    Raises:
        TooManyError: three were sent within the hour.
    """
    subject = limits.subject_of(link.digest, key)
    if limits.is_over(SENT_OF_ONE, subject, now):
        raise TooManyError
    limits.count(SENT_OF_ONE, subject, now)
    code = f"{secrets.randbelow(1_000_000):06d}"
    known = db.session.get(AnswerCode, link.digest)
    if known is None:
        known = AnswerCode(link_digest=link.digest)
        db.session.add(known)
    known.digest = _digest(link, code, key)
    known.expires_at, known.tries = now + LASTS, 0
    db.session.flush()
    return code


def try_code(link: Link, referral: Referral, code: str, *, key: str, now: datetime) -> Tried:
    """Count a try; a right code is used up, and that the contact was shown stays on record."""
    known = db.session.get(AnswerCode, link.digest)
    if known is None or not known.digest or known.expires_at <= now or known.tries >= MOST_TRIES:
        return Tried.OVER
    known.tries += 1
    if not hmac.compare_digest(known.digest, _digest(link, code, key)):
        return Tried.WRONG if known.tries < MOST_TRIES else Tried.OVER
    known.digest = ""
    append(referral, kind=OTHER, action=SHOWN, role=Role.PROGRAM, now=now)
    return Tried.RIGHT


def _digest(link: Link, code: str, key: str) -> str:
    text = f"answer-code:{link.digest}:{code}"
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
