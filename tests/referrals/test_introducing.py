"""Introductions: nobody's contact is given before both sides have agreed."""

from __future__ import annotations

import re

import pytest

from portal import clock
from portal.database import write_unit
from portal.extensions import db
from portal.referrals.answer_models import Introduction
from portal.referrals.chaining import first_broken
from portal.referrals.erasing import erase
from portal.referrals.moving import OWNER, Mover
from portal.referrals.states import Role, Status
from tests.referrals.sent import do, letters, referral_of, send, status_of

OTHER = {
    "introduction-name": "Grace Hopper",
    "introduction-organization": "Harbor Lab",
    "introduction-email": "grace@harbor.example",
}


@pytest.fixture
def asked(writable_app, make, signed):
    """The reference of an accepted request whose other side was asked, and the link's address."""
    person = make.staff("massmep")
    signed.sign_in(person)
    reference = send(writable_app, kind="introduction")
    do(
        writable_app,
        reference,
        Status.ACCEPTED,
        by=Mover(Role.PROGRAM, person.id),
        personal={"contact_name": "Ann"},
    )
    answer = signed.send(
        f"/staff/requests/{reference}", form="form[action$='/introduction']", **OTHER
    )
    assert answer.status_code == 302
    text = letters(writable_app, "grace@harbor.example")[0].text
    return reference, re.findall(r"/introduced/[\w-]+", text)[0]


def test_the_question_names_no_company(writable_app, signed, asked):
    _reference, address = asked

    letter = letters(writable_app, "grace@harbor.example")[0]
    page = signed.get(address).response.get_data(as_text=True)

    for name in ("Smith", "Ada", "413-555-0188", "ada@shop.example"):
        assert name not in letter.text + letter.html + page


def test_agreeing_gives_each_the_others_contact_and_notes_it(writable_app, signed, asked):
    reference, address = asked

    page = signed.get(address)
    for _twice in range(2):
        signed.send_from(page, address, answer="yes")

    assert status_of(writable_app, reference) == Status.CONTACT_MADE
    to_company = [
        one for one in letters(writable_app, "ada@shop.example") if one.purpose == "introduced"
    ]
    to_other = [
        one for one in letters(writable_app, "grace@harbor.example") if one.purpose == "introduced"
    ]
    assert len(to_company) == len(to_other) == 1
    assert "grace@harbor.example" in to_company[0].text
    assert "Smith Gear Co." in to_other[0].text
    assert "ada@shop.example" in to_other[0].text
    with writable_app.app_context():
        made = db.session.query(Introduction).one()
        assert "my name, my e-mail address and where I work" in made.consent_text


def test_a_no_forgets_who_it_was_and_moves_nothing(writable_app, signed, asked):
    reference, address = asked

    answer = signed.send(address, answer="no")

    assert answer.status_code == 200
    assert status_of(writable_app, reference) == Status.ACCEPTED
    assert signed.get(address).status == 410
    with writable_app.app_context():
        made = db.session.query(Introduction).one()
        assert (made.name, made.email, made.organization) == ("", "", "")


def test_the_link_is_over_once_the_request_went_on(writable_app, signed, asked):
    reference, address = asked
    do(writable_app, reference, Status.WITHDRAWN, by=OWNER)

    assert signed.get(address).status == 410


def test_looking_at_the_question_changes_nothing(writable_app, signed, asked):
    reference, address = asked

    signed.get(address)

    assert status_of(writable_app, reference) == Status.ACCEPTED


def test_only_a_request_for_an_introduction_offers_one(writable_app, make, signed):
    signed.sign_in(make.staff("massmep"))
    reference = send(writable_app)
    do(
        writable_app,
        reference,
        Status.ACCEPTED,
        by=Mover(Role.PROGRAM),
        personal={"contact_name": "Ann"},
    )

    page = signed.get(f"/staff/requests/{reference}")

    assert page.select_one("form[action$='/introduction']") is None
    assert page.select_one("#contact_made")


def test_the_other_side_is_forgotten_with_the_company(writable_app, asked):
    reference, _address = asked

    with writable_app.app_context(), write_unit():
        erase(referral_of(reference).episode, by=OWNER, now=clock.now())
        db.session.commit()

        assert db.session.query(Introduction).count() == 0
        assert first_broken() is None
