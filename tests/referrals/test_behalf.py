"""Staff ask in a company's name: nothing is sent before the company agreed by its link."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.extensions import db
from portal.referrals.behalf import MOST_FOR_ONE_MAILBOX
from portal.referrals.models import Episode, Referral
from tests.referrals.owning import EMAIL, TYPED

REFER = "/staff/refer"
ASKED = {**TYPED, "first": "massmep-lean", "language": "en"}


@pytest.fixture
def staff(signed, make):
    """A browser of somebody at an organization."""
    signed.sign_in(make.staff("gbmp"))
    return signed


def rows(app, *columns):
    with app.app_context():
        found = db.session.execute(select(*columns).order_by(Referral.begun_at)).all()
        db.session.remove()
    return found


def test_the_company_is_asked_and_nobody_else(staff, owner, writable_app):
    answer = staff.send(REFER, **ASKED, second="massmep-quality", is_warm="1")

    (letter,) = owner.letters()
    assert answer.status_code == 302
    assert letter.recipient == EMAIL
    assert "/referrals/consent/" in owner.link(letter.text)
    assert rows(writable_app, Referral.status, Referral.consent_text) == [
        ("awaiting_consent", ""),
        ("awaiting_consent", ""),
    ]
    with writable_app.app_context():
        assert db.session.scalars(select(Episode)).one().is_warm
        db.session.remove()


def test_the_company_agrees_to_one_program_in_the_words_that_it_saw(staff, owner, writable_app):
    staff.send(REFER, **ASKED, second="massmep-quality")
    path = owner.link(owner.letters()[0].text)
    page = owner.get(path)
    label = page.select_one("label[for=consent-1]").get_text(strip=True)
    mark = page.select_one("#consent-1")["value"]

    led = owner.press(path, do="agree", consent=mark)

    assert not page.select("input[checked]")
    assert led.heading == "Your request"
    assert sorted(rows(writable_app, Referral.status, Referral.consent_text)) == [
        ("sent", label),
        ("withdrawn", ""),
    ]
    assert owner.letters()[-1].subject == "Your request was sent"


def test_agreeing_without_a_tick_is_no_consent(staff, owner, writable_app):
    staff.send(REFER, **ASKED)

    page = owner.press(owner.link(owner.letters()[0].text), do="agree")

    assert page.status == 400
    assert not page.faults()
    assert rows(writable_app, Referral.status) == [("awaiting_consent",)]


def test_the_company_refuses_with_one_button(staff, owner, writable_app):
    staff.send(REFER, **ASKED)

    owner.press(owner.link(owner.letters()[0].text), do="refuse")

    assert rows(writable_app, Referral.status) == [("withdrawn",)]


def test_staff_see_where_it_stands_and_nobody_elses(staff, owner, make):
    staff.send(REFER, **ASKED, company="Smith & Daughters")

    own = staff.get("/staff/referred")
    staff.sign_in(make.staff("gbmp"))
    others = staff.get("/staff/referred")

    assert "Smith & Daughters" in own.text
    assert "Waiting for the company's consent" in own.text
    assert "Smith" not in others.text


def test_a_double_click_is_one_request(staff, owner, writable_app):
    page = staff.get(REFER)

    staff.send_from(page, REFER, **ASKED)
    staff.send_from(page, REFER, **ASKED)

    assert len(rows(writable_app, Referral.id)) == 1
    assert len(owner.letters()) == 1


def test_no_company_is_written_to_more_often_than_five_times_a_day(staff, owner):
    for _again in range(MOST_FOR_ONE_MAILBOX):
        staff.send(REFER, **ASKED)

    assert staff.send(REFER, **ASKED).status_code == 429
    assert len(owner.letters()) == MOST_FOR_ONE_MAILBOX


def test_without_a_program_or_an_address_nothing_is_asked(staff, owner):
    answer = staff.send(REFER, **{**ASKED, "first": "no-such-program", "email": ""})

    assert answer.status_code == 400
    assert owner.letters() == []
