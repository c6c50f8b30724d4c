"""Reads of managers: requests without names, what is late, where two sides disagree."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from portal.directory.models import Organization
from portal.extensions import db
from portal.referrals.agreement import CompanySays, Disagreement, ProgramSays, disagreements
from portal.referrals.codes import Reason
from portal.referrals.follow_up_codes import SEPARATOR
from portal.referrals.follow_up_models import ANSWERED, FollowUp
from portal.referrals.models import MOVE, Episode, Event, Referral
from portal.referrals.states import Role, Status

A_PAGE = 50
AT_ONCE = 500  # rows that one statement asks for by their ids
OVERDUE, DISAGREEING = SHOWN = ("overdue", "disagreements")
ANSWERS_LOOKED_AT = timedelta(days=400)  # follow-ups end a year after a service began


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which requests are to be seen; blank: all but those that were entered by mistake."""

    status: str = ""
    organization: str = ""
    show: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """An event as far as agreement cares: a move of the program, or an answer of the company."""

    is_of_program: bool
    action: str
    at: datetime
    facts: Mapping[str, str]


def counts_by_status() -> dict[Status, int]:
    """Return how many referrals stand where, in the order of Status."""
    found = dict(
        db.session.execute(select(Referral.status, func.count()).group_by(Referral.status)).all()
    )
    return {status: found[status] for status in Status if status in found}


def requests(wanted: Wanted, *, now: datetime, page: int | None = 1) -> tuple[list[Referral], int]:
    """Return a page of referrals and how many there are; late ones with the oldest clock first.

    Args:
        wanted: which.
        now: as of when something is late.
        page: from 1; None: all of them.
    """
    question = _wanted(wanted, now)
    total = db.session.scalar(select(func.count()).select_from(question.subquery())) or 0
    is_late = wanted.show == OVERDUE
    question = question.order_by(Referral.due_at if is_late else Referral.since_at.desc())
    if page is not None:
        question = question.limit(A_PAGE).offset((page - 1) * A_PAGE)
    # First the ids: sorting ten thousand rows with all that hangs on them takes several times as
    # long as sorting their dates.
    ids = list(db.session.scalars(question))
    loaded = select(Referral).options(
        joinedload(Referral.service),
        joinedload(Referral.organization),
        joinedload(Referral.episode).joinedload(Episode.details),
    )
    found: dict[uuid.UUID, Referral] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        found |= {each.id: each for each in db.session.scalars(loaded.where(Referral.id.in_(some)))}
    return [found[id_] for id_ in ids], total


def _wanted(wanted: Wanted, now: datetime) -> Select[Any]:
    question = select(Referral.id)
    if wanted.status:
        question = question.where(Referral.status == wanted.status)
    else:
        question = question.where(Referral.status != Status.ENTERED_IN_ERROR)
    if wanted.organization:
        question = question.join(Referral.organization).where(
            Organization.slug == wanted.organization
        )
    if wanted.show == OVERDUE:
        question = question.where(Referral.mover != "", Referral.due_at < now)
    if wanted.show == DISAGREEING:
        question = question.where(Referral.id.in_(list(disagreeing(now=now))))
    return question


def organizations_asked() -> list[tuple[str, str]]:
    """Return slug and name of the organizations that were ever asked, by name."""
    asked = exists().where(Referral.organization_id == Organization.id)
    rows = db.session.execute(
        select(Organization.slug, Organization.name)
        .where(asked)
        .order_by(func.lower(Organization.name))
    )
    return [(slug, name) for slug, name in rows]


def request(id_: uuid.UUID) -> Referral | None:
    """Return a referral, or None."""
    return db.session.get(Referral, id_)


def disagreeing(*, now: datetime) -> dict[uuid.UUID, tuple[Disagreement, ...]]:
    """Return the referrals about which company and program say different things."""
    answered = db.session.scalars(
        select(FollowUp.referral_id)
        .join(FollowUp.referral)
        .where(
            FollowUp.answered_at > now - ANSWERS_LOOKED_AT,
            Referral.status != Status.ENTERED_IN_ERROR,
        )
        .distinct()
    ).all()
    return disagreements_of(answered)


def disagreements_of(
    referral_ids: Collection[uuid.UUID],
) -> dict[uuid.UUID, tuple[Disagreement, ...]]:
    """Return what is not agreed on, for those of some referrals where anything is."""
    events: dict[uuid.UUID, list[Said]] = {}
    rows = db.session.execute(
        select(Event.referral_id, Event.kind, Event.action, Event.role, Event.at, Event.facts)
        .where(
            Event.referral_id.in_(referral_ids),
            or_(and_(Event.kind == MOVE, Event.role == Role.PROGRAM), Event.action == ANSWERED),
        )
        .order_by(Event.number)
    )
    for id_, kind, action, role, at, facts in rows:
        said = Said(kind == MOVE and role == Role.PROGRAM, action, at, json.loads(facts))
        events.setdefault(id_, []).append(said)
    found = {id_: disagreements(_program(these), _company(these)) for id_, these in events.items()}
    return {id_: each for id_, each in found.items() if each}


def _program(events: Collection[Said]) -> ProgramSays:
    moves = [event for event in events if event.is_of_program]
    first: dict[str, datetime] = {}
    outcome, unreachable_at = "", None
    for event in moves:
        first.setdefault(event.action, event.at)
        outcome = event.facts.get("outcome", outcome)
        if event.facts.get("reason") == Reason.UNREACHABLE:
            unreachable_at = event.at
    return ProgramSays(
        contact_at=first.get(Status.CONTACT_MADE),
        began_at=first.get(Status.ENROLLED),
        completed_at=first.get(Status.COMPLETED),
        outcome=outcome,
        unreachable_at=unreachable_at,
    )


def _company(events: Collection[Said]) -> list[CompanySays]:
    found = []
    for event in events:
        if event.action == ANSWERED:
            ticked = event.facts.get("outcomes", "").split(SEPARATOR)
            outcomes = tuple(code for code in ticked if code)
            found.append(CompanySays(event.at, event.facts.get("contact", ""), outcomes))
    return found
