"""The measures that the bench prints, checked on cases worked by hand."""

from __future__ import annotations

import pytest
from rapidfuzz.distance import OSA

from tests.bench.judged import has_ideal_first, judged_queries, ndcg
from tests.bench.slips import SEEDS, misspelled

GRADES = {"a": 2, "b": 1, "c": 1}
# Gains 3, 1, 1 with discounts 1, 1/log2(3) = 0.63093 and 1/2: the best is 3 + 0.63093 + 0.5.
BEST = 4.13093


@pytest.mark.parametrize(
    ("found", "gain"),
    [
        (["a", "b", "c"], BEST),
        (["a", "x", "b"], 3 + 0.5),
        (["x", "a"], 3 * 0.63093),
        (["x", "y"], 0.0),
        ([], 0.0),
        (["x"] * 10 + ["a"], 0.0),
    ],
)
def test_the_gain_of_a_list_is_what_hand_counting_gives(found, gain):
    assert ndcg(found, GRADES) == pytest.approx(gain / BEST, abs=1e-4)


def test_only_a_program_of_the_highest_grade_among_the_first_three_counts_as_ideal():
    assert has_ideal_first(["x", "y", "a"], GRADES)
    assert not has_ideal_first(["b", "c", "x", "a"], GRADES)


def test_the_judged_searches_are_whole():
    judged = judged_queries()

    assert len(judged) == 35
    assert all(set(each.grades.values()) <= {1, 2} for each in judged)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_misspelled_search_differs_by_one_edit_and_is_the_same_each_time(seed):
    for each in judged_queries():
        slipped = misspelled(each.query, seed)

        assert OSA.distance(each.query, slipped) == 1
        assert slipped == misspelled(each.query, seed)


def test_each_draw_misspells_the_searches_in_another_way():
    draws = {tuple(misspelled(each.query, seed) for each in judged_queries()) for seed in SEEDS}

    assert len(draws) == len(SEEDS) == 10
