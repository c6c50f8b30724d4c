"""Measures of referrals for reports: pure functions of rows, each with its source in PRODUCT.md.

Requests that were entered by mistake are left out by whoever makes the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

CLOSED_WITHIN = timedelta(days=90)
ACCEPTED_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Share:
    """A numerator and a denominator; what a page shows of them is the page's decision."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """The share; None of nothing."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Asked:
    """One referral that a program was told of.

    Attributes:
        sent_at: when the program was told.
        due_at: until when its first response was due.
        answered_at: of its first response; None: there is none.
        withdrawn_at: when the company withdrew; None: it did not.
        expired_at: when silence was given up; None: it was not.
    """

    sent_at: datetime
    due_at: datetime
    answered_at: datetime | None = None
    withdrawn_at: datetime | None = None
    expired_at: datetime | None = None


def first_response_rate(referrals: Iterable[Asked], *, now: datetime) -> Share:
    """Return the share of referrals that were answered in time.

    Numerator: a first response (accepted, declined with a reason, a question, contact made) by the
    time it was due. Denominator: those whose limit has run out. Withdrawn before the limit ran out
    and before any response: left out.

    Args:
        referrals: those of a period.
        now: the moment as of which they are counted.

    Source: PRODUCT.md, "First-response rate".
    """
    part = whole = 0
    for each in referrals:
        if each.due_at > now:
            continue
        answered_in_time = each.answered_at is not None and each.answered_at <= each.due_at
        if each.withdrawn_at and each.withdrawn_at < each.due_at and not answered_in_time:
            continue
        whole += 1
        part += answered_in_time
    return Share(part, whole)


class Seen(StrEnum):
    """How a wait ended."""

    ANSWERED = "answered"
    CENSORED = "censored"  # open or withdrawn: last seen without an answer
    NEVER = "never"  # expired: no answer will come, so it stays at risk for ever


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a referral waited for its first response: days, 0 or more."""

    days: float
    seen: Seen


def wait_of(referral: Asked, *, now: datetime) -> Wait:
    """Return how long a referral waited, as of a moment."""
    if referral.answered_at is not None and referral.answered_at <= now:
        return Wait(_days(referral.sent_at, referral.answered_at), Seen.ANSWERED)
    if referral.expired_at is not None and referral.expired_at <= now:
        return Wait(_days(referral.sent_at, referral.expired_at), Seen.NEVER)
    last_seen_at = min(referral.withdrawn_at or now, now)
    return Wait(_days(referral.sent_at, last_seen_at), Seen.CENSORED)


def waiting_curve(waits: Collection[Wait]) -> list[tuple[float, float]]:
    """Return (days, share still without an answer) after each day on which answers came.

    The product-limit estimate. Censored waits count as at risk up to their last day, answers of
    that very day first; waits that were never answered stay at risk throughout.

    Source: E. L. Kaplan, P. Meier (1958), J. Am. Stat. Assoc. 53(282), 457-481.
    """
    answers = Counter(wait.days for wait in waits if wait.seen is Seen.ANSWERED)
    share, curve = 1.0, []
    for day in sorted(answers):
        at_risk = sum(wait.days >= day or wait.seen is Seen.NEVER for wait in waits)
        share *= 1 - answers[day] / at_risk
        curve.append((day, share))
    return curve


def median_days(waits: Collection[Wait]) -> float | None:
    """Return after how many days half were answered; None: fewer than half were.

    The first day on which the share without an answer is one half or less.
    """
    # A product of fractions may miss one half by a rounding error.
    return next((day for day, share in waiting_curve(waits) if share <= 0.5 + 1e-12), None)


@dataclass(frozen=True, slots=True)
class Loop:
    """A referral as loop closure sees it: whether program or company reported an end state."""

    sent_at: datetime
    is_reported: bool


def loop_closure(referrals: Iterable[Loop], *, now: datetime) -> Share:
    """Return the share of loops that somebody closed.

    Numerator: an end state that the program or the company reported. Denominator: sent at least
    90 days before `now`. An end that only silence brought about is not reported.

    Source: PRODUCT.md, "Loop closure".
    """
    old = [each for each in referrals if each.sent_at + CLOSED_WITHIN <= now]
    return Share(sum(each.is_reported for each in old), len(old))


@dataclass(frozen=True, slots=True)
class Parting:
    """A referral that was declined or passed on, and when a child of it was accepted, if one was.

    `accepted_at` is the earliest acceptance of any of its children.
    """

    parted_at: datetime
    accepted_at: datetime | None = None


def hand_off_success(partings: Iterable[Parting], *, now: datetime) -> Share:
    """Return the share of hand-offs that led to help.

    Numerator: a child was accepted within 14 days. Denominator: declined or redirected. One whose
    14 days have not run out counts once its child is accepted, and not before they have run out.

    Source: PRODUCT.md, "Hand-off success"; the last sentence is ours.
    """
    part = whole = 0
    for each in partings:
        limit = each.parted_at + ACCEPTED_WITHIN
        is_success = each.accepted_at is not None and each.accepted_at <= min(limit, now)
        if is_success or limit <= now:
            whole += 1
            part += is_success
    return Share(part, whole)


def _days(start: datetime, end: datetime) -> float:
    return max(0.0, (end - start) / timedelta(days=1))
