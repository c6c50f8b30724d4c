"""When a referral's clock next needs somebody: a reminder, or its end (pure).

Of a program that is late first its intake is reminded, then its alternates, then the navigators;
at last it stands on the managers' list. A company is reminded once, before its request lapses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from portal.referrals.business_days import Calendar, due_at
from portal.referrals.codes import UNMET_OF_REASON, HandOff, Reason, UnmetCode
from portal.referrals.conditions import lapses_at
from portal.referrals.standing import COMPANY, LAPSING, PROGRAM, Standing
from portal.referrals.states import UNANSWERED, Status

BEFORE_LAPSE = timedelta(days=1)
CALL_DAYS = 2  # business days until a navigator has called a company that gave only a number


class Act(StrEnum):
    """What the clock brings."""

    INTAKE = "intake"
    ALTERNATE = "alternate"
    NAVIGATOR = "navigator"
    MANAGERS = "managers"
    COMPANY = "company"
    LAPSE = "lapse"


# Business days after what was due → who is reminded.
_LATE: tuple[tuple[int, Act], ...] = (
    (0, Act.INTAKE),
    (1, Act.ALTERNATE),
    (2, Act.NAVIGATOR),
    (3, Act.MANAGERS),
)
# Once company and program are in contact, the program alone is reminded.
_LATE_IN_CONTACT = _LATE[:2]
# A company that can only be called: from when it asked.
_CALLS: tuple[tuple[int, Act], ...] = (
    (0, Act.NAVIGATOR),
    (CALL_DAYS, Act.NAVIGATOR),
    (CALL_DAYS + 1, Act.MANAGERS),
)


@dataclass(frozen=True, slots=True)
class Due:
    """What comes next, and when."""

    at: datetime
    act: Act


def next_due(
    standing: Standing,
    *,
    reminders: int,
    calendar: Calendar,
    not_before: datetime | None = None,
) -> Due | None:
    """Return what a referral's clock brings next; None: nothing more by itself.

    Args:
        standing: where it stands.
        reminders: how many went out for the clock that runs.
        calendar: of the offices.
        not_before: no reminder comes earlier, so that they keep their distance after a stop.
    """
    found = []
    lapse = lapses_at(standing)
    if lapse is not None:
        found.append(Due(lapse, Act.LAPSE))
    reminder = _next_reminder(standing, reminders, calendar, lapse)
    if reminder is not None:
        at = max(reminder.at, not_before) if not_before else reminder.at
        found.append(Due(at, reminder.act))
    return min(found, key=lambda due: due.at, default=None)


def due_now(standing: Standing, *, reminders: int, calendar: Calendar, now: datetime) -> Act | None:
    """Return what is due at a moment; None: nothing yet. What is over is not reminded of."""
    lapse = lapses_at(standing)
    if lapse is not None and lapse <= now:
        return Act.LAPSE
    reminder = _next_reminder(standing, reminders, calendar, lapse)
    return reminder.act if reminder is not None and reminder.at <= now else None


def _next_reminder(
    standing: Standing, reminders: int, calendar: Calendar, lapse: datetime | None
) -> Due | None:
    if standing.status is Status.DRAFT:
        return _on_ladder(_CALLS, standing.begun_at, reminders, calendar)
    if standing.mover == COMPANY and standing.status in LAPSING and lapse and not reminders:
        return Due(lapse - BEFORE_LAPSE, Act.COMPANY)
    if standing.mover == PROGRAM and standing.due_at:
        answers = standing.status in UNANSWERED or standing.status is Status.ACCEPTED
        due = standing.due_at
        if standing.status in UNANSWERED and standing.waiting_since:
            due = max(due, standing.waiting_since)  # reopened when it was late already
        return _on_ladder(_LATE if answers else _LATE_IN_CONTACT, due, reminders, calendar)
    return None


def _on_ladder(
    ladder: tuple[tuple[int, Act], ...], start: datetime, step: int, calendar: Calendar
) -> Due | None:
    if step >= len(ladder):
        return None
    days, act = ladder[step]
    return Due(due_at(start, days, calendar) if days else start, act)


def call_due_at(begun_at: datetime, calendar: Calendar) -> datetime:
    """Return until when a company that gave only a number is called."""
    return due_at(begun_at, CALL_DAYS, calendar)


def unmet_code(status: Status, facts: Mapping[str, str], source: str) -> UnmetCode:
    """Return why a need was not met, from how its last referral ended.

    Args:
        status: in which it ended.
        facts: of the move that ended it.
        source: where that move came from.
    """
    if status is Status.EXPIRED:
        # A program that was silent for thirty days; a company that was silent has its own reasons.
        return UnmetCode.WAIT_TOO_LONG if source in UNANSWERED else UnmetCode.OTHER
    reason = facts.get("reason", Reason.OTHER)
    if reason in UNMET_OF_REASON:
        return UNMET_OF_REASON[Reason(reason)]
    if facts.get("hand_off") == HandOff.NONE_KNOWN and reason == Reason.OTHER:
        return UnmetCode.NO_PROGRAM
    return UnmetCode.OTHER
