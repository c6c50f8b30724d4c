"""Introductions: offered where a listing says so; both sides agree by a link."""

from __future__ import annotations

from sqlalchemy import select

from portal.directory.vocabulary import CONNECTS
from portal.extensions import db
from portal.referrals.introductions import BY_CONNECTS, Introduction, introductions_of
from portal.referrals.models import Episode

M2I2 = "/services/m2i2/refer?introduction=1"
LAB = "lab@university.example"


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
