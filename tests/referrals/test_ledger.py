"""Groups of unmet needs from all sources; counts of visitors from 1 to 10 are never told."""

from __future__ import annotations

import pytest

from portal.referrals.ledger import (
    Key,
    Vocabulary,
    filtered,
    grouped,
    key_of_search,
    order_of,
    shown,
)

SHOPS = Key("marketing", "332710", "central")
FOOD = Key("marketing", "311", "")


@pytest.mark.parametrize(
    ("facets", "near", "key"),
    [
        ("form=marketing;industry=332710;region=central", "", SHOPS),
        ("form=marketing;industry=332710", "central", SHOPS),
        (
            "form=marketing;industry=332710;region=cape-islands",
            "central",
            Key("marketing", "332710", "cape-islands"),
        ),
        ("cost=loan;form=marketing,workforce-training", "central,metro-west", Key()),
        ("", "", Key()),
    ],
)
def test_a_search_points_to_the_group_of_its_filters(facets, near, key):
    assert key_of_search(facets, near) == key


@pytest.mark.parametrize(("count", "text"), [(0, "0"), (1, "c"), (10, "c"), (11, "11")])
def test_counts_of_visitors_from_one_to_ten_are_hidden(count, text):
    assert shown(count) == text


@pytest.mark.parametrize(
    ("industry", "folded"),
    [("332710", "332710"), ("332999", "332"), ("332", "332"), ("999", ""), ("any", ""), ("", "")],
)
def test_an_industry_is_folded_into_the_narrowest_one_that_the_catalogue_has(industry, folded):
    words = Vocabulary(("marketing",), ("332", "332710"), ("central",))

    assert words.fold(Key("marketing", industry, "central")) == Key("marketing", folded, "central")
    assert words.fold(Key("fame", industry, "moon")) == Key("", folded, "")


def all_groups():
    return grouped(
        requests=[(SHOPS, "no_program"), (SHOPS, "no_program"), (FOOD, "not_affordable")],
        searches=[("form=marketing;industry=311", "", 3), ("industry=311;form=marketing", "", 9)],
        plans=[(FOOD, "no-dedicated", 4), (FOOD, "none-of-these", 2), (Key(), "no-dedicated", 11)],
        kept=[Key("technology-cluster", "", "")],
        none_kind="none-of-these",
    )


def test_all_sources_of_a_group_are_added_up():
    by_key = {group.key: group for group in all_groups()}

    assert by_key[SHOPS].requests == 2
    assert by_key[SHOPS].codes == {"no_program": 2}
    food = by_key[FOOD]
    assert (food.requests, food.searches, food.plans, food.none_of_these) == (1, 12, 4, 2)


def test_the_most_requested_come_first_and_what_somebody_took_on_stays():
    assert [group.key for group in all_groups()] == [
        SHOPS,
        FOOD,
        Key(),
        Key("technology-cluster", "", ""),
    ]


def test_the_order_does_not_give_hidden_counts_away():
    first, second = (
        grouped(requests=[], searches=[], plans=[(SHOPS, "p", n)], none_kind="n")[0]
        for n in (1, 10)
    )

    assert order_of(first) == order_of(second)


@pytest.mark.parametrize(
    ("wanted", "keys"),
    [
        ({"industry": "311"}, [FOOD]),
        ({"source": "requests"}, [SHOPS, FOOD]),
        ({"source": "plans"}, [FOOD, Key()]),
        ({"source": "searches"}, [FOOD]),
        ({"status": "assigned"}, [SHOPS]),
        ({"form": "marketing", "status": "open"}, [FOOD]),
    ],
)
def test_filters_narrow(wanted, keys):
    found = filtered(
        all_groups(), wanted=wanted, status_of=lambda k: "assigned" if k == SHOPS else "open"
    )

    assert [group.key for group in found] == keys
