"""Links to the pages of a list: first, last, and those around the current one (pure)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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


def page_links(current: int, last: int, url_of: Callable[[int], str]) -> list[PageLink]:
    """Return the links below a page of a list; none when one page holds it all.

    Args:
        current: the page that is shown, from 1.
        last: the number of pages.
        url_of: makes the address of a page.
    """
    if last <= 1:
        return []
    return [
        PageLink(number, url_of(number) if number else "", number == current)
        for number in page_numbers(current, last)
    ]


def asked_page(text: str, last: int) -> int:
    """Return the page that an address asks for: the nearest there is, the first for nonsense.

    Args:
        text: as it stands in the address.
        last: the number of pages, at least 1.
    """
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
    return min(max(1, number), last)
