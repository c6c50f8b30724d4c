"""Which rounds of applications are worth showing on a day: none that is over for good (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from portal.directory.rounds import Season, applications


class Dated(Protocol):
    """What a round must tell."""

    opens_on: date | None
    closes_on: date | None
    recurs: str


R = TypeVar("R", bound=Dated)


def current_rounds(rounds: Iterable[R], *, today: date) -> tuple[R, ...]:
    """Return the rounds that run, are to come, or come again.

    Args:
        rounds: all that are known of a program.
        today: the day asked about.
    """
    return tuple(known for known in rounds if not _is_over(known, today))


def _is_over(known: Dated, today: date) -> bool:
    season = Season(known.opens_on, known.closes_on, known.recurs)
    found = applications((season,), today)
    return found.are_open is False and not found.opens_on and not found.is_yearly
