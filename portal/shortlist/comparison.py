"""Programs side by side: which questions are rows, and where the answers differ (pure)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from portal.directory.facts import Facts
from portal.directory.models import Round, Service


@dataclass(frozen=True, slots=True)
class Program:
    """A program with its facts, as a page shows it; `rounds` are those that are not over."""

    service: Service
    facts: Facts
    rounds: tuple[Round, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A question that all programs are asked; `name` is a key of ANSWERS."""

    name: str
    differs: bool


def _codes(facts: Facts, facet: str) -> frozenset[str]:
    return frozenset(choice.code for choice in facts.of(facet))


def _industries(program: Program) -> Hashable:
    facts = program.facts
    return (
        frozenset(choice.code for choice in facts.made_for),
        frozenset(choice.code for choice in facts.best_known_in),
    )


def _size(program: Program) -> Hashable:
    service = program.service
    # One employee is no lower limit: every company has one.
    return (service.minimum_employees or 1, service.maximum_employees)


def _cost(program: Program) -> Hashable:
    return (_codes(program.facts, "cost"), program.service.fees_description)


def _rounds(program: Program) -> Hashable:
    return tuple((each.opens_on, each.closes_on, each.recurs) for each in program.rounds)


def _contact(program: Program) -> Hashable:
    service = program.service
    return (tuple(phone.number for phone in service.phones), service.email)


def _source(program: Program) -> Hashable:
    service = program.service
    return (service.assured_date, service.evidence_as_of, service.evidence, service.source_url)


# What makes two answers equal, question by question in the order of a listing.
ANSWERS: dict[str, Callable[[Program], Hashable]] = {
    "form": lambda program: _codes(program.facts, "form"),
    "what": lambda program: program.service.short_description,
    "size": _size,
    "industry": _industries,
    "audience": lambda program: _codes(program.facts, "audience"),
    "conditions": lambda program: program.service.eligibility_description,
    "cost": _cost,
    "delivery": lambda program: _codes(program.facts, "delivery"),
    "where": lambda program: _codes(program.facts, "region"),
    "start": lambda program: program.service.application_url or program.service.url,
    "rounds": _rounds,
    "contact": _contact,
    "source": _source,
}


def compared(programs: Sequence[Program]) -> list[Row]:
    """Return the rows of a comparison.

    Args:
        programs: at least one; their services are loaded with all that their pages show.
    """
    return [
        Row(name, differs=len({answer(program) for program in programs}) > 1)
        for name, answer in ANSWERS.items()
    ]
