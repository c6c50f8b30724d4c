"""What to do next with the programs that fit: first steps, then the rest by form (pure)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from portal.directory.vocabulary import slug_of
from portal.wizard.matching import Match, Verdict

MOST_STEPS = 3
LOOKED_AT = 12  # how far down a first step may stand
MOST_OF_A_FORM = 4
MOST_NAMED_OF_A_FORM = 40
MOST_NEAR_MISSES = 4
MISSES_LOOKED_AT = 400
SOONEST_TO_CHANGE = ("open", "size")  # what a company is, makes or wants stays


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One of the first things to do; `follows`: an adviser suggests it after the one before."""

    match: Match
    follows: bool


@dataclass(frozen=True, slots=True)
class FormPart:
    """The other programs with one main form: the best, the next by name, a count of the rest."""

    form: str
    matches: tuple[Match, ...]
    named: tuple[Match, ...]
    more: int


def first_steps(
    results: Sequence[Match], wishes: Sequence[frozenset[str]] = (), *, most: int = MOST_STEPS
) -> list[FirstStep]:
    """Choose what to do first.

    The best program; then the best that names a wish which none of the chosen names; then what an
    adviser suggests after one of them; then the next best. In place of one that may fit only, one
    that surely fits is taken if it names the same wish; one that may have changed or takes no new
    companies is taken only when none that is sure names what is wished for. In the end those that
    follow on one another stand behind each other.

    Args:
        results: the programs that fit, best first.
        wishes: the topics of each need or wish, as slugs.
        most: how many at the most.
    """
    best = list(results[:LOOKED_AT])
    unmet = list(wishes)
    chosen: list[Match] = []
    while best and len(chosen) < most:
        found = _next_step(best, chosen, unmet, wishes)
        chosen.append(found)
        best.remove(found)
        unmet = [wish for wish in unmet if not _names(found, wish)]
    return _in_order(chosen)


def _next_step(
    best: Sequence[Match],
    chosen: Sequence[Match],
    unmet: Sequence[frozenset[str]],
    wishes: Sequence[frozenset[str]],
) -> Match:
    if chosen:
        naming = next((m for m in best if any(_names(m, wish) for wish in unmet)), None)
        if naming is not None:
            return _surest(naming, best, unmet)
        following = {slug for match in chosen for slug in match.candidate.next_slugs}
        sure = [m for m in best if m.candidate.slug in following and not m.candidate.is_doubtful]
        if sure:
            return sure[0]
    return _surest(best[0], best, wishes)


def _surest(leader: Match, best: Sequence[Match], wishes: Sequence[frozenset[str]]) -> Match:
    """Return the surest program that names the leader's wish; the leader where none is surer."""
    own = [wish for wish in wishes if _names(leader, wish)]
    if not own and not leader.candidate.is_doubtful:
        return leader
    named = own or wishes
    rivals = [m for m in best if not named or any(_names(m, wish) for wish in named)]
    if not own:
        rivals = [m for m in rivals if not m.candidate.is_doubtful]
    return min(
        rivals or [leader],
        key=lambda m: (m.candidate.is_doubtful, m.verdict is not Verdict.MATCH),
    )


def _names(match: Match, wish: frozenset[str]) -> bool:
    return any(slug_of(topic) in wish for topic in match.candidate.topics)


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
        if len(grouped[form]) < MOST_OF_A_FORM + MOST_NAMED_OF_A_FORM:
            grouped[form].append(match)
        else:
            more[form] += 1
    return [
        FormPart(form, tuple(found[:MOST_OF_A_FORM]), tuple(found[MOST_OF_A_FORM:]), more[form])
        for form, found in grouped.items()
        if found
    ]


def near_misses(
    not_now: Sequence[Match],
    wishes: Sequence[frozenset[str]] = (),
    forms: Collection[str] = (),
    *,
    most: int = MOST_NEAR_MISSES,
) -> list[Match]:
    """Return those that one thing excludes and that name a wish: what may change soonest first.

    Nothing is near where nothing is wished for.

    Args:
        not_now: the excluded programs, those with the fewest reasons first, then the best.
        wishes: the topics of each need or wish, as slugs.
        forms: the kinds of help that were asked for by their own names.
        most: how many at the most.
    """
    found: list[Match] = []
    for match in not_now[:MISSES_LOOKED_AT]:
        if len(match.excluded_by) > 1:
            break
        is_wished = any(_names(match, wish) for wish in wishes) or any(
            form in forms for form in match.candidate.forms[:1]
        )
        if is_wished and match.excluded_by[0] in SOONEST_TO_CHANGE:
            found.append(match)
    return sorted(found, key=lambda m: SOONEST_TO_CHANGE.index(m.excluded_by[0]))[:most]
