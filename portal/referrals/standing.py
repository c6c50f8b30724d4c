"""Where a referral stands, its moves, and how long each state may last (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from portal.referrals.states import BEFORE_SENDING, UNANSWERED, Role, Status

CONFIRM_WITHIN = timedelta(days=14)
QUESTION_LAPSES = timedelta(days=21)
SILENCE_LAPSES = timedelta(days=30)
CHILD_WITHIN = timedelta(days=14)
REOPEN_WITHIN = timedelta(days=30)
CREATOR_WITHIN = timedelta(hours=24)
AFTER_CONTACT = timedelta(days=30)  # then the program says whether the company enrolled
AFTER_ENROLLING = timedelta(days=90)  # then it says how it goes

LAPSING = (BEFORE_SENDING - {Status.DRAFT}) | UNANSWERED | {Status.INFORMATION_REQUESTED}

# Who must move next: the company, the program, or who finds another program.
COMPANY, PROGRAM, NAVIGATOR, NOBODY = MOVERS = ("company", "program", "navigator", "")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a program may take, in business days."""

    response_days: int = 2
    contact_days: int = 5


@dataclass(frozen=True, slots=True)
class Move:
    """One move: where to, by whom, when, and the facts that are no personal ones.

    `said` names the personal fields that came with it; their texts are kept elsewhere.
    """

    target: Status
    role: Role
    at: datetime
    facts: Mapping[str, str] = field(default_factory=dict)
    said: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a referral stands.

    Attributes:
        status: now.
        since_at: when it came to stand there.
        begun_at: when it was entered.
        sent_at: when the program was first told; None while it was not.
        answered_at: of the first response.
        waiting_since: from when silence is counted.
        response_due_at: until when a first response is due.
        left_days: business days that the program had left when it asked the company.
        mover: whose clock runs.
        due_at: until when.
    """

    status: Status
    since_at: datetime
    begun_at: datetime
    sent_at: datetime | None = None
    answered_at: datetime | None = None
    waiting_since: datetime | None = None
    response_due_at: datetime | None = None
    left_days: int | None = None
    mover: str = NOBODY
    due_at: datetime | None = None


class RefusedMoveError(Exception):
    """A move that the table or its conditions do not allow; `reason` is a code for it."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail
