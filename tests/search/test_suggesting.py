"""Suggestions while typing: which names, in which order, corrected when nothing begins so."""

from __future__ import annotations

import pytest

from portal.search.suggesting import MOST, Named, Suggester, plain, shortened

LEAN = Named("topic", "lean", "lean", weight=9)
ISO = Named("topic", "iso-9001", "iso-9001", weight=4)
COACHING = Named("listing", "lean-coaching", "Lean coaching", ("Kaizen on site",))
CLUB = Named("listing", "club", "The lean club")
CAFE = Named("organization", "cafe", "Café Léan Institute", ("CLI",))
CNC = Named("topic", "cnc", "CNC machining", weight=3)
ALL = (LEAN, ISO, COACHING, CLUB, CAFE, CNC)


def slugs(typed: str, *things: Named, limit: int = MOST) -> list[str]:
    return [line.slug for line in Suggester(things or ALL).suggest(typed, limit=limit).found]


def test_what_begins_so_comes_before_what_has_the_word_inside():
    assert slugs("lea") == ["lean", "lean-coaching", "club", "cafe"]


@pytest.mark.parametrize("typed", ["cafe le", "CAFÉ LÉ", "  café   le"])
def test_accents_case_and_blanks_do_not_matter(typed):
    assert slugs(typed) == ["cafe"]


@pytest.mark.parametrize("typed", ["iso 9", "ISO-9001", "iso9001"])
def test_a_number_with_hyphen_blank_or_nothing_is_the_same(typed):
    assert slugs(typed) == ["iso-9001"]


def test_alternate_and_short_names_lead_to_the_name_that_is_shown():
    answer = Suggester(ALL).suggest("kaiz")

    assert [(line.slug, line.label) for line in answer.found] == [
        ("lean-coaching", "Lean coaching")
    ]
    assert slugs("cli") == ["cafe"]


def test_words_in_another_order_are_found_when_no_name_has_them_side_by_side():
    assert slugs("machining cnc") == ["cnc"]
    assert slugs("coaching lean") == ["lean-coaching"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("machning", "machining"), ("coahc", "coaching"), ("laen", "lean")]
)
def test_a_slip_is_corrected_even_in_an_unfinished_word(typed, meant):
    answer = Suggester(ALL).suggest(typed)

    assert answer.corrected == meant
    assert answer.found


def test_nothing_is_corrected_while_something_begins_so():
    assert Suggester(ALL).suggest("lean").corrected is None


@pytest.mark.parametrize("typed", ["", "  ", "***", "xylophone", "zz", "123456"])
def test_nothing_near_suggests_nothing(typed):
    answer = Suggester(ALL).suggest(typed)

    assert answer.found == ()
    assert answer.corrected is None


def test_no_kind_takes_all_places_while_another_has_something():
    topics = [Named("topic", f"t{n}", f"weld {n}", weight=100 - n) for n in range(20)]
    listings = [Named("listing", f"l{n}", f"Weld class {n}") for n in range(9)]
    body = Named("organization", "o", "Weld Institute")

    answer = slugs("weld", *topics, *listings, body)

    assert answer == ["t0", "t1", "t2", "t3", "l0", "l1", "l2", "o"]
    assert slugs("weld", *topics) == [f"t{n}" for n in range(8)]


def test_a_topic_of_more_programs_comes_first():
    rare, common = Named("topic", "a", "weld a", weight=1), Named("topic", "b", "weld b", weight=2)

    assert slugs("weld", rare, common) == ["b", "a"]


def test_words_are_folded_and_marks_are_blanks():
    assert plain("R&D: Éts. (7-a)") == "r d ets 7 a"


def test_a_long_label_is_cut():
    assert shortened("a" * 90) == "a" * 90
    assert shortened("a" * 91) == "a" * 89 + "…"
