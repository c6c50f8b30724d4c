"""What an address chose: distinct, in order, bounded, and the same after any trip by links."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from portal.directory.identity import LONGEST_SLUG, is_slug
from portal.shortlist.forms import chosen, only_differences
from portal.shortlist.selection import (
    MOST_SAVED,
    Selection,
    address_with,
    distinct_slugs,
    select,
)

slugs = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
anything = st.one_of(slugs, st.text(max_size=20))


def test_known_slugs_are_kept_once_in_their_order_and_the_others_named():
    found = select(["b", "a", "b", "x y", "", "c"], {"a", "b"}, most=12)

    assert found.slugs == ("b", "a")
    assert found.unknown == ("x y", "c")
    assert found.left_out == ()


def test_those_past_the_most_are_left_out_and_unknown_ones_take_no_place():
    found = select(["x", "a", "b", "c", "d"], {"a", "b", "c", "d"}, most=2)

    assert found.slugs == ("a", "b")
    assert found.left_out == ("c", "d")


def test_only_slugs_are_looked_up():
    assert distinct_slugs(["a-b", "A", "a_b", "a--b", "-a", "", "ä", "a-b"]) == ("a-b",)
    assert is_slug("a" * LONGEST_SLUG)
    assert not is_slug("a" * (LONGEST_SLUG + 1))
    assert not is_slug("a\n")


def test_a_program_is_put_on_and_taken_off():
    empty = Selection()

    assert empty.toggled("a") == ("a",)
    assert Selection(("a", "b")).toggled("a") == ("b",)
    assert Selection(("a", "b")).without("c") == ("a", "b")


def test_two_to_four_can_be_compared_and_twelve_are_full():
    counts = [n for n in range(14) if Selection(tuple(map(str, range(n)))).is_comparable]

    assert counts == [2, 3, 4]
    assert not Selection(tuple("abcdefghijk")).is_full
    assert Selection(tuple("abcdefghijkl")).is_full


def test_an_address_keeps_all_but_the_earlier_shortlist():
    before = [("q", "a b"), ("saved", "x"), ("form", "marketing"), ("form", "é")]

    address = address_with("/es/services", before, ["y", "z"], part="program-y")

    assert address == ("/es/services?q=a+b&form=marketing&form=%C3%A9&saved=y&saved=z#program-y")
    assert address_with("/services", [("saved", "x")], []) == "/services"


def test_only_what_differs_is_asked_for_by_one_word():
    assert only_differences(MultiDict([("only", "differences")]))
    assert not only_differences(MultiDict([("only", "nonsense")]))
    assert not only_differences(MultiDict())


@given(values=st.lists(anything, max_size=40), published=st.frozensets(slugs, max_size=20))
def test_a_selection_is_bounded_and_holds_nothing_unknown(values, published):
    found = select(values, published, most=MOST_SAVED)

    assert len(found) <= MOST_SAVED
    assert set(found.slugs) <= published
    assert len(set(found.slugs)) == len(found.slugs)


@given(
    values=st.lists(anything, max_size=40),
    others=st.lists(st.tuples(st.sampled_from(["q", "form", "page"]), st.text(max_size=9))),
)
def test_any_shortlist_comes_back_from_the_address_that_carries_it(values, others):
    known = frozenset(value for value in values if is_slug(value))
    kept = select(values, known, most=MOST_SAVED)

    address = address_with("/services", others, kept.slugs)
    pairs = parse_qsl(urlsplit(address).query, keep_blank_values=True)
    again = select(chosen(MultiDict(pairs)).saved, known, most=MOST_SAVED)

    assert again == Selection(kept.slugs)
    assert [pair for pair in pairs if pair[0] != "saved"] == others
