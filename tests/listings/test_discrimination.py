"""The meter: how many others a listing's tags put it beside, and what it lacks."""

from __future__ import annotations

from portal.listings.completeness import HINTS, missing
from portal.listings.discrimination import DULL, FAIR, SHARP, company_of, meter

HOLDERS = {
    ("industry", "any"): {1, 2, 3, 4, 5, 6, 7, 8},
    ("industry", "332710"): {8, 9},
    ("form", "marketing"): {2, 9},
}


def test_a_listing_is_no_company_to_itself():
    assert company_of({1, 2, 3}, total=10, own=3).others == 2
    assert company_of({1, 2, 3}, total=10).others == 3


def test_a_tag_that_most_have_says_little_and_a_rare_one_sets_apart():
    verdicts = [company_of(range(n), total=100).verdict for n in (60, 20, 3)]

    assert verdicts == [DULL, FAIR, SHARP]


def test_all_choices_together_count_those_who_share_a_value_of_every_facet():
    tags = [("industry", "332710"), ("form", "marketing")]

    assert meter(tags, HOLDERS, total=9, own=1).together.others == 1
    assert meter([*tags, ("industry", "any")], HOLDERS, total=9, own=1).together.others == 2
    assert meter([*tags, ("form", "loan")], HOLDERS, total=9, own=9).together.others == 0


def test_without_a_choice_it_stands_beside_all_others():
    assert meter([], HOLDERS, total=9, own=1).together.others == 8


def test_more_than_three_industries_are_too_many_unless_it_is_open_to_any():
    four = [("industry", str(code)) for code in range(311, 315)]

    assert meter(four, {}, total=9).is_scattered
    assert not meter(four[:3], {}, total=9).is_scattered
    assert not meter([*four, ("industry", "any")], {}, total=9).is_scattered


def test_an_empty_directory_breaks_nothing():
    assert meter([("form", "loan")], {}, total=0).together.others == 0


def test_an_empty_listing_lacks_all_and_a_full_one_nothing():
    full = dict.fromkeys(HINTS, "x") | {
        "phone": "508-555-0100",
        "description": "x" * 200,
        "topics": ["a", "b", "c"],
    }

    assert missing({}) == list(HINTS)
    assert missing(full) == []
