"""Codes that a referral's moves carry; their words for people live in `wording.py` (pure)."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why a referral was declined, or ended without being completed."""

    NOT_ELIGIBLE_SIZE = "not_eligible_size"
    NOT_ELIGIBLE_INDUSTRY = "not_eligible_industry"
    NOT_ELIGIBLE_REGION = "not_eligible_region"
    CAPACITY = "capacity"
    COST = "cost"
    PROGRAM_CLOSED = "program_closed"
    DUPLICATE = "duplicate"
    UNREACHABLE = "unreachable"
    WRONG_NEED = "wrong_need"
    COMPANY_DECLINED = "company_declined"
    OTHER = "other"


class UnmetCode(StrEnum):
    """Why a need found no program."""

    NO_PROGRAM = "no_program"
    NONE_IN_REGION = "none_in_region"
    NONE_FOR_SIZE = "none_for_size"
    NOT_AFFORDABLE = "not_affordable"
    WAIT_TOO_LONG = "wait_too_long"
    ELIGIBILITY_GAP = "eligibility_gap"
    TIMING = "timing"
    LANGUAGE_OR_ACCESS = "language_or_access"
    OTHER = "other"


class Outcome(StrEnum):
    """What a completed service brought, in the words of the national extension survey."""

    SALES = "sales"
    JOBS = "jobs"
    COST_SAVED = "cost_saved"
    INVESTMENT = "investment"
    NO_CHANGE_YET = "no_change_yet"
    OTHER = "other"


class HandOff(StrEnum):
    """What a program that declines says about others."""

    SUGGESTED = "suggested"
    NONE_KNOWN = "none_known"


# A decline that names no cause beyond itself becomes this need, unless somebody says better.
UNMET_OF_REASON = {
    Reason.NOT_ELIGIBLE_SIZE: UnmetCode.NONE_FOR_SIZE,
    Reason.NOT_ELIGIBLE_INDUSTRY: UnmetCode.ELIGIBILITY_GAP,
    Reason.NOT_ELIGIBLE_REGION: UnmetCode.NONE_IN_REGION,
    Reason.CAPACITY: UnmetCode.WAIT_TOO_LONG,
    Reason.COST: UnmetCode.NOT_AFFORDABLE,
    Reason.PROGRAM_CLOSED: UnmetCode.NO_PROGRAM,
    Reason.WRONG_NEED: UnmetCode.NO_PROGRAM,
}
