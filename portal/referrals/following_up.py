"""Asks companies how it went, and takes down what they say. The caller commits."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime

from portal.accounts.tokens import digest_of
from portal.config import Settings
from portal.extensions import db
from portal.mail.operations import queue_message
from portal.referrals.calendars import calendar_of
from portal.referrals.chaining import append
from portal.referrals.follow_up_letters import follow_up_letter
from portal.referrals.follow_up_models import ANSWERED, SENT, STOPPED, FollowUp, FollowUpStop
from portal.referrals.follow_up_times import Stage
from portal.referrals.models import FOLLOW_UP, OTHER, REMINDER, Episode, Event, Referral
from portal.referrals.moving import locked
from portal.referrals.operations import make_link
from portal.referrals.queries_follow_ups import answered, due_follow_ups, is_stopped
from portal.referrals.states import Role


def send(referral_id: uuid.UUID, *, settings: Settings, key: str, now: datetime) -> Stage | None:
    """Queue the letter that is due about a referral; None: none is, or another worker was quicker.

    Args:
        referral_id: of a referral that was due when it was looked for.
        settings: of this portal.
        key: the portal's secret key.
        now: the present moment.
    """
    calendar = calendar_of(settings)
    referral = locked(referral_id)
    due = due_follow_ups(today=calendar.day_of(now), calendar=calendar, only=referral_id)
    if referral is None or not due:
        return None
    ((_id, stage),) = due
    token = make_link(referral.episode, FOLLOW_UP, now=now, referral=referral)
    db.session.add(
        FollowUp(
            id=uuid.uuid4(),
            referral_id=referral.id,
            stage=stage,
            link_digest=digest_of(token),
            sent_at=now,
            answered_at=None,
            event_number=None,
        )
    )
    append(referral, kind=REMINDER, action=SENT, role=Role.SYSTEM, now=now, facts={"stage": stage})
    letter = follow_up_letter(referral, stage, token=token, settings=settings)
    queue_message(letter, to=referral.episode.details.email, key=key, now=now)
    return stage


def answer(
    follow_up: FollowUp, *, facts: Mapping[str, str], words: Mapping[str, str], now: datetime
) -> Event | None:
    """Take an answer down beside the ones before it; None: it says what the last one said.

    Args:
        follow_up: of an open link.
        facts: codes and bands.
        words: exact amounts, which may be erased.
        now: the present moment.
    """
    said = {"stage": follow_up.stage, **facts}
    if (said, dict(words)) == answered(follow_up):
        return None
    event = append(
        follow_up.referral,
        kind=OTHER,
        action=ANSWERED,
        role=Role.OWNER,
        now=now,
        facts=said,
        personal=words,
    )
    follow_up.answered_at, follow_up.event_number = now, event.number
    return event


def stop(episode: Episode, referral: Referral, *, now: datetime) -> None:
    """Send a company no more of these letters; twice is once."""
    if is_stopped(episode.id):
        return
    db.session.add(FollowUpStop(episode_id=episode.id, stopped_at=now))
    append(referral, kind=OTHER, action=STOPPED, role=Role.OWNER, now=now)
