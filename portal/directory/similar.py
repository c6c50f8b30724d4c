"""Which services are like one another: what they share, weighted by how rare it is (pure)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Sequence
from math import log


def most_similar(
    holders: Sequence[tuple[str, Hashable]],
    *,
    total: int,
    without: Collection[str] = (),
    limit: int = 4,
) -> list[str]:
    """Rank services by the terms that they share with one service.

    A shared term weighs log(total / services that have it): a rare topic says much, a form that
    a third of the catalogue has says little.

    Args:
        holders: (slug, term) for each published service that has a term of the one in question,
            that service included.
        total: number of published services.
        without: slugs that are not to be named, the service's own among them.
        limit: how many slugs at most.

    Returns:
        Slugs, the most similar first; equal ones in the order of their slugs.
    """
    frequency = Counter(term for _, term in holders)
    score: defaultdict[str, float] = defaultdict(float)
    for slug, term in holders:
        score[slug] += log(max(total, 1) / frequency[term])
    ranked = sorted((-value, slug) for slug, value in score.items() if value > 0)
    return [slug for _, slug in ranked if slug not in without][:limit]
