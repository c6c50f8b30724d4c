"""Reads of follow-ups: who is to be asked today, and what a link leads to."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from portal.accounts.tokens import digest_of
from portal.extensions import db
from portal.referrals.business_days import Calendar
from portal.referrals.chaining import facts_of, words_of
from portal.referrals.conditions import day_of
from portal.referrals.follow_up_models import FollowUp, FollowUpStop
from portal.referrals.follow_up_times import FOLLOWED, Course, Stage, due_stage
from portal.referrals.models import FOLLOW_UP, MOVE, Details, Event, Referral
from portal.referrals.operations import open_link
from portal.referrals.states import Status


def due_follow_ups(
    *, today: date, calendar: Calendar, only: uuid.UUID | None = None
) -> list[tuple[uuid.UUID, Stage]]:
    """Return the referrals whose company is to be asked today, and by which letter.

    None without an address, none after somebody has asked to be left in peace.

    Args:
        today: the day, as the offices count it.
        calendar: of the offices.
        only: look at this one referral; None: at all.
    """
    question = (
        select(Event)
        .join(Event.referral)
        .join(Details, Details.episode_id == Referral.episode_id)
        .where(
            Event.kind == MOVE,
            Event.action.in_((Status.ACCEPTED, Status.ENROLLED)),
            Referral.status.in_(FOLLOWED),
            Details.email != "",
            Referral.episode_id.not_in(select(FollowUpStop.episode_id)),
        )
        .order_by(Event.number)
    )
    sent = select(FollowUp.referral_id, FollowUp.stage)
    if only is not None:
        question = question.where(Referral.id == only)
        sent = sent.where(FollowUp.referral_id == only)
    moves: dict[uuid.UUID, list[Event]] = {}
    for event in db.session.scalars(question):
        moves.setdefault(event.referral_id, []).append(event)
    statuses = dict(
        db.session.execute(
            select(Referral.id, Referral.status).where(Referral.status.in_(FOLLOWED))
        ).all()
    )
    stages: dict[uuid.UUID, set[str]] = {}
    for id_, stage in db.session.execute(sent):
        stages.setdefault(id_, set()).add(stage)
    due = []
    for id_, events in moves.items():
        course = course_of(Status(statuses[id_]), events, calendar)
        found = course and due_stage(course, sent=stages.get(id_, ()), today=today)
        if found:
            due.append((id_, found))
    return due


def course_of(status: Status, moves: Sequence[Event], calendar: Calendar) -> Course | None:
    """Return how a referral went; None: it was never accepted.

    Args:
        status: now.
        moves: its events, the oldest first.
        calendar: of the offices.
    """
    accepted = next((e for e in moves if e.action == Status.ACCEPTED), None)
    if accepted is None:
        return None
    began = next((e for e in reversed(moves) if e.action == Status.ENROLLED), None)
    began_on = None
    if began is not None:
        said_on = day_of(facts_of(began)["starts_on"])
        began_on = max(said_on, calendar.day_of(began.at))
    return Course(status, calendar.day_of(accepted.at), began_on)


def open_follow_up(token: str, *, now: datetime) -> FollowUp | None:
    """Return what a mailed link asks about; None: it is over, or there is nothing to ask."""
    if open_link(token, purpose=FOLLOW_UP, now=now) is None:
        return None
    found = db.session.scalars(
        select(FollowUp).where(FollowUp.link_digest == digest_of(token))
    ).one_or_none()
    if found is None or found.referral.status not in FOLLOWED:
        return None
    return None if found.referral.episode.details.erased_at else found


def is_stopped(episode_id: uuid.UUID) -> bool:
    """Whether a company wants no more of these letters."""
    return db.session.get(FollowUpStop, episode_id) is not None


def answered(follow_up: FollowUp) -> tuple[dict[str, str], dict[str, str]]:
    """Return the latest answer as facts and words; empty: there is none yet."""
    if follow_up.event is None:
        return {}, {}
    return facts_of(follow_up.event), words_of(follow_up.event)
