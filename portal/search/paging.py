"""Links to the pages of a result: first, last, and those around the current one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from portal.search.addresses import services_url
from portal.search.query import SearchPage, SearchQuery

AROUND = 1  # pages shown on each side of the current one


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page; `number` None stands for a gap."""

    number: int | None
    url: str
    is_current: bool


def page_numbers(current: int, last: int) -> list[int | None]:
    """Return the pages to link to; None where some are left out.

    A gap of one page is filled with that page: 1 2 3, never 1 … 3.
    """
    shown = {1, last, *range(max(1, current - AROUND), min(last, current + AROUND) + 1)}
    numbers: list[int | None] = []
    previous = 0
    for number in sorted(shown):
        if number - previous == 2:
            numbers.append(number - 1)
        elif number - previous > 2:
            numbers.append(None)
        numbers.append(number)
        previous = number
    return numbers


def page_links(query: SearchQuery, result: SearchPage) -> list[PageLink]:
    """Return the links below a result; none when one page holds it all."""
    if result.pages == 1:
        return []
    return [
        PageLink(
            number,
            services_url(replace(query, page=number)) if number else "",
            number == result.page,
        )
        for number in page_numbers(result.page, result.pages)
    ]
