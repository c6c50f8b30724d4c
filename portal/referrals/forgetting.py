"""Forgets who asked once a request was kept long enough. The caller commits."""

from __future__ import annotations

import uuid
from datetime import datetime

from portal.accounts import audit
from portal.accounts.models import Account
from portal.extensions import db
from portal.referrals.erasing import erase
from portal.referrals.ledger_models import RetentionSetting
from portal.referrals.models import PURPOSES, Episode
from portal.referrals.moving import SYSTEM
from portal.referrals.operations import revoke_links
from portal.referrals.queries_retention import past_retention, retention_months
from portal.referrals.retention import FEWEST_MONTHS, MOST_MONTHS


class RetentionChangedError(Exception):
    """Somebody else has set another time since the page was opened; `months` is theirs."""

    def __init__(self, months: int) -> None:
        super().__init__(months)
        self.months = months


def forget(episode_id: uuid.UUID, *, now: datetime) -> bool:
    """Empty what names the company of a request, and end its links; whether it was still due."""
    if episode_id not in past_retention(retention_months(), now=now):
        return False
    episode = db.session.get_one(Episode, episode_id)
    erase(episode, by=SYSTEM, now=now)
    revoke_links(episode, now=now, purposes=PURPOSES)
    return True


def set_retention(months: int, *, seen: int, now: datetime, by: Account) -> None:
    """Set for how many months a closed request keeps what names somebody.

    Args:
        months: FEWEST_MONTHS to MOST_MONTHS.
        seen: what was set when the page was opened.
        now: the present moment.
        by: who sets it.

    Raises:
        ValueError: fewer or more.
        RetentionChangedError: it is not what was seen any more.
    """
    if not FEWEST_MONTHS <= months <= MOST_MONTHS:
        raise ValueError(months)
    before = retention_months()
    if before != seen:
        raise RetentionChangedError(before)
    db.session.merge(RetentionSetting(id=1, months=months))
    audit.record(
        "referral-retention:set",
        object_kind="referral-retention",
        object_id="months",
        now=now,
        by=by,
        before=before,
        after=months,
    )
