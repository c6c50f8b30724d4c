"""Slips that plain correction does not see: in quotes, before a star, into another known word."""

from __future__ import annotations

import pytest

from portal.search.query import SearchQuery
from tests.search.catalogues import document, engine


def search(searcher, text):
    return searcher.search(SearchQuery(text=text))


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ('"workfroce training"', '"workforce training"'),
        ('"additve manufacturing"', '"additive manufacturing"'),
        ("traning*", "training*"),
        ("manufacturng*", "manufacturing*"),
    ],
)
def test_words_in_quotes_and_before_a_star_are_corrected_when_no_listing_has_them(
    real_engine, slip, meant
):
    page = search(real_engine, slip)

    assert page.did_you_mean == meant
    assert page.total == search(real_engine, meant).total > 0


@pytest.mark.parametrize("typed", ['"lean manufacturng"', '"lean manufacturing"'])
def test_a_phrase_that_stands_nowhere_is_offered_without_its_quotes(real_engine, typed):
    page = search(real_engine, typed)

    assert page.total == 0
    assert page.did_you_mean == "lean manufacturing"


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("machine ship", "machine shop"),
        ('"machine ship"', '"machine shop"'),
        ("machine shops", None),
        ("tax credits", None),
    ],
)
def test_a_slip_into_another_word_of_the_catalogue_is_seen_by_its_neighbors(
    real_engine, slip, meant
):
    assert search(real_engine, slip).did_you_mean == meant


def test_a_known_word_that_finds_enough_is_never_doubted():
    ships = [document(f"ship-{n}", description=f"ship a machine {n}") for n in range(3)]
    shops = [document(f"shop-{n}", description=f"machine shop {n}") for n in range(9)]

    assert search(engine(*ships, *shops), "machine ship").did_you_mean is None


def test_the_word_in_place_of_a_slip_in_quotes_is_one_that_makes_the_phrase():
    searcher = engine(
        document("cold", description="cold spray of metal"),
        document("spry", description="sprag, sprag, sprag and cold"),
    )

    assert search(searcher, '"cold sprax"').did_you_mean == '"cold spray"'


def test_what_is_near_no_word_stays_as_it_is():
    searcher = engine(document("weld", name="Welding class"))

    for typed in ('"xylophone class"', "xylo*", "xylophone zither"):
        page = search(searcher, typed)
        assert page.total == 0
        assert page.did_you_mean is None
