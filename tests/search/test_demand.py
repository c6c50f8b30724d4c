"""Demand: what is kept of a search that finds (almost) nothing, and what never is."""

from __future__ import annotations

import pytest

from portal.search.demand import Demand, demand_of, wanted_facets, wanted_words
from portal.search.query import SearchQuery


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Anodizing for TITANIUM", "anodizing titanium"),
        ("titanium anodizing", "anodizing titanium"),
        ("titanium, titanium & anodizing!", "anodizing titanium"),
        ("we need help with a Café", "cafe"),
        ("welding maria@shop.example", "welding"),
        ("iso 9001 AS9100", "9001 as9100 iso"),
        ("shop 01608", "shop"),
        ("call 508-555-1234", "call"),
        ("call 508 555 1234", "call"),
        ("call (508) 555 1234 weld", "call weld"),
        ("part A12345X", "part"),
        ("٠١٢٣٤ press", "press"),
        ("the of and", ""),
        ("***", ""),
    ],
)
def test_words_are_folded_sorted_distinct_and_tell_nothing_of_who_asks(typed, kept):
    assert wanted_words(typed) == kept


def test_words_are_at_most_120_characters_and_never_half_a_word():
    kept = wanted_words(" ".join(f"{letter * 30}" for letter in "edcba"))

    assert kept == " ".join(letter * 30 for letter in "abc")
    assert wanted_words("a" * 121) == ""


def test_filters_are_written_in_one_way():
    query = SearchQuery(facets=(("region", ("central",)), ("cost", ("loan", "free"))))

    assert wanted_facets(query) == "cost=free,loan;region=central"


@pytest.mark.parametrize(("total", "kind"), [(0, "zero"), (1, "near-zero"), (2, "near-zero")])
def test_two_results_are_nearly_none(total, kind):
    assert demand_of(SearchQuery(text="cnc"), total) == Demand("cnc", "", "", kind)


def test_three_results_are_enough():
    assert demand_of(SearchQuery(text="cnc"), 3) is None


def test_a_zip_becomes_its_regions():
    query = SearchQuery(text="cnc", near="02138")

    wanted = demand_of(query, 0, ("northeast", "greater-boston"))

    assert wanted == Demand("cnc", "", "greater-boston,northeast", "zero")


def test_a_zip_alone_or_a_second_page_is_no_demand():
    assert demand_of(SearchQuery(near="01608"), 0, ("central",)) is None
    assert demand_of(SearchQuery(text="cnc", page=2), 0) is None
    assert demand_of(SearchQuery(text="me@home.example"), 0) is None


def test_filters_alone_are_demand():
    query = SearchQuery(facets=(("cost", ("loan",)),))

    assert demand_of(query, 0) == Demand("", "cost=loan", "", "zero")
