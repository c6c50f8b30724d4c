"""The nine criteria: what each says of every program, as one column (pure).

Five exclude, each on its own and never because something is unknown; the other four only order and
make a verdict less sure. A matcher that stops at the first criterion shows people what they cannot
use, so every criterion is always answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from portal.directory.rounds import applications
from portal.wizard.candidates import ANY, NO_LIMIT, STATEWIDE, Candidates, Flags
from portal.wizard.profile import FLEXIBLE, FREE_ONLY, LIMITED, CompanyProfile
from portal.wizard.wishes import Wishes

Outcomes = NDArray[np.int8]


class Outcome(IntEnum):
    """What a criterion says of a program."""

    NO = -1
    UNKNOWN = 0
    YES = 1


CRITERIA = (
    "audience",
    "size",
    "region",
    "industry",
    "need",
    "topic",
    "cost",
    "delivery",
    "open",
)
EXCLUDING = ("audience", "size", "industry", "need", "open")

# What each budget pays for: certainly, and perhaps (the price must be asked).
AFFORDED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    FREE_ONLY: (("free", "grant", "tax-credit"), ()),
    LIMITED: (("free", "grant", "tax-credit", "subsidized"), ("fee", "membership", "loan")),
    FLEXIBLE: (
        ("free", "grant", "tax-credit", "subsidized", "fee", "membership", "loan"),
        (),
    ),
}
# How a program may come that was asked for in one way: certainly, and in part.
COMES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "on-site": (("on-site",), ("hybrid",)),
    "in-person": (("in-person", "on-site"), ("hybrid",)),
    "online": (("online",), ("hybrid",)),
    "hybrid": (("hybrid", "online"), ()),
}


def outcomes_of(
    profile: CompanyProfile, services: Candidates, wishes: Wishes, today: date
) -> dict[str, Outcomes]:
    """Answer every criterion for every program."""
    return {
        **excluding_outcomes(profile, services, today),
        "region": _region(profile, services),
        "topic": wishes.topic_outcomes(),
        "cost": _by_table(profile.budget, AFFORDED, "cost", ("free",), services),
        "delivery": _delivery(profile, services),
    }


def excluding_outcomes(
    profile: CompanyProfile, services: Candidates, today: date
) -> dict[str, Outcomes]:
    """Answer the criteria that exclude."""
    return {
        "audience": _audience(profile, services),
        "size": _size(profile, services),
        "industry": _industry(profile, services),
        "need": _need(profile, services),
        "open": _open(services, today),
    }


def excluded_by_any(outcomes: Mapping[str, Outcomes]) -> Flags:
    """Return which programs a criterion excludes."""
    excluded: Flags = np.logical_or.reduce([outcomes[name] < 0 for name in EXCLUDING])
    return excluded


def fitting(profile: CompanyProfile, services: Candidates, today: date) -> Flags:
    """Return which programs no criterion excludes; the quick part of a match."""
    return ~excluded_by_any(excluding_outcomes(profile, services, today))


def _column(yes: Flags, no: Flags) -> Outcomes:
    """Return outcomes: yes, no, unknown for the others."""
    return yes.astype(np.int8) - no.astype(np.int8)


def _names_none(services: Candidates, facet: str) -> Flags:
    return ~services.naming(facet, services.having[facet])


def _audience(profile: CompanyProfile, services: Candidates) -> Outcomes:
    if not profile.audience:
        return _column(services.none(), services.none())
    yes = services.naming("audience", [profile.audience])
    return _column(yes, ~yes & ~_names_none(services, "audience"))


def _size(profile: CompanyProfile, services: Candidates) -> Outcomes:
    if profile.employees is None:
        unlimited = (services.minimum <= 1) & (services.maximum == NO_LIMIT)
        return _column(unlimited, services.none())
    fits = (services.minimum <= profile.employees) & (profile.employees <= services.maximum)
    return _column(fits, ~fits)


def _region(profile: CompanyProfile, services: Candidates) -> Outcomes:
    yes = services.naming("region", [STATEWIDE, *profile.regions])
    if not profile.regions:
        return _column(yes, services.none())
    return _column(yes, ~yes & ~_names_none(services, "region"))


def names_of(industry: str) -> tuple[str, ...]:
    """Return the codes under which a program may name an industry: its own and its parent's."""
    return (industry, industry[:3]) if industry else ()


def _industry(profile: CompanyProfile, services: Candidates) -> Outcomes:
    yes = services.naming("industry", [ANY, *names_of(profile.industry)])
    if not profile.industry:
        return _column(yes, services.none())
    # A company that knows only its wide branch may still be in the narrow one that is asked for.
    within = [c for c in services.having["industry"] if c[:3] == profile.industry]
    perhaps = services.naming("industry", within) | _names_none(services, "industry")
    return _column(yes, ~yes & ~perhaps)


def _need(profile: CompanyProfile, services: Candidates) -> Outcomes:
    if not profile.needs:
        return _column(services.none(), services.none())
    yes = services.none()
    for need in profile.needs:
        yes |= services.naming("form", need.forms) | services.on_topic(need.topics)
    return _column(yes, ~yes)


def _by_table(
    answer: str,
    table: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]],
    facet: str,
    always: tuple[str, ...],
    services: Candidates,
) -> Outcomes:
    """Answer by a table: what fits an answer certainly, and what perhaps."""
    certainly, perhaps = table.get(answer, (always, tuple(services.having[facet])))
    yes = services.naming(facet, certainly)
    unsure = services.naming(facet, perhaps) | _names_none(services, facet)
    return _column(yes, ~yes & ~unsure)


def _delivery(profile: CompanyProfile, services: Candidates) -> Outcomes:
    outcome = _by_table(profile.delivery, COMES, "delivery", (), services)
    # Money comes to a company whatever the way in which it is asked for.
    outcome[services.money & (outcome < 0)] = Outcome.UNKNOWN
    return outcome


def _open(services: Candidates, today: date) -> Outcomes:
    column = _column(services.none(), services.none())
    for position in services.with_seasons:
        are_open = applications(services.records[position].seasons, today).are_open
        column[position] = Outcome.YES if are_open else Outcome.NO
    return column
