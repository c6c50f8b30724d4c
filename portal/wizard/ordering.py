"""In which order programs are shown to a company: a sum of parts, then variety at the top (pure).

The parts and their weights stand in `weights.py`. Nothing here decides whether a program fits.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from portal.wizard.candidates import STATEWIDE, Candidates, Flags, Numbers
from portal.wizard.profile import CompanyProfile
from portal.wizard.weights import Weights
from portal.wizard.wishes import Wishes

FRESH_DAYS = 365
SAID_ALREADY = 0.5  # what is left of a wish's worth each time a program above has met it

Scores = NDArray[np.float32]


def best_first(
    profile: CompanyProfile,
    services: Candidates,
    outcomes: Mapping[str, NDArray[np.int8]],
    wishes: Wishes,
    *,
    excluded: Flags,
    for_industry: Flags,
    for_size: Flags,
    today: date,
    weights: Weights,
) -> Numbers:
    """Return the positions of all programs, excluded ones last, best first.

    Args:
        profile: the company.
        services: the programs.
        outcomes: criterion → 1 yes, 0 unknown, -1 no for each program.
        wishes: what it wishes for in words.
        excluded: which programs a criterion excludes.
        for_industry: which programs were made for its industry.
        for_size: which were made for its size.
        today: the day, for freshness.
        weights: the constants.
    """
    score = (
        weights.dedicated_industry * for_industry
        + weights.dedicated_size * for_size
        + weights.need * _needs_met(profile, services)
        + weights.main_form * _has_main_form(profile, services)
        + weights.named * wishes.named_share()
        + weights.each_wish * wishes.mean_met()
        + weights.all_words * wishes.together
        + _nearness(profile, services, weights)
        + weights.cost * _halfway(outcomes["cost"])
        + weights.delivery * _halfway(outcomes["delivery"])
        + weights.fresh * _freshness(services, today)
        - weights.uncertain * services.uncertain
        - weights.paused * services.paused
    ).astype(np.float32)
    score = score + np.float32(weights.next_step) * _follows(score, excluded, services, weights)
    # Equal ones by their slug: the order of the candidates.
    order = np.lexsort((np.arange(len(services)), -score.round(6), excluded))
    return _varied(order, score, excluded, profile, services, wishes, weights)


def _needs_met(profile: CompanyProfile, services: Candidates) -> Scores:
    if not profile.needs:
        return np.zeros(len(services), np.float32)
    met = [services.naming("form", n.forms) | services.on_topic(n.topics) for n in profile.needs]
    share: Scores = np.mean(met, axis=0, dtype=np.float32)
    return share


def _has_main_form(profile: CompanyProfile, services: Candidates) -> Flags:
    column = services.none()
    for form in sorted({form for need in profile.needs for form in need.forms}):
        column |= services.main_form.get(form, services.none())
    return column


def _nearness(profile: CompanyProfile, services: Candidates, weights: Weights) -> Scores:
    local = services.naming("region", profile.regions)
    statewide = services.naming("region", [STATEWIDE])
    near = np.where(local, weights.local, np.where(statewide, weights.statewide, 0.0))
    return near.astype(np.float32)


def _halfway(outcome: NDArray[np.int8]) -> Scores:
    """Return 1 for yes, a half for unknown, 0 for no."""
    return ((outcome + 1) / 2).astype(np.float32)


def _freshness(services: Candidates, today: date) -> Scores:
    age = today.toordinal() - services.assured_on
    return np.where(services.assured_on > 0, np.clip(1 - age / FRESH_DAYS, 0, 1), 0).astype(
        np.float32
    )


def _follows(score: Scores, excluded: Flags, services: Candidates, weights: Weights) -> Flags:
    """Return which programs an adviser suggests after one of the best."""
    column = services.none()
    kept = np.flatnonzero(~excluded)
    best = kept[np.lexsort((kept, -score[kept].round(6)))][: weights.leaders]
    for position in best.tolist():
        column[list(services.next_steps.get(position, ()))] = True
    return column


def _varied(
    order: Numbers,
    score: Scores,
    excluded: Flags,
    profile: CompanyProfile,
    services: Candidates,
    wishes: Wishes,
    weights: Weights,
) -> Numbers:
    """Put the first programs in an order in which each adds something to those above it.

    Maximal marginal relevance: a program's worth falls by what the programs above have met of the
    same wishes, and by how many of them have its main form.

    Source: J. Carbonell and J. Goldstein (1998), SIGIR, 335-336.
    """
    top = order[: weights.varied]
    top = top[~excluded[top]]
    if not len(top):
        return order
    rarities = np.array([wish.rarity for wish in wishes.all], np.float32)
    share = rarities / (rarities.sum() or np.float32(1))
    met = np.zeros((len(share), len(top)), np.float32)
    for row, wish in enumerate(wishes.all):
        met[row] = wish.met[top]
    asked = {form for need in profile.needs for form in need.forms}
    forms = [next(iter(services.records[position].forms), "") for position in top.tolist()]
    seen = np.zeros(len(share), np.float32)
    above: dict[str, int] = {}
    left, chosen = list(range(len(top))), []
    while left:
        worth = score[top] - weights.variety * (
            share[:, None] * met * (1 - SAID_ALREADY ** seen[:, None])
        ).sum(axis=0)
        for place in left:
            if forms[place] in asked:
                said = 1 - SAID_ALREADY ** above.get(forms[place], 0)
                worth[place] -= weights.form_variety * said
        best = max(left, key=lambda place: (round(float(worth[place]), 6), -place))
        left.remove(best)
        chosen.append(best)
        seen = seen + met[:, best]
        above[forms[best]] = above.get(forms[best], 0) + 1
    return np.concatenate([top[chosen], order[len(top) :]])
