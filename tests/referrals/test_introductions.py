"""Introductions: offered where a listing says so; both sides agree by a link."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.accounts.models import Account
from portal.database import write_unit
from portal.directory.vocabulary import CONNECTS
from portal.extensions import db
from portal.referrals.introducing import AGREED, NoIntroductionError, ask_other_side
from portal.referrals.introductions import BY_CONNECTS, Introduction, introductions_of
from portal.referrals.models import Episode, Event, Referral
from tests.referrals.owning import EMAIL

M2I2 = "/services/m2i2/refer?introduction=1"
LAB = "lab@university.example"


@pytest.fixture
def ask_side(writable_app, make):
    """Asks the other side of the one referral that there is, as the program's staff."""
    person = make.staff("massmep")

    def ask(email=LAB):
        with writable_app.app_context(), write_unit():
            referral = db.session.scalars(select(Referral)).one()
            by = db.session.get_one(Account, person.id)
            ask_other_side(referral, name="Prof. Curie", email=email, language="en", by=by)
            db.session.commit()
            db.session.remove()

    return ask


def confirmed(owner):
    owner.ask(M2I2, need="introduction-laboratory")
    owner.press(owner.link(owner.letters()[-1].text), do="send")
    return owner.link(owner.letters()[-1].text)


def side_of(app):
    with app.app_context():
        side = db.session.scalars(select(Referral)).one().other_side
        found = (side.email, bool(side.consent_at), bool(side.refused_at), side.consent_text)
        actions = list(db.session.scalars(select(Event.action).order_by(Event.number)))
        db.session.remove()
    return found, actions


def test_each_value_of_connects_leads_to_an_introduction():
    assert set(BY_CONNECTS) == {term.code for term in CONNECTS}
    assert {code for codes in BY_CONNECTS.values() for code in codes} == set(Introduction)


def test_what_may_be_asked_for_follows_from_what_is_connected():
    assert introductions_of(["sme-oem", "sme-university"]) == (
        Introduction.PILOT,
        Introduction.LABORATORY,
        Introduction.SUPPLIERS,
    )
    assert introductions_of([]) == ()


def test_a_listing_that_connects_nobody_offers_no_introduction(owner):
    assert not owner.get("/services/massmep-lean").select("a[href*=introduction]")
    assert owner.get("/services/m2i2").select("a[href*=introduction]")
    assert not owner.get("/services/massmep-lean/refer?introduction=1").select("#need")


def test_an_introduction_is_kept_as_one(owner, writable_app):
    owner.ask(M2I2, need="introduction-laboratory")

    with writable_app.app_context():
        episode = db.session.scalars(select(Episode)).one()
        assert (episode.kind, episode.need) == ("introduction", "introduction-laboratory")
        assert "partner" in episode.referrals[0].consent_text
        db.session.remove()


def test_whom_to_meet_is_one_of_those_that_the_program_can_introduce_to(owner):
    answer = owner.ask(M2I2, need="introduction-suppliers")

    assert answer.status_code == 400


def test_the_other_side_learns_what_is_looked_for_and_not_by_whom(owner, ask_side):
    confirmed(owner)
    ask_side()
    letter = owner.letters()[-1]
    page = owner.get(owner.link(letter.text))

    assert letter.recipient == LAB
    for said in (letter.text, page.text):
        assert "A university laboratory" in said
        assert "Ada" not in said
        assert EMAIL not in said
        assert "Scrap" not in said


def test_the_other_side_agrees_once_and_the_company_reads_it(owner, ask_side, writable_app):
    path = confirmed(owner)
    ask_side()
    link = owner.link(owner.letters()[-1].text)

    page = owner.press(link, do="agree")
    owner.client.post(link, data={"do": "refuse"})

    (email, agreed, refused, text), actions = side_of(writable_app)
    assert "you agreed" in page.text
    assert (email, agreed, refused) == (LAB, True, False)
    assert "may give my name" in text
    assert actions.count(AGREED) == 1
    assert "The partner agreed" in owner.get(path).text


def test_after_a_refusal_another_may_be_asked_and_the_old_link_is_over(
    owner, ask_side, writable_app
):
    confirmed(owner)
    ask_side()
    link = owner.link(owner.letters()[-1].text)
    with pytest.raises(NoIntroductionError):
        ask_side("other@university.example")
    owner.press(link, do="refuse")

    ask_side("other@university.example")

    assert side_of(writable_app)[0][0] == "other@university.example"
    assert owner.get(link).status == 410


def test_the_link_of_the_other_side_opens_no_page_of_the_company(owner, ask_side):
    confirmed(owner)
    ask_side()
    link = owner.link(owner.letters()[-1].text)

    assert owner.get(link.replace("/introduction/", "/consent/")).status == 410
    assert owner.get(link.replace("/introduction/", "/")).status == 410


def test_deleting_the_request_empties_the_other_sides_contact_too(owner, ask_side, writable_app):
    path = confirmed(owner)
    ask_side()

    owner.press(f"{path}/delete")

    assert side_of(writable_app)[0][0] == ""
