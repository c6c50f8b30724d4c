"""When a company is asked how it went, and what it is asked then (pure)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.referrals.states import Status


class Stage(StrEnum):
    """One of the four letters."""

    DAY_14 = "day14"
    DAY_90 = "day90"
    MONTH_6 = "month6"
    MONTH_12 = "month12"


# Days after acceptance; of the later ones after the service began.
DAYS: Mapping[Stage, int] = {
    Stage.DAY_14: 14,
    Stage.DAY_90: 90,
    Stage.MONTH_6: 182,
    Stage.MONTH_12: 365,
}
EARLY = frozenset({Stage.DAY_14, Stage.DAY_90})  # were you in contact, did it help
LATE = frozenset({Stage.MONTH_6, Stage.MONTH_12})  # what it brought, would it have happened anyway
MISSED_AFTER = timedelta(days=30)  # a letter that could not go out in time is left out

# Where something came of the request. Not those that were withdrawn, passed on or marked an error.
FOLLOWED = frozenset(
    {
        Status.ACCEPTED,
        Status.CONTACT_MADE,
        Status.WAITLISTED,
        Status.ENROLLED,
        Status.NOT_ENROLLED,
        Status.COMPLETED,
        Status.DISCONTINUED,
    }
)


@dataclass(frozen=True, slots=True)
class Course:
    """How a referral went, as far as follow-ups care.

    Attributes:
        status: now.
        accepted_on: the day of the first acceptance.
        began_on: the day the service began, or the program said so, whichever is later.
    """

    status: Status
    accepted_on: date
    began_on: date | None = None


def due_on(stage: Stage, course: Course) -> date | None:
    """Return the day of a letter; None: this course has none of that stage.

    The first counts from acceptance, the others from the beginning of the service. A request that
    was accepted and did not begin is asked about once more at 90 days, and then left in peace.
    """
    if course.status not in FOLLOWED:
        return None
    if stage is Stage.DAY_14:
        start: date | None = course.accepted_on
    elif stage is Stage.DAY_90:
        start = course.began_on or course.accepted_on
    else:
        start = course.began_on
    return start + timedelta(days=DAYS[stage]) if start else None


def due_stage(course: Course, *, sent: Collection[str], today: date) -> Stage | None:
    """Return which letter goes out on a day, or None.

    The latest one that is due and not too late; none after a later one has gone out.

    Args:
        course: of the referral.
        sent: stages whose letters went out.
        today: the day.
    """
    for stage in reversed(Stage):
        if stage in sent:
            return None
        day = due_on(stage, course)
        if day is not None and day <= today <= day + MISSED_AFTER:
            return stage
    return None
