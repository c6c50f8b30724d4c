"""Words, phrases, prefixes, synonyms, spelling and order, on a handful of programs."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from portal.search.analysis import initials
from portal.search.formula import FORMULA
from portal.search.query import SearchQuery
from tests.search.catalogues import document, engine

LEAN = document("lean", name="Lean coaching", description="We walk your floor and find waste.")
ROBOT = document("robot", name="Robot trials", description="Try a robot before you buy one.")
WELD = document("weld", name="Welding class", description="Learn to weld at night.")


def slugs(searcher, text: str, **kwargs) -> list[str]:
    return [hit.slug for hit in searcher.search(SearchQuery(text=text, **kwargs)).hits]


def test_an_empty_search_finds_everything():
    assert set(slugs(engine(LEAN, ROBOT, WELD), "")) == {"lean", "robot", "weld"}


@pytest.mark.parametrize("typed", ["robots", "ROBOT", "Robott"])
def test_endings_case_and_small_slips_do_not_matter(typed):
    assert slugs(engine(LEAN, ROBOT, WELD), typed) == ["robot"]


def test_a_synonym_finds_what_the_program_calls_it():
    searcher = engine(LEAN, ROBOT, synonyms={"automation": ["robot"]})

    assert slugs(searcher, "automation") == ["robot"]


def test_synonyms_of_several_words_work_both_ways():
    additive = document("am", name="Additive manufacturing lab")
    printing = document("print", name="3D printing days")
    searcher = engine(
        additive, printing, WELD, synonyms={"3d printing": ["additive manufacturing"]}
    )

    assert slugs(searcher, "3d printing") == ["print", "am"]
    assert slugs(searcher, "additive manufacturing") == ["am", "print"]


def test_a_phrase_needs_its_words_in_order_and_in_one_field():
    searcher = engine(
        document("one", description="cold spray repair"),
        document("two", description="spray cold water"),
        document("three", name="cold", description="spray"),
    )

    assert slugs(searcher, '"cold spray"') == ["one"]


def test_a_star_finds_every_word_that_begins_so():
    assert slugs(engine(LEAN, ROBOT, WELD), "wel*") == ["weld"]


def test_not_excludes():
    both = document("both", name="Robot welding")

    assert slugs(engine(ROBOT, WELD, both), "robot NOT weld") == ["robot"]


def test_an_unknown_word_is_corrected_and_the_correction_is_offered():
    page = engine(LEAN, ROBOT, WELD).search(SearchQuery(text="welidng clas"))

    assert [hit.slug for hit in page.hits] == ["weld"]
    assert page.did_you_mean == "welding class"


def test_a_word_near_nothing_finds_nothing():
    page = engine(LEAN, ROBOT, WELD).search(SearchQuery(text="xylophone"))

    assert page.total == 0
    assert page.ignored_words == ("xylophone",)
    assert page.drop == (("q", "xylophone", 3),)


def test_words_that_say_nothing_are_no_reason_to_find_nothing():
    assert len(slugs(engine(LEAN, ROBOT, WELD), "the of and")) == 3


def test_nothing_found_names_the_filter_whose_removal_helps_most():
    searcher = engine(
        document(
            "a", name="weld", values={"region": {"western": True}, "form": {"training": False}}
        ),
        document("b", name="weld", values={"region": {"western": True}}),
        document("c", values={"region": {"central": True}, "form": {"marketing": False}}),
    )

    page = searcher.search(
        SearchQuery(text="weld", facets=(("form", ("marketing",)), ("region", ("western",))))
    )

    assert page.total == 0
    assert page.drop[0] == ("form", "", 2)


def test_a_statewide_program_counts_in_each_region_but_not_as_local():
    searcher = engine(
        document("state", values={"region": {"statewide": False}}),
        document("local", values={"region": {"central": True}}),
    )

    counts = {
        v.value: (v.count, v.dedicated) for v in searcher.search(SearchQuery()).facets["region"]
    }

    assert counts == {"central": (2, 1), "western": (1, 0), "statewide": (1, 0)}


def test_a_parent_code_takes_its_sub_industries_with_it():
    searcher = engine(document("metal", values={"industry": {"332": True}}))

    counts = {
        v.value: (v.count, v.dedicated) for v in searcher.search(SearchQuery()).facets["industry"]
    }

    assert counts == {"332": (1, 1), "332710": (1, 1), "339112": (0, 0), "any": (0, 0)}


def test_a_zip_narrows_to_programs_that_serve_its_region():
    searcher = engine(
        document("west", values={"region": {"western": True}}),
        document("mid", values={"region": {"central": True}}),
        document("all", values={"region": {"statewide": False}}),
    )

    assert set(slugs(searcher, "", near="01608")) == {"all", "mid"}


def test_a_listing_that_may_have_changed_comes_after_its_equal():
    unsure = document("a", name="weld", is_uncertain=True)
    sure = document("b", name="weld")

    assert slugs(engine(unsure, sure), "weld") == ["b", "a"]
    assert slugs(engine(unsure, sure), "") == ["b", "a"]


def test_a_program_that_takes_no_new_companies_comes_after_its_equal_and_is_still_found():
    full = document("a", name="weld", is_paused=True)
    free = document("b", name="weld")

    assert slugs(engine(full, free), "weld") == ["b", "a"]
    assert slugs(engine(full, free), "") == ["b", "a"]


def test_latest_confirmed_first_when_asked_for():
    searcher = engine(
        document("old", assured_on="2025-01-01"),
        document("never"),
        document("new", assured_on="2026-01-01"),
    )

    assert slugs(searcher, "", sort="verified") == ["new", "old", "never"]


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        '""',
        "(",
        "((((",
        "AND",
        "NOT",
        "NOT NOT a",
        "a OR",
        "*",
        "a**",
        '"a',
        "\\",
        "field:x",
        "[a TO b]",
        "a^2",
        "~",
        "()",
    ],
)
def test_whatever_is_typed_is_read_without_complaint(typed):
    engine(LEAN, ROBOT, WELD).search(SearchQuery(text=typed))


def test_brackets_a_thousand_deep_are_read_without_complaint():
    engine(LEAN).search(SearchQuery(text="(" * 1000 + "lean" + ")" * 1000))


def test_near_me_and_serves_my_place_are_different_filters():
    # On a plane: 0.743° x 51.2 and 0.098° x 69 make 38.7 miles to Boston; 41.9 to Springfield.
    statewide, west = {"region": {"statewide": False}}, {"region": {"western": True}}
    searcher = engine(
        document("boston", values=statewide, place=(42.3601, -71.0589)),
        document("springfield", values=statewide, place=(42.1015, -72.5898)),
        document("worcester", values=statewide, place=(42.2626, -71.8023)),
        document("for-the-west", values=west, place=(42.2626, -71.8023)),
        document("nowhere", values=statewide),
    )

    def found(**place) -> set[str]:
        return set(slugs(searcher, "", near="01608", **place))

    assert found() == {"boston", "springfield", "worcester", "nowhere"}
    assert found(within=10) == {"worcester"}
    assert found(within=40) == {"worcester", "boston"}
    assert found(within=10, office_only=True) == {"worcester", "for-the-west"}


def test_dedicated_comes_before_open_at_equal_relevance():
    searcher = engine(
        document("open", name="weld", values={"industry": {"any": False}}),
        document("made", name="weld", values={"industry": {"332710": True}}),
    )

    assert slugs(searcher, "weld", facets=(("industry", ("332710",)),)) == ["made", "open"]


def test_dedicated_outweighs_fresh_and_complete_together():
    day = date(2026, 3, 12)
    searcher = engine(
        document(
            "open",
            name="weld",
            values={"industry": {"any": False}},
            assured_on="2026-03-12",
            completeness=1.0,
        ),
        document("made", name="weld", values={"industry": {"332710": True}}),
    )

    query = SearchQuery(text="weld", facets=(("industry", ("332710",)),))
    found = [hit.slug for hit in searcher.search(query, today=day).hits]

    assert FORMULA.dedicated > FORMULA.fresh + FORMULA.complete
    assert found == ["made", "open"]


def test_a_better_match_comes_before_a_dedicated_one():
    searcher = engine(
        document("open", name="weld", topics="weld", values={"industry": {"any": False}}),
        document("made", description="a weld among much else", values={"industry": {"332": True}}),
    )

    assert slugs(searcher, "weld", facets=(("industry", ("332",)),)) == ["open", "made"]


def test_fresh_and_complete_listings_come_first_among_equals():
    day = date(2026, 3, 12)
    searcher = engine(
        document("stale", name="weld", assured_on="2024-01-01"),
        document("fresh", name="weld", assured_on="2026-03-01"),
        document("complete", name="weld", completeness=1.0),
    )

    found = [hit.slug for hit in searcher.search(SearchQuery(text="weld"), today=day).hits]

    assert found == ["fresh", "complete", "stale"]


def test_true_ties_take_turns_from_week_to_week_and_keep_their_order_within_one():
    names = [f"weld-{letter}" for letter in "abcdef"]
    searcher = engine(*(document(name, name="weld") for name in names))

    def order(day: date) -> list[str]:
        return [hit.slug for hit in searcher.search(SearchQuery(text="weld"), today=day).hits]

    monday, sunday = date(2026, 3, 9), date(2026, 3, 15)
    weeks = [order(monday + timedelta(weeks=week)) for week in range(200)]
    assert order(monday) == order(sunday)
    firsts = Counter(first for first, *_ in weeks)
    assert set(firsts) == set(names)
    assert max(firsts.values()) < 3 * min(firsts.values())


def test_an_acronym_finds_the_name_that_it_stands_for():
    name = "Massachusetts Manufacturing Extension Partnership"

    assert initials(name) == "MMEP"
    assert initials("Women in Manufacturing of New England") == "WMNE"
    assert initials("MassRobotics") == ""


def test_a_result_knows_what_was_typed_and_what_it_was_found_as():
    searcher = engine(ROBOT, LEAN, synonyms={"automation": ["robot"]})

    page = searcher.search(SearchQuery(text="automation trails"))

    assert [(r.typed, r.found_as) for r in page.reasons] == [
        ("trails", "trials"),
        ("automation", "robot"),
    ]


def test_an_everyday_wording_need_not_be_typed_whole_or_in_order():
    searcher = engine(
        document("sites", name="Site selection"),
        document("other", name="Welding"),
        everyday={"move to a bigger building": ["site selection"]},
    )

    assert slugs(searcher, "bigger building wanted, moving") == ["sites"]


def test_among_words_equally_near_the_one_that_stands_beside_the_others_is_meant():
    searcher = engine(
        document("metal", description="laser cutting of metal"),
        document("medal", description="medal for safety, medal for years, medal of honor"),
    )

    page = searcher.search(SearchQuery(text="laser metol"))

    assert page.did_you_mean == "laser metal"
    assert searcher.search(SearchQuery(text="medol")).did_you_mean == "medal"


def test_two_words_typed_as_one_are_taken_apart():
    page = engine(WELD, ROBOT).search(SearchQuery(text="weldingclass"))

    assert page.did_you_mean == "welding class"
    assert [hit.slug for hit in page.hits] == ["weld"]


def test_a_corrected_word_is_widened_by_synonyms_like_the_right_one():
    additive = document("am", name="Additive manufacturing lab")
    printing = document("print", name="3D printing days")
    searcher = engine(
        additive, printing, WELD, synonyms={"3d printing": ["additive manufacturing"]}
    )

    assert slugs(searcher, "3d prnting") == slugs(searcher, "3d printing") == ["print", "am"]
