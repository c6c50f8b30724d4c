"""What navigators may see: requests in the place of a program, by phone, late ones, ended ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal.extensions import db
from portal.referrals.models import Details, Episode, Event, Referral
from portal.referrals.standing import NAVIGATOR, PROGRAM
from portal.referrals.states import OPEN, UNANSWERED, WITHOUT_CHILD_UNMET, Status

MOST_SHOWN = 1000  # a queue is worked off from its top
# Reminders after which the navigator was told, and the managers.
TO_NAVIGATOR, TO_MANAGERS, TO_MANAGERS_FOR_CALL = 3, 4, 3


class Work(StrEnum):
    """What a navigator does about a request."""

    CALL_COMPANY = "call-company"
    CALL_PROGRAM = "call-program"
    FIND_PROGRAM = "find-program"


_child = aliased(Referral)
_reachable = and_(Details.email == "", Details.phone != "")  # only by phone
_is_free = or_(Episode.held_at.is_(None), Episode.released_at.is_not(None))
_open = Referral.status.in_(sorted(OPEN))

PHONE_REQUEST = and_(Referral.status == Status.DRAFT, _reachable, _is_free)
# A program asks a company that can only be called.
PHONE_QUESTION = and_(Referral.status == Status.INFORMATION_REQUESTED, _reachable)
IN_PLACE = and_(Referral.via_navigator, Referral.sent_at.is_not(None))
LATE = and_(
    Referral.mover == PROGRAM,
    Referral.status.in_(sorted((*UNANSWERED, Status.ACCEPTED))),
    Referral.reminders >= TO_NAVIGATOR,
)
WITHOUT_PROGRAM = and_(
    Referral.mover == NAVIGATOR,
    Referral.status.in_(sorted(WITHOUT_CHILD_UNMET)),
    Details.erased_at.is_(None),  # nobody is there to be asked
    ~exists().where(
        _child.parent_id == Referral.id,
        or_(_child.sent_at.is_not(None), _child.status.in_(sorted(OPEN))),
        _child.status != Status.ENTERED_IN_ERROR,
    ),
)
# Each request that a navigator may open at all.
VISIBLE = or_(PHONE_REQUEST, PHONE_QUESTION, IN_PLACE, LATE, WITHOUT_PROGRAM)
# Of those the ones that wait for a navigator now.
WAITING: dict[Work, ColumnElement[bool]] = {
    Work.CALL_COMPANY: or_(PHONE_REQUEST, PHONE_QUESTION),
    Work.CALL_PROGRAM: or_(and_(IN_PLACE, Referral.mover == PROGRAM), LATE),
    Work.FIND_PROGRAM: WITHOUT_PROGRAM,
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request in the queue, and what is to be done."""

    referral: Referral
    work: Work


def queue() -> list[Waiting]:
    """Return what waits for a navigator, in no order."""
    return [
        Waiting(referral, work) for work in Work for referral in _found(WAITING[work], MOST_SHOWN)
    ]


def _found(which: ColumnElement[bool], most: int) -> Sequence[Referral]:
    return db.session.scalars(
        _joined(which).order_by(Referral.due_at, Referral.id).limit(most)
    ).all()


def _joined(which: ColumnElement[bool]):  # type: ignore[no-untyped-def]  # a Select of Referral
    return (
        select(Referral)
        .join(Episode, Episode.id == Referral.episode_id)
        .join(Details, Details.episode_id == Episode.id)
        .where(which)
        .options(
            joinedload(Referral.service),
            joinedload(Referral.organization),
            joinedload(Referral.episode).joinedload(Episode.details),
        )
    )


def visible(reference: str) -> Referral | None:
    """Return a request that navigators may open; None for any other."""
    found: Referral | None = db.session.scalars(
        _joined(and_(Referral.reference == reference, VISIBLE))
    ).one_or_none()
    return found


def work_of(referral: Referral) -> Work | None:
    """Return what waits to be done about a request; None: nothing does."""
    for work, which in WAITING.items():
        if db.session.scalar(
            select(Referral.id)
            .join(Episode, Episode.id == Referral.episode_id)
            .join(Details, Details.episode_id == Episode.id)
            .where(Referral.id == referral.id, which)
        ):
            return work
    return None


def counts() -> dict[Work, int]:
    """Return how many requests wait for a navigator."""
    return {
        work: db.session.scalar(
            select(func.count())
            .select_from(Referral)
            .join(Episode, Episode.id == Referral.episode_id)
            .join(Details, Details.episode_id == Episode.id)
            .where(which)
        )
        or 0
        for work, which in WAITING.items()
    }


def on_managers_list() -> Sequence[Referral]:
    """Return the requests for which all reminders were in vain, the longest due first."""
    late = and_(_open, Referral.mover == PROGRAM, Referral.reminders >= TO_MANAGERS)
    uncalled = and_(PHONE_REQUEST, Referral.reminders >= TO_MANAGERS_FOR_CALL)
    return _found(or_(late, uncalled), MOST_SHOWN)


def phone_drafts(referral: Referral) -> list[Referral]:
    """Return all programs that one company asked by phone and that await its spoken consent."""
    return list(
        db.session.scalars(
            _joined(and_(Referral.episode_id == referral.episode_id, PHONE_REQUEST)).order_by(
                Referral.begun_at, Referral.reference
            )
        )
    )


def is_covered(referral: Referral) -> bool:
    """Whether a company's words, name and contact are the navigator's to read.

    It asked to be called, or it agreed that the navigator reads a request of this kind.
    """
    episode, details = referral.episode, referral.episode.details
    if not details.email and details.phone:
        return True
    return any(one.via_navigator and one.consent_text for one in episode.referrals)


def events_of(referral: Referral) -> Sequence[Event]:
    """Return what happened to a request, the oldest first."""
    return db.session.scalars(
        select(Event)
        .where(Event.referral_id == referral.id)
        .options(joinedload(Event.details))
        .order_by(Event.number)
    ).all()
