"""Suspicious requests wait for a manager; nobody who sends one learns of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.directory.models import Service
from portal.extensions import db
from portal.referrals import asking
from portal.referrals.models import Episode, Referral

HELD = "/manage/held-requests"
SPAM = "Cheap backlinks and guest posts: http://a.example"


def held(app):
    with app.app_context():
        rows = list(db.session.scalars(select(Episode.held_for).order_by(Episode.created_at)))
        db.session.remove()
    return rows


def statuses(app):
    with app.app_context():
        rows = list(db.session.scalars(select(Referral.status)))
        db.session.remove()
    return rows


@pytest.mark.parametrize(
    ("sent", "codes"),
    [
        ({"website": "http://a.example"}, "trap"),
        ({"need_text": SPAM}, "advertising"),
        ({"name": "www.cheap.example"}, "links"),
    ],
)
def test_a_suspicious_request_is_held_and_its_sender_sees_the_usual_page(
    owner, writable_app, sent, codes
):
    usual = owner.ask(email="grace@shop.example").location
    answer = owner.ask(**sent)

    assert answer.location == usual
    assert held(writable_app) == ["", codes]
    assert [letter.recipient for letter in owner.letters()] == ["grace@shop.example"]


def test_what_comes_back_at_once_is_held(owner, writable_app):
    owner.ask(after=timedelta(0))

    assert held(writable_app) == ["too_fast"]


def test_the_sixth_request_of_one_mailbox_within_a_day_is_held(owner, writable_app):
    with writable_app.app_context():
        slugs = list(db.session.scalars(select(Service.slug).limit(asking.MOST_OF_ONE + 1)))

    for number, slug in enumerate(slugs):
        owner.ask(f"/services/{slug}/refer", email=f"ada+{number}@shop.example")

    assert held(writable_app) == [""] * 5 + ["many_of_one"]


def test_a_manager_lets_a_request_go_on_with_one_click(owner, signed, make, writable_app):
    owner.ask(website="x")
    signed.sign_in(make.manager())
    page = signed.get(HELD)

    answer = signed.send_from(page, HELD, form="form[action$=release]")

    assert "A field was filled in that people do not see" in page.text
    assert "ada@shop.example" not in page.text
    assert answer.location.endswith("notice=released")
    assert statuses(writable_app) == ["awaiting_confirmation"]
    assert [letter.recipient for letter in owner.letters()] == ["ada@shop.example"]
    assert "Nothing is held" in signed.get(HELD).text


def test_what_was_let_go_twice_is_one_letter(owner, signed, make):
    owner.ask(website="x")
    signed.sign_in(make.manager())
    page = signed.get(HELD)

    signed.send_from(page, HELD, form="form[action$=release]")
    second = signed.send_from(page, HELD, form="form[action$=release]")

    assert second.location.endswith("notice=decided")
    assert len(owner.letters()) == 1


def test_a_request_is_kept_held_with_a_reason_and_not_without(owner, signed, make, writable_app):
    owner.ask(website="x")
    signed.sign_in(make.manager())
    page = signed.get(HELD)

    without = signed.send_from(page, HELD, form="form[action$=keep]")
    signed.send_from(page, HELD, form="form[action$=keep]", why="An advertisement")

    assert without.status_code == 400
    assert "Looked at and kept" in signed.get(HELD).text
    assert held(writable_app) == ["trap|kept"]
    assert owner.letters() == []


def test_staff_do_not_see_what_is_held(signed, make):
    signed.sign_in(make.staff())

    assert signed.get(HELD).status == 403
