"""Which programs fit a company: every criterion answered, a verdict each, an order (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import overload

import numpy as np

from portal.directory.vocabulary import SME_BELOW_EMPLOYEES
from portal.wizard.candidates import Candidate, Candidates, Flags, Numbers
from portal.wizard.criteria import (
    CRITERIA,
    EXCLUDING,
    Outcome,
    Outcomes,
    excluded_by_any,
    names_of,
    outcomes_of,
)
from portal.wizard.ordering import best_first
from portal.wizard.profile import CompanyProfile
from portal.wizard.weights import WEIGHTS, Weights
from portal.wizard.wishes import Words, no_words, wishes_of


class Verdict(StrEnum):
    """What all criteria together say."""

    MATCH = "match"
    POSSIBLE = "possible"
    NOT_NOW = "not-now"


@dataclass(frozen=True, slots=True)
class Match:
    """What the criteria say of one program; `dedicated` as in search."""

    candidate: Candidate
    verdict: Verdict
    dedicated: bool
    outcomes: Mapping[str, Outcome]

    @property
    def excluded_by(self) -> tuple[str, ...]:
        """The criteria that exclude it."""
        return tuple(name for name in EXCLUDING if self.outcomes[name] is Outcome.NO)

    @property
    def to_ask(self) -> tuple[str, ...]:
        """The criteria that do not exclude and say no: what to ask the program about."""
        return tuple(
            name for name in CRITERIA if name not in EXCLUDING and self.outcomes[name] is Outcome.NO
        )


@dataclass(frozen=True, slots=True)
class Matches(Sequence[Match]):
    """Programs in an order; each `Match` is made when it is asked for."""

    matching: Matching
    positions: Numbers

    def __len__(self) -> int:
        return len(self.positions)

    @overload
    def __getitem__(self, index: int) -> Match: ...

    @overload
    def __getitem__(self, index: slice) -> Matches: ...

    def __getitem__(self, index: int | slice) -> Match | Matches:
        """Return one match, or some of them."""
        if isinstance(index, slice):
            return Matches(self.matching, self.positions[index])
        return self.matching.at(int(self.positions[index]))

    def __iter__(self) -> Iterator[Match]:
        return (self.matching.at(position) for position in self.positions.tolist())

    @property
    def slugs(self) -> list[str]:
        """The programs' keys in their order."""
        records = self.matching.candidates.records
        return [records[position].slug for position in self.positions.tolist()]


@dataclass(frozen=True, slots=True)
class Matching:
    """The outcomes of all programs: criterion → one number each, in the candidates' order."""

    candidates: Candidates
    outcomes: Mapping[str, Outcomes]
    excluded: Flags
    dedicated: Flags
    order: Numbers

    @property
    def is_possible(self) -> Flags:
        """Which programs, where none excludes them, are possible and no sure match."""
        doubted: Flags = np.logical_or.reduce(
            [self.outcomes[name] < 0 for name in CRITERIA if name not in EXCLUDING]
        )
        return doubted | self.candidates.uncertain

    @property
    def results(self) -> Matches:
        """The programs that fit or may fit, best first."""
        return Matches(self, self.order[~self.excluded[self.order]])

    @property
    def not_now(self) -> Matches:
        """The excluded programs, those with the fewest reasons first, then the best."""
        out = self.order[self.excluded[self.order]]
        reasons = np.add.reduce([self.outcomes[name] == Outcome.NO for name in EXCLUDING])
        return Matches(self, out[np.argsort(reasons[out], kind="stable")])

    def at(self, position: int) -> Match:
        """Return what the criteria say of one program."""
        outcomes = {name: Outcome(int(self.outcomes[name][position])) for name in CRITERIA}
        candidate = self.candidates.records[position]
        if any(outcomes[name] is Outcome.NO for name in EXCLUDING):
            verdict = Verdict.NOT_NOW
        elif candidate.is_uncertain or Outcome.NO in outcomes.values():
            verdict = Verdict.POSSIBLE
        else:
            verdict = Verdict.MATCH
        return Match(candidate, verdict, bool(self.dedicated[position]), outcomes)


def match(
    profile: CompanyProfile,
    services: Candidates,
    *,
    today: date,
    words: Words = no_words,
    weights: Weights = WEIGHTS,
) -> Matching:
    """Match a company with all programs.

    Args:
        profile: what it said; what it did not say excludes nothing.
        services: the programs.
        today: the day, for rounds and freshness.
        words: how well the programs' own words answer a text; nothing is found when left out.
        weights: the constants of the order.
    """
    wishes = wishes_of(profile, services, words)
    outcomes = outcomes_of(profile, services, wishes, today)
    for_industry = services.dedicated & services.naming("industry", names_of(profile.industry))
    made_for_size = (services.maximum < SME_BELOW_EMPLOYEES) | (
        services.minimum >= SME_BELOW_EMPLOYEES
    )
    knows_size = profile.employees is not None
    for_size = made_for_size & (outcomes["size"] > 0) if knows_size else services.none()
    excluded = excluded_by_any(outcomes)
    order = best_first(
        profile,
        services,
        outcomes,
        wishes,
        excluded=excluded,
        for_industry=for_industry,
        for_size=for_size,
        today=today,
        weights=weights,
    )
    dedicated = for_industry | for_size if profile.industry or knows_size else services.dedicated
    return Matching(services, outcomes, excluded, dedicated, order)
