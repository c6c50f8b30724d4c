"""Likeness is what two services share, and rare things say more than common ones."""

from __future__ import annotations

from portal.directory.similar import most_similar


def test_a_rare_shared_term_outweighs_a_common_one():
    holders = [("own", "rare"), ("own", "common"), ("a", "rare")]
    holders += [(slug, "common") for slug in ("b", "c", "d")]

    assert most_similar(holders, total=100, without={"own"})[0] == "a"


def test_the_service_itself_is_not_similar_to_itself():
    assert most_similar([("own", "x"), ("a", "x")], total=9, without={"own"}) == ["a"]


def test_equal_ones_come_in_the_order_of_their_slugs():
    holders = [("own", "x"), ("b", "x"), ("a", "x")]

    assert most_similar(holders, total=9, without={"own"}) == ["a", "b"]


def test_a_term_that_everything_has_says_nothing():
    assert most_similar([("own", "x"), ("a", "x")], total=2, without={"own"}) == []


def test_no_more_than_the_limit():
    holders = [(slug, "x") for slug in "abcdef"]

    assert len(most_similar(holders, total=100, limit=4)) == 4
