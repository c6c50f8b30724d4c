"""Where company and program say different things about one referral (pure).

Both are kept as they were said; a disagreement is a question for a manager and nobody's fault.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from portal.referrals.codes import Outcome
from portal.referrals.follow_up_codes import NO_PART, Contact


class Disagreement(StrEnum):
    """What they do not agree on."""

    CONTACT = "contact"  # the program says they are in contact, the company that they are not
    PART = "part"  # the program says the company took part, the company that it did not
    OUTCOME = "outcome"  # the program names a result, the company says that nothing has changed
    UNREACHABLE = "unreachable"  # the program could not reach it, the company says they spoke


@dataclass(frozen=True, slots=True)
class ProgramSays:
    """What a program has said, and when it said each; None: it did not.

    Attributes:
        contact_at: that it is in contact.
        began_at: that the company is enrolled.
        completed_at: that the service is completed.
        outcome: what it brought, a code of Outcome.
        unreachable_at: that it could not reach the company.
    """

    contact_at: datetime | None = None
    began_at: datetime | None = None
    completed_at: datetime | None = None
    outcome: str = ""
    unreachable_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CompanySays:
    """What a company has said in one answer; blank: it was not asked or did not say."""

    at: datetime
    contact: str = ""
    outcomes: Collection[str] = field(default_factory=tuple)


RESULTS = frozenset({Outcome.SALES, Outcome.JOBS, Outcome.COST_SAVED, Outcome.INVESTMENT})


def disagreements(
    program: ProgramSays, answers: Collection[CompanySays]
) -> tuple[Disagreement, ...]:
    """Return what program and company do not agree on, in the order of Disagreement.

    Only an answer that was given after the program spoke contradicts it: before, both may be
    right. Of several answers to one question the latest counts.

    Args:
        program: what it said.
        answers: what the company said, in any order.
    """
    contact = _latest([answer for answer in answers if answer.contact])
    later = _latest([answer for answer in answers if answer.outcomes])
    found = set()
    spoke_at = program.contact_at or program.began_at
    if contact and contact.contact == Contact.NO and _before(spoke_at, contact):
        found.add(Disagreement.CONTACT)
    if contact and contact.contact == Contact.YES and _before(program.unreachable_at, contact):
        found.add(Disagreement.UNREACHABLE)
    if later and NO_PART in later.outcomes and _before(program.began_at, later):
        found.add(Disagreement.PART)
    if (
        later
        and Outcome.NO_CHANGE_YET in later.outcomes
        and program.outcome in RESULTS
        and _before(program.completed_at, later)
    ):
        found.add(Disagreement.OUTCOME)
    return tuple(each for each in Disagreement if each in found)


def _latest(answers: Collection[CompanySays]) -> CompanySays | None:
    return max(answers, key=lambda answer: answer.at, default=None)


def _before(moment: datetime | None, answer: CompanySays) -> bool:
    return moment is not None and moment <= answer.at
