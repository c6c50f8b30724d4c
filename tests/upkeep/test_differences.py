"""A diff shows both texts whole: nothing is lost, nothing is made up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portal.upkeep.differences import ADDED, SAME, TAKEN, differences

TEXTS = st.lists(st.sampled_from(["free", "for", "shops", "\n", " ", "$50", "é"]), max_size=12).map(
    " ".join
)


@given(TEXTS, TEXTS)
def test_the_pieces_are_the_old_text_and_the_new_one(before, after):
    pieces = differences(before, after)

    assert "".join(p.text for p in pieces if p.kind in (SAME, TAKEN)) == before
    assert "".join(p.text for p in pieces if p.kind in (SAME, ADDED)) == after
    assert all(piece.text for piece in pieces) or not pieces


def test_only_the_words_that_changed_are_marked():
    pieces = differences("Free for small shops.", "Free for all shops.")

    assert [(p.kind, p.text) for p in pieces] == [
        (SAME, "Free for "),
        (TAKEN, "small "),
        (ADDED, "all "),
        (SAME, "shops."),
    ]
