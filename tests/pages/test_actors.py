"""Each of the four kinds of visitors has a page: what fits, who connects them, how to list."""

from __future__ import annotations

import pytest

from portal.pages import ACTORS, other_actor


@pytest.mark.parametrize("actor", ACTORS)
def test_actor_page_links_to_what_fits(browser, actor):
    page = browser.get(f"/for/{actor}")

    assert page.status == 200
    fitting = page.select_one("[aria-labelledby=fits] > p a")
    assert fitting["href"] == f"/services?audience={actor}"
    total = fitting.get_text().split()[2]
    assert browser.get(fitting["href"]).select_one("#found").get_text().split()[0] == total


@pytest.mark.parametrize("actor", ACTORS)
def test_actor_page_names_who_connects_them_with_each_of_the_others(browser, actor):
    page = browser.get(f"/for/{actor}")

    bridges = page.select(".bridges__one")
    assert len(bridges) == 3
    for bridge in bridges:
        assert bridge.select(".program-list a")


@pytest.mark.parametrize("actor", ACTORS)
def test_actor_page_tells_how_to_list_a_program(browser, actor):
    page = browser.get(f"/for/{actor}")

    assert "800-252-1591" in page.select_one("[aria-labelledby=list]").get_text()


def test_an_unknown_actor_is_not_found(browser):
    assert browser.get("/for/nobody").status == 404


@pytest.mark.parametrize(
    ("link", "actor", "other"),
    [("sme-oem", "sme", "oem"), ("sme-oem", "oem", "sme"), ("sme-oem", "startup", "")],
)
def test_a_link_joins_an_actor_with_the_other_end(link, actor, other):
    assert other_actor(link, actor) == other
