"""What some write as one word and some as two is found either way."""

from __future__ import annotations

import pytest

from portal.search.query import SearchQuery
from tests.search.catalogues import document, engine

ROBOT = document("robot", name="Robot trials")


def slugs(searcher, text):
    return {hit.slug for hit in searcher.search(SearchQuery(text=text)).hits}


@pytest.mark.parametrize(
    ("as_one", "apart"),
    [
        ("iso9001", "ISO 9001"),
        ("ISO13485", "iso 13485"),
        ("as9100", "AS 9100"),
        ("cybersecurity", "cyber security"),
        ("3dprinting", "3d printing"),
    ],
)
def test_the_real_catalogue_answers_one_word_and_two_alike(real_engine, as_one, apart):
    one = real_engine.search(SearchQuery(text=as_one))
    two = real_engine.search(SearchQuery(text=apart))

    assert one.total == two.total > 0
    assert one.ignored_words == two.ignored_words == ()
    assert one.hits[0].slug in [hit.slug for hit in two.hits[:3]]


def test_letters_and_digits_are_found_together_and_apart():
    searcher = engine(
        document("one", name="AS9100 audits"), document("two", name="The AS 9100 standard"), ROBOT
    )

    assert slugs(searcher, "as9100") == slugs(searcher, "AS 9100") == {"one", "two"}


def test_two_words_are_found_as_one_only_where_some_listing_writes_them_so():
    searcher = engine(
        document("one", name="Cybersecurity check"),
        document("two", name="Cyber security check"),
        document("half", name="Job security"),
    )

    assert slugs(searcher, "cyber security") == slugs(searcher, "cybersecurity") == {"one", "two"}


def test_a_word_is_not_taken_apart_where_no_listing_writes_its_halves_side_by_side():
    searcher = engine(
        document("work", name="Workforce training"),
        document("two", name="Force sensors at work"),
    )

    assert slugs(searcher, "workforce") == {"work"}


def test_a_word_that_only_synonyms_know_is_not_misspelled():
    searcher = engine(
        document("safety", name="Safety training"),
        document("life", name="Balance of work life"),
        synonyms={"forklift": ["safety training"]},
    )

    page = searcher.search(SearchQuery(text="fork lift"))

    assert [hit.slug for hit in page.hits] == ["safety"]
    assert page.did_you_mean is None


def test_the_reason_says_how_the_listing_writes_it():
    page = engine(document("iso", name="ISO 9001 audits"), ROBOT).search(
        SearchQuery(text="iso9001")
    )

    assert [(r.typed, r.found_as) for r in page.reasons] == [("iso9001", "iso 9001")]
