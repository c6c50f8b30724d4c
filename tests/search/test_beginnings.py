"""Words of which only the beginning is typed, on the real catalogue and on a few programs."""

from __future__ import annotations

import re
from string import ascii_lowercase

import pytest

from portal.search.query import SearchQuery
from tests.search.catalogues import document, engine


def ids(searcher, text):
    return searcher.found(SearchQuery(text=text))


def having_a_word(searcher, beginning):
    """The programs with a word that is written so, by a plain look at their texts."""
    begins = re.compile(rf"\b{beginning}", re.IGNORECASE)
    documents = searcher.snapshot.documents
    return {d.id for d in documents if any(begins.search(text) for text in d.texts.values())}


@pytest.mark.parametrize(
    "beginning", ["training", "traini", "manufacturing", "certific", "welding", "robotics"]
)
def test_a_star_finds_each_program_with_a_word_that_is_written_so(real_engine, beginning):
    wanted = having_a_word(real_engine, beginning)

    found = ids(real_engine, f"{beginning}*")

    assert wanted
    assert wanted <= found


@pytest.mark.parametrize(("longer", "shorter"), [("co", "c"), ("con", "co"), ("mach", "m")])
def test_a_shorter_beginning_finds_all_that_a_longer_one_finds(real_engine, longer, shorter):
    assert ids(real_engine, f"{longer}*") <= ids(real_engine, f"{shorter}*")


@pytest.mark.parametrize("word", ["training", "manufacturing", "lean"])
def test_a_star_behind_a_word_never_finds_less_than_the_word(real_engine, word):
    assert ids(real_engine, f'"{word}"') <= ids(real_engine, f"{word}*")


def test_a_beginning_stands_for_as_many_words_as_begin_so():
    pairs = [first + second for first in ascii_lowercase for second in "abcdef"]
    many = [document(f"s-{pair}", name=f"qu{pair}") for pair in pairs]

    assert engine(*many).search(SearchQuery(text="qu*")).total == 156


def test_a_star_behind_a_hyphen_needs_the_word_before_it():
    searcher = engine(
        document("quality", name="ISO 9001 audits"), document("age", name="Over 90 years")
    )

    assert [hit.slug for hit in searcher.search(SearchQuery(text="iso-90*")).hits] == ["quality"]
