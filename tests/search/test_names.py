"""Who types the name of an organization or of a program finds it first."""

from __future__ import annotations

import csv
from collections import defaultdict

import pytest

from portal.search.query import SearchQuery
from tests.conftest import DATA
from tests.search.catalogues import document, engine


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PROGRAMS_OF = defaultdict(set)
for program in rows("programs.csv"):
    PROGRAMS_OF[program["organization_id"]].add(program["id"])

NAMES = [
    (organization["id"], name)
    for organization in rows("organizations.csv")
    if PROGRAMS_OF[organization["id"]]
    for name in dict.fromkeys((organization["name"], organization["short_name"]))
    if name
]


def first_three(searcher, text):
    return [hit.slug for hit in searcher.search(SearchQuery(text=text)).hits[:3]]


@pytest.mark.parametrize(("organization", "name"), NAMES)
def test_the_name_of_an_organization_shows_a_program_of_its_own_in_the_first_three(
    real_engine, organization, name
):
    assert PROGRAMS_OF[organization].intersection(first_three(real_engine, name))


def test_a_name_inside_a_longer_request_is_heard():
    own = document("own", description="advice", organization="Center for Metal Progress Studies")
    metal = document("metal", name="Metal study", description="metal progress, center of advice")
    searcher = engine(own, metal)

    assert first_three(searcher, "advice on metal from the Center for Metal Progress")[0] == "own"


def test_the_more_of_a_name_is_said_the_more_it_counts():
    searcher = engine(
        document("part", organization="Center for Forming at Zinc Institute"),
        document("whole", organization="Zinc Institute"),
    )

    hits = searcher.search(SearchQuery(text="Zinc Institute")).hits

    assert [hit.slug for hit in hits] == ["whole", "part"]


def test_no_phrase_or_name_runs_across_two_texts_that_stand_in_one_field():
    searcher = engine(document("two", organization="Zinc Institute . Metal Center"))

    assert searcher.search(SearchQuery(text='"institute metal"')).total == 0
    assert searcher.search(SearchQuery(text='"metal center"')).total == 1
