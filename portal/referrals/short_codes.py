"""A short code that is read out on the phone and opens the tracking page; only a digest is kept.

Eight of 29 letters and digits are 5·10^11 codes; how often somebody may try is limited besides.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from portal.accounts.limits import Limit
from portal.extensions import db
from portal.referrals.models import TRACK, Episode, Link
from portal.referrals.operations import LINK_LASTS, REFERENCE_LETTERS

LENGTH = 8
TRIES_FROM_ONE = Limit("referral-code-from", 10, timedelta(minutes=15))
TRIES_IN_ALL = Limit("referral-code", 300, timedelta(minutes=15))


def make_code(episode: Episode, *, key: str, now: datetime) -> str:
    """Make a code for a request, such as K7QF2MWX. The caller commits.

    Args:
        episode: what it opens.
        key: the portal's secret key.
        now: the present moment.
    """
    code = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(LENGTH))
    db.session.add(
        Link(
            digest=_digest(code, key),
            purpose=TRACK,
            episode_id=episode.id,
            referral_id=None,
            email="",
            created_at=now,
            expires_at=now + LINK_LASTS[TRACK],
            revoked_at=None,
        )
    )
    db.session.flush()
    return code


def episode_of(text: str, *, key: str, now: datetime) -> Episode | None:
    """Return the request that a code opens; None: there is none, or it is over.

    Args:
        text: as typed: small letters, blanks and hyphens are well.
        key: the portal's secret key.
        now: the present moment.
    """
    code = "".join(filter(str.isalnum, text)).upper()
    if len(code) != LENGTH:
        return None
    link = db.session.get(Link, _digest(code, key))
    if link is None or link.revoked_at or link.expires_at <= now:
        return None
    return link.episode


def _digest(code: str, key: str) -> str:
    # Keyed: a plain digest of so short a text could be turned back by trying all of them.
    return hmac.new(key.encode(), f"referral-code:{code}".encode(), hashlib.sha256).hexdigest()
