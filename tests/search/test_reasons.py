"""Each result says why it is here, whichever way it was asked for."""

from __future__ import annotations

import pytest

from portal.search.highlighting import explain
from portal.search.query import SearchQuery
from tests.search.catalogues import document, engine

WELD = document("weld", name="Welding class", summary="Welders learn at night.")
SHOP = document("shop", name="Machine shop days", summary="Try a machine.")


def reasons(searcher, text):
    """What is said of the first result."""
    page = searcher.search(SearchQuery(text=text))
    match = explain(searcher.snapshot, page.hits[0].number, page)
    return [(reason.typed, reason.found_as) for reason in match.reasons], match.fields


@pytest.mark.parametrize(
    ("typed", "said", "fields"),
    [
        ('"machine shop"', [('"machine shop"', '"machine shop"')], ("name", "summary")),
        ('"machne shop"', [('"machne shop"', '"machine shop"')], ("name", "summary")),
        ("wel*", [("wel*", "wel*")], ("name", "summary")),
        ("weldng*", [("weldng*", "welding*")], ("name",)),
        ('wel* "class"', [("wel*", "wel*"), ('"class"', '"class"')], ("name", "summary")),
    ],
)
def test_phrases_and_beginnings_are_reasons_too(typed, said, fields):
    assert reasons(engine(WELD, SHOP), typed) == (said, fields)


def test_a_beginning_is_one_reason_however_many_words_it_stands_for():
    searcher = engine(document("many", name="Robot robotics robe rob", summary="roboter"), WELD)

    said, _ = reasons(searcher, "rob*")

    assert said == [("rob*", "rob*")]


@pytest.mark.parametrize("address", ["/services?q=wel*", "/services?q=%22machine+shop%22"])
def test_the_page_says_what_a_phrase_or_a_beginning_was_found_as(browser, address):
    page = browser.get(address)

    assert page.select(".result__why")
    assert all("Found:" in why.text for why in page.select(".result .result__why:last-of-type"))
