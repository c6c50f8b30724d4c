"""Which programs to ask next when one has said no or nothing: the matching, narrowed (pure).

The criterion for which a program declined must be a sure yes for the next one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from portal.referrals.codes import Reason
from portal.wizard.criteria import Outcome
from portal.wizard.matching import Match

MOST = 3

# A decline for a criterion of the matching: the next program must say yes to it.
_CRITERION_OF = {
    Reason.NOT_ELIGIBLE_SIZE: "size",
    Reason.NOT_ELIGIBLE_INDUSTRY: "industry",
    Reason.NOT_ELIGIBLE_REGION: "region",
}
_CHEAP = frozenset({"free", "grant", "tax-credit", "subsidized"})


def next_best(
    results: Iterable[Match],
    *,
    reason: str,
    asked: Collection[str],
    paused: Collection[str] = (),
    only: Collection[str] | None = None,
    most: int = MOST,
) -> list[Match]:
    """Return the programs to ask next, best first.

    Args:
        results: of the matching for the company, best first, none that a criterion excludes.
        reason: code for which the last program declined; blank: it said nothing.
        asked: slugs of the programs that this request went to already.
        paused: slugs of those that take no new companies at present.
        only: slugs that may be offered at all; None: any.
        most: how many at most.
    """
    criterion = _CRITERION_OF.get(Reason(reason)) if reason else None
    found = [
        match
        for match in results
        if match.candidate.slug not in asked
        and (only is None or match.candidate.slug in only)
        and (criterion is None or match.outcomes[criterion] is Outcome.YES)
        and not (reason == Reason.CAPACITY and match.candidate.slug in paused)
    ]
    found.sort(
        key=lambda match: (
            match.candidate.slug in paused,
            reason == Reason.COST and _CHEAP.isdisjoint(match.candidate.costs),
        )
    )
    return found[:most]
