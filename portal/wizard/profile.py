"""What a company has said of itself, as the matching reads it (pure).

A blank value was not asked or is not known; neither ever excludes a program.
"""

from __future__ import annotations

from dataclasses import dataclass

FREE_ONLY, LIMITED, FLEXIBLE = BUDGETS = ("free-only", "limited", "flexible")


@dataclass(frozen=True, slots=True)
class NeedRule:
    """A need of a company: a program meets it by one of its forms or one of its topics.

    `forms` are keys of the six forms, `topics` names of topics as listings write them.
    """

    code: str
    forms: frozenset[str]
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CompanyProfile:
    """The answers about one company.

    Attributes:
        audience: sme, startup, oem, university or blank.
        employees: number of people, None when not known.
        industry: a NAICS code of three or six digits, or blank.
        regions: codes of the regions that it may lie in; none when its place is not known.
        delivery: on-site, in-person, online, hybrid or blank.
        needs: what it wants to get done; none when not known, or when none of the list is theirs.
        topics: names of topics, or words of its own.
        budget: one of BUDGETS or blank.
    """

    audience: str = ""
    employees: int | None = None
    industry: str = ""
    regions: tuple[str, ...] = ()
    delivery: str = ""
    needs: tuple[NeedRule, ...] = ()
    topics: tuple[str, ...] = ()
    budget: str = ""
