"""A portal whose catalogue is still to come: no page is a dead end, none counts nothing."""

from __future__ import annotations

import re

import pytest

from tests.browser import Browser
from tests.conftest import make_app

PAGES = (
    "/",
    "/services",
    "/services?q=cnc&form=marketing",
    "/organizations",
    "/freshness",
    "/regions",
)
ACTORS = ("/for/sme", "/for/startup", "/for/oem", "/for/university")


@pytest.fixture
def empty(tmp_path) -> Browser:
    """A browser on a portal of another state that has no listing yet."""
    return Browser(make_app(tmp_path, state_code="RI", state_name="Rhode Island"))


@pytest.mark.parametrize("prefix", ["", "/es", "/pt"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_without_listings_says_so_and_names_a_person(empty, prefix, path):
    page = empty.get(prefix + path)

    assert page.status == 200
    assert "Rhode Island" in page.select_one("main [data-empty]").text
    assert page.select_one("main [data-empty] a[href^='tel:']")


@pytest.mark.parametrize("path", ACTORS)
def test_who_finds_no_program_is_given_a_person(empty, path):
    page = empty.get(path)

    assert "No program in the directory is for you yet" in page.text
    assert page.select_one("section[aria-labelledby=fits] a[href^='tel:']")


@pytest.mark.parametrize("path", [*PAGES, *ACTORS])
def test_nothing_is_counted_where_nothing_is_listed(empty, path):
    page = empty.get(path)

    assert not re.search(r"\b0\b", page.select_one("main").get_text(" "))
    assert not page.select("main table, main form")


def test_no_link_of_an_empty_portal_leads_nowhere(empty):
    links = {
        a["href"] for path in (*PAGES, *ACTORS) for a in empty.get(path).select("a[href^='/']")
    }

    assert links
    assert {link: empty.get(link).status for link in links} == dict.fromkeys(links, 200)


def test_a_full_directory_says_nothing_of_the_kind(browser):
    for path in PAGES:
        assert not browser.get(path).select("[data-empty]"), path
