"""How fresh the directory is: counts of confirmations, and of evidence by year (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

CONFIRMED_WITHIN_DAYS = 365
READ_ON_A_PAGE = "page"
MAY_HAVE_CHANGED = "uncertain"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a listing rests on; `as_of` is YYYY-MM and no confirmation."""

    assured_date: date | None
    as_of: str
    kind: str
    status: str


@dataclass(frozen=True, slots=True)
class Year:
    """Listings whose evidence is of one year; `year` is blank when the evidence has no date."""

    year: str
    count: int


@dataclass(frozen=True, slots=True)
class Freshness:
    """The public figure and what stands behind it.

    `confirmed` of `total` listings were confirmed by a person within CONFIRMED_WITHIN_DAYS.
    """

    confirmed: int
    total: int
    read_on_a_page: int
    uncertain: int
    years: tuple[Year, ...]

    @property
    def known_otherwise(self) -> int:
        """Listings written from general knowledge."""
        return self.total - self.read_on_a_page

    @property
    def most_in_a_year(self) -> int:
        """The longest bar of the picture."""
        return max((year.count for year in self.years), default=0)


def confirmed_of(dates: Sequence[date | None], *, today: date) -> int:
    """Count the confirmations within CONFIRMED_WITHIN_DAYS.

    Args:
        dates: the last confirmation of each listing, None where there was none.
        today: the day from which their age is counted.
    """
    first_day = today - timedelta(days=CONFIRMED_WITHIN_DAYS)
    return sum(day is not None and first_day <= day <= today for day in dates)


def freshness_of(listings: Sequence[Evidence], *, today: date) -> Freshness:
    """Measure how fresh the published listings are.

    Args:
        listings: one for each published service.
        today: the day from which the age of a confirmation is counted.
    """
    years = Counter(listing.as_of[:4] for listing in listings)
    return Freshness(
        confirmed=confirmed_of([listing.assured_date for listing in listings], today=today),
        total=len(listings),
        read_on_a_page=sum(listing.kind == READ_ON_A_PAGE for listing in listings),
        uncertain=sum(listing.status == MAY_HAVE_CHANGED for listing in listings),
        years=tuple(Year(year, years[year]) for year in sorted(years, reverse=True)),
    )
