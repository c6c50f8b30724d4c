"""Links to the pages of a list: never a gap of one page, never a page that is not there."""

from __future__ import annotations

import pytest

from portal.paging import asked_page, page_links, page_numbers


def test_pages_are_numbered_with_gaps_where_some_are_left_out():
    assert page_numbers(1, 1) == [1]
    assert page_numbers(2, 3) == [1, 2, 3]
    assert page_numbers(5, 9) == [1, None, 4, 5, 6, None, 9]
    assert page_numbers(3, 5) == [1, 2, 3, 4, 5]


def test_a_list_of_one_page_has_no_links():
    assert page_links(1, 1, str) == []


def test_a_gap_has_no_address_and_the_page_that_is_shown_says_so():
    links = page_links(1, 9, lambda number: f"/list?page={number}")

    assert [link.url for link in links] == ["/list?page=1", "/list?page=2", "", "/list?page=9"]
    assert [link.is_current for link in links] == [True, False, False, False]


@pytest.mark.parametrize(
    ("text", "page"), [("", 1), ("2", 2), ("0", 1), ("9", 3), ("-1", 1), ("²", 1), ("9" * 40, 1)]
)
def test_the_nearest_page_there_is_is_shown(text, page):
    assert asked_page(text, 3) == page
