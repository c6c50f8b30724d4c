"""Whether a program takes applications on a day, from the rounds that are known (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

ROLLING, YEARLY = "rolling", "yearly"


@dataclass(frozen=True, slots=True)
class Season:
    """A time in which applications are taken; a missing date is no limit on that side."""

    opens_on: date | None = None
    closes_on: date | None = None
    recurs: str = ""


@dataclass(frozen=True, slots=True)
class Applications:
    """Whether applications are taken: True, False, or None when no round is known.

    `until` is the last day of the present round, `opens_on` the first day of the coming one,
    `closed_on` the last day of the latest past one; each None where it does not apply.
    """

    are_open: bool | None
    until: date | None = None
    opens_on: date | None = None
    closed_on: date | None = None
    is_yearly: bool = False


def applications(seasons: Sequence[Season], today: date) -> Applications:
    """Say whether a program takes applications.

    Args:
        seasons: all that are known; none of them says nothing, so that nobody is sent away.
        today: the day asked about.
    """
    if not seasons:
        return Applications(None)
    running = [s for s in seasons if _is_running(s, today)]
    if running:
        # One without an end outlasts the others.
        ends = [s.closes_on for s in running if s.closes_on]
        return Applications(True, until=max(ends) if len(ends) == len(running) else None)
    coming = [s.opens_on for s in seasons if s.opens_on and s.opens_on > today]
    past = [s.closes_on for s in seasons if s.closes_on and s.closes_on < today]
    return Applications(
        False,
        opens_on=min(coming, default=None),
        closed_on=max(past, default=None),
        is_yearly=any(s.recurs == YEARLY for s in seasons),
    )


def _is_running(season: Season, today: date) -> bool:
    if season.recurs == ROLLING:
        return True
    begun = season.opens_on is None or season.opens_on <= today
    return begun and (season.closes_on is None or today <= season.closes_on)
