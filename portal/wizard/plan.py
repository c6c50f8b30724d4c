"""What to do next with the programs that fit: first steps, then the rest by form (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.wizard.matching import Match

MOST_STEPS = 3
LOOKED_AT = 20  # how far down a program may stand that follows on another
MOST_OF_A_FORM = 5
MOST_NEAR_MISSES = 5
MISSES_LOOKED_AT = 400


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One of the first things to do; `follows`: an adviser suggests it after the one before."""

    match: Match
    follows: bool


@dataclass(frozen=True, slots=True)
class FormPart:
    """The other programs with one main form: the best of them, and how many more there are."""

    form: str
    matches: tuple[Match, ...]
    more: int


def first_steps(results: Sequence[Match], *, most: int = MOST_STEPS) -> list[FirstStep]:
    """Choose what to do first: the best program, then what follows on it, else the next best.

    Args:
        results: the programs that fit, best first.
        most: how many at the most.
    """
    best = list(results[:LOOKED_AT])
    chosen: list[Match] = []
    while best and len(chosen) < most:
        following = chosen[-1].candidate.next_slugs if chosen else ()
        ranked = {match.candidate.slug: match for match in best}
        found = next((ranked[slug] for slug in following if slug in ranked), best[0])
        chosen.append(found)
        best.remove(found)
    return _in_order(chosen)


def _in_order(chosen: Sequence[Match]) -> list[FirstStep]:
    """Put a program before those that follow on it, and say where one follows."""
    order: list[Match] = []
    for match in chosen:
        place = next(
            (
                n
                for n, other in enumerate(order)
                if _leads(match, other) and not _leads(other, match)
            ),
            len(order),
        )
        order.insert(place, match)
    return [
        FirstStep(match, follows=n > 0 and _leads(order[n - 1], match))
        for n, match in enumerate(order)
    ]


def _leads(match: Match, other: Match) -> bool:
    return other.candidate.slug in match.candidate.next_slugs


def rest_by_form(
    results: Sequence[Match], steps: Sequence[FirstStep], forms: Sequence[str]
) -> list[FormPart]:
    """Group what is not a first step by its main form, forms in their order.

    Args:
        results: the programs that fit, best first.
        steps: those that were chosen.
        forms: the keys of the forms in order.
    """
    taken = {step.match.candidate.slug for step in steps}
    grouped: dict[str, list[Match]] = {form: [] for form in forms}
    more = dict.fromkeys(forms, 0)
    for match in results:
        form = next(iter(match.candidate.forms), "")
        if match.candidate.slug in taken or form not in grouped:
            continue
        if len(grouped[form]) < MOST_OF_A_FORM:
            grouped[form].append(match)
        else:
            more[form] += 1
    return [FormPart(form, tuple(found), more[form]) for form, found in grouped.items() if found]


def near_misses(not_now: Sequence[Match], *, most: int = MOST_NEAR_MISSES) -> list[Match]:
    """Return the best of those that one thing excludes, and that thing is no other need.

    Args:
        not_now: the excluded programs, those with the fewest reasons first, then the best.
        most: how many at the most.
    """
    found: list[Match] = []
    for match in not_now[:MISSES_LOOKED_AT]:
        excluded_by = match.excluded_by
        if len(excluded_by) > 1 or len(found) == most:
            break
        if excluded_by != ("need",):
            found.append(match)
    return found
