"""Reads of the inbox: requests that were sent to some organizations, filtered and in order."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true
from sqlalchemy.orm import joinedload

from portal.directory.models import Organization, Service
from portal.extensions import db
from portal.referrals.business_days import Calendar, due_at
from portal.referrals.models import Details, Episode, Referral
from portal.referrals.standing import COMPANY, PROGRAM
from portal.referrals.states import ENDED, Status

A_PAGE = 25
OPEN, MINE, UNASSIGNED, US, WAITING, OVER = VIEWS = (
    "open",
    "mine",
    "unassigned",
    "us",
    "company",
    "ended",
)
COUNTED_FOR = timedelta(days=90)
_ENDED = [str(status) for status in ENDED]
_TO_ANSWER = [str(status) for status in (Status.SENT, Status.RECEIVED)]
_SOON = [*_TO_ANSWER, str(Status.ACCEPTED)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the inbox is asked for.

    `organization_ids` are whose requests; a navigator also sees those that no program can receive.
    """

    organization_ids: Collection[uuid.UUID]
    is_navigator: bool = False
    account_id: uuid.UUID | None = None
    view: str = OPEN
    service_slug: str = ""
    organization_slug: str = ""
    words: str = ""
    page: int = 1


def seen_by(organization_ids: Collection[uuid.UUID], *, is_navigator: bool) -> ColumnElement[bool]:
    """Return the condition for requests that somebody may read: sent ones of theirs."""
    theirs: ColumnElement[bool] = Referral.organization_id.in_(organization_ids)
    if is_navigator:
        theirs = or_(theirs, Referral.via_navigator)
    return and_(theirs, Referral.sent_at.is_not(None))


def inbox(wanted: Wanted) -> list[Referral]:
    """Return one page: what the program must do first, the longest due on top; then the others."""
    # In order first, by what an index holds alone; whole rows only of the page.
    query = _chosen(select(Referral.id), wanted).where(_of_view(wanted))
    turn = case((Referral.mover == PROGRAM, 0), (Referral.mover == COMPANY, 1), else_=2)
    if wanted.view == OVER:
        query = query.order_by(Referral.since_at.desc(), Referral.reference)
    else:
        query = query.order_by(turn, Referral.due_at, Referral.reference)
    ids = list(db.session.scalars(query.offset((wanted.page - 1) * A_PAGE).limit(A_PAGE)))
    found = db.session.scalars(
        select(Referral)
        .where(Referral.id.in_(ids))
        .options(
            joinedload(Referral.episode).joinedload(Episode.details),
            joinedload(Referral.service),
            joinedload(Referral.organization),
            joinedload(Referral.assignee),
        )
    )
    by_id = {referral.id: referral for referral in found}
    return [by_id[id_] for id_ in ids]


def counts(wanted: Wanted) -> dict[str, int]:
    """Return how many there are in each view, with the other filters as they are."""
    sums = [
        func.coalesce(func.sum(case((_of_view(wanted, view), 1), else_=0)), 0) for view in VIEWS
    ]
    row = db.session.execute(_chosen(select(*sums).select_from(Referral), wanted)).one()
    return dict(zip(VIEWS, (int(number) for number in row), strict=True))


def programs(organization_ids: Collection[uuid.UUID]) -> list[tuple[str, str]]:
    """Return slug and name of the programs of some organizations, by name."""
    rows = db.session.execute(
        select(Service.slug, Service.name)
        .where(Service.organization_id.in_(organization_ids))
        .order_by(Service.name)
    )
    return [(slug, name) for slug, name in rows]


def to_do(
    organization_ids: Collection[uuid.UUID], *, now: datetime, limit: int = 8
) -> list[Referral]:
    """Return the requests that need somebody at some organizations now, the longest due first.

    Those to answer and to contact; of the others those whose time is over.
    """
    return list(
        db.session.scalars(
            select(Referral)
            .where(_needs_somebody(organization_ids, now))
            .options(joinedload(Referral.service), joinedload(Referral.episode))
            .order_by(Referral.due_at)
            .limit(limit)
        )
    )


def to_do_count(organization_ids: Collection[uuid.UUID], *, now: datetime) -> int:
    """Return how many requests need somebody at some organizations now."""
    query = select(func.count()).select_from(Referral)
    return db.session.scalar(query.where(_needs_somebody(organization_ids, now))) or 0


def due_of(organization_ids: Collection[uuid.UUID], *, limit: int = 500) -> list[Referral]:
    """Return the requests for which some organizations have a time to keep, the first due first."""
    return list(
        db.session.scalars(
            select(Referral)
            .where(
                Referral.organization_id.in_(organization_ids),
                Referral.mover == PROGRAM,
                Referral.due_at.is_not(None),
                Referral.via_navigator.is_(False),
            )
            .order_by(Referral.due_at)
            .limit(limit)
        )
    )


def answering(*, now: datetime, calendar: Calendar) -> frozenset[uuid.UUID]:
    """Return which organizations answered at least one request in time in the last 90 days.

    In time: the first response came within the program's business days from when it was sent.
    """
    rows = db.session.execute(
        select(
            Referral.organization_id,
            Referral.sent_at,
            Referral.answered_at,
            Referral.response_days,
        ).where(
            Referral.answered_at >= now - COUNTED_FOR,
            Referral.via_navigator.is_(False),
            Referral.status != Status.ENTERED_IN_ERROR,
        )
    )
    return frozenset(
        organization_id
        for organization_id, sent_at, answered_at, days in rows
        if sent_at and answered_at and answered_at <= due_at(sent_at, days, calendar)
    )


def _needs_somebody(organization_ids: Collection[uuid.UUID], now: datetime) -> ColumnElement[bool]:
    return and_(
        Referral.organization_id.in_(organization_ids),
        Referral.mover == PROGRAM,
        Referral.via_navigator.is_(False),
        or_(Referral.status.in_(_SOON), Referral.due_at < now),
    )


def _chosen(query: Select[Any], wanted: Wanted) -> Select[Any]:
    query = query.where(seen_by(wanted.organization_ids, is_navigator=wanted.is_navigator))
    if wanted.service_slug:
        query = query.join(Referral.service).where(Service.slug == wanted.service_slug)
    if wanted.organization_slug:
        query = query.join(Referral.organization).where(
            Organization.slug == wanted.organization_slug
        )
    if wanted.words:
        words = wanted.words.casefold()
        reference = words.replace("-", "").replace(" ", "")
        query = query.join(Details, Details.episode_id == Referral.episode_id).where(
            or_(
                func.replace(func.lower(Referral.reference), "-", "").contains(
                    reference, autoescape=True
                ),
                func.lower(Details.company).contains(words, autoescape=True),
                func.lower(Details.name).contains(words, autoescape=True),
            )
        )
    return query


def _of_view(wanted: Wanted, view: str = "") -> ColumnElement[bool]:
    is_open = Referral.status.not_in(_ENDED)
    conditions: dict[str, ColumnElement[bool]] = {
        OPEN: is_open,
        MINE: and_(is_open, Referral.assignee_id == wanted.account_id),
        UNASSIGNED: and_(is_open, Referral.assignee_id.is_(None)),
        US: and_(is_open, Referral.mover == PROGRAM),
        WAITING: and_(is_open, Referral.mover == COMPANY),
        OVER: Referral.status.in_(_ENDED),
    }
    return conditions.get(view or wanted.view, true())
