"""Differences between two states of a listing, and what they are made of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portal.listings.content import kept_order, with_former_name
from portal.listings.diffs import changes_between, pieces

WORDS = st.text(alphabet="ab c\n", max_size=30)


def test_only_fields_that_differ_are_named_in_the_order_of_the_form():
    before = {"name": "A", "phone": "", "forms": ["x"]}
    after = {"name": "B", "phone": None, "forms": ["x", "y"]}

    found = changes_between(before, after, ("forms", "phone", "name"))

    assert [change.field for change in found] == ["forms", "name"]
    assert (found[1].before, found[1].after) == ("A", "B")


def test_a_changed_word_is_taken_out_and_put_in():
    found = [(piece.kind, piece.text) for piece in pieces("free for all", "free for members")]

    assert found == [("same", "free for "), ("removed", "all"), ("added", "members")]


@given(WORDS, WORDS)
def test_the_pieces_hold_both_texts_whole(before, after):
    found = pieces(before, after)

    assert "".join(piece.text for piece in found if piece.kind != "added") == before
    assert "".join(piece.text for piece in found if piece.kind != "removed") == after


def test_a_new_name_keeps_the_old_one_among_the_others_and_is_not_one_itself():
    before = {"name": "Old", "alternate_name": ["New"]}

    found = with_former_name({"name": "New", "alternate_name": ["New"]}, before)

    assert found["alternate_name"] == ["Old"]


def test_choices_keep_their_order_and_new_ones_come_after():
    assert kept_order(["a", "b", "c"], ["c", "x", "a"]) == ["c", "a", "b"]
