"""The queue of pairs: shown with reasons, told apart and compared again."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.accounts.models import AuditEvent
from portal.extensions import db
from portal.merging.models import DistinctPair
from tests.merging.twice import make_twice


@pytest.fixture
def boss(writable_app, signed, make):
    """A manager at a browser, with two pairs in the queue."""
    make_twice(writable_app)
    signed.sign_in(make.manager())
    return signed


def test_pairs_stand_side_by_side_with_reasons_in_words_the_surest_first(boss):
    page = boss.get("/manage/duplicates")

    first, second = page.select(".pairs > li")
    assert "same name, same web page, same city" in first.get_text()
    # project/projects 14 of 15 letters, the other words all of 50: 64 of 65.
    assert "names 98 % alike" in second.get_text()
    assert "508-555-0143" in second.get_text()
    assert "2 pairs, the surest first." in page.text


def test_the_real_catalogue_leaves_the_queue_empty(signed, make):
    signed.sign_in(make.manager())

    assert "Nothing at the moment." in signed.get("/manage/duplicates").text


def test_a_pair_told_apart_leaves_the_queue_with_name_and_reason_and_can_come_back(
    boss, writable_app
):
    boss.send("/manage/duplicates", form="main form", reason="One is a club")

    page = boss.get("/manage/duplicates")
    assert len(page.select(".pairs > li")) == 1
    assert "One is a club" in page.select_one(".listings").get_text()
    assert "Manager Person" in page.select_one(".listings").get_text()

    boss.send("/manage/duplicates", form=".listings form")

    assert len(boss.get("/manage/duplicates").select(".pairs > li")) == 2
    with writable_app.app_context():
        (kept,) = db.session.scalars(select(DistinctPair)).all()
        assert kept.undone_at is not None
        actions = db.session.scalars(select(AuditEvent.action)).all()
        db.session.remove()
    assert [a for a in actions if a.startswith("listing:")] == [
        "listing:tell-apart",
        "listing:compare-again",
    ]


def test_the_same_decision_twice_is_one(boss, writable_app):
    page = boss.get("/manage/duplicates")
    for _ in range(2):
        boss.send_from(page, "/manage/duplicates", form="main form")

    with writable_app.app_context():
        assert len(db.session.scalars(select(DistinctPair)).all()) == 1
        db.session.remove()


def test_the_reason_is_at_most_one_line(boss):
    answer = boss.send("/manage/duplicates", form="main form", reason="x" * 301)

    assert answer.status_code == 400
