"""From the letter to the program: confirming, asking the same again, consent for what staff ask."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from portal import clock
from portal.database import write_unit
from portal.extensions import db
from portal.referrals.acting import act
from portal.referrals.models import Episode, Link, Referral
from portal.referrals.moving import SYSTEM
from portal.referrals.states import Status
from tests.referrals.owning import EMAIL

THREE = "/refer?service=massmep-lean&service=massmep-quality&service=massmep-cnc"


def statuses(app):
    with app.app_context():
        rows = list(db.session.scalars(select(Referral.status).order_by(Referral.begun_at)))
        db.session.remove()
    return rows


def test_three_programs_are_one_letter_to_confirm_and_one_receipt(owner, writable_app):
    owner.ask(THREE)
    (letter,) = owner.letters()

    owner.press(owner.link(letter.text), do="send")

    assert letter.recipient == EMAIL
    assert statuses(writable_app) == ["sent"] * 3
    assert len(owner.letters()) == 2
    assert owner.letters()[1].subject == "Your request was sent"


def test_a_letter_that_nobody_confirmed_yet_holds_no_word_that_somebody_typed(owner):
    owner.ask(name="Zebulon", need_text="Zymurgy machines", company="Zz Works")

    (letter,) = owner.letters()
    for word in ("Zebulon", "Zymurgy", "Zz Works"):
        assert word not in letter.text + letter.html + letter.subject


def test_opening_the_link_shows_everything_and_changes_nothing(owner, writable_app):
    owner.ask()
    path = owner.link(owner.letters()[0].text)

    page = owner.get(path)

    assert "Scrap at our lathes is too high." in page.text
    assert "Lean" in page.select_one(".ask-to").get_text()
    assert statuses(writable_app) == ["awaiting_confirmation"]
    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.response.headers["Referrer-Policy"] == "same-origin"


def test_pressing_twice_sends_once_and_leads_to_the_same_page(owner, writable_app):
    owner.ask()
    path = owner.link(owner.letters()[0].text)

    owner.press(path, do="send")
    again = owner.press(path, do="look")

    assert again.heading == "Your request"
    assert statuses(writable_app) == ["sent"]
    assert len(owner.letters()) == 2


def test_a_post_that_is_no_button_of_the_page_sends_nothing(owner, writable_app):
    owner.ask()

    owner.press(owner.link(owner.letters()[0].text), do="look")

    assert statuses(writable_app) == ["awaiting_confirmation"]


def test_who_was_not_the_asker_takes_it_back(owner, writable_app):
    owner.ask()

    owner.press(owner.link(owner.letters()[0].text), do="withdraw")

    assert statuses(writable_app) == ["withdrawn"]


def test_a_link_of_another_kind_or_past_its_day_is_over(owner, writable_app):
    owner.ask()
    path = owner.link(owner.letters()[0].text)
    with writable_app.app_context(), write_unit():
        db.session.execute(update(Link).values(expires_at=clock.now() - timedelta(seconds=1)))
        db.session.commit()
        db.session.remove()

    assert owner.get(path).status == 410
    assert owner.client.post(path).status_code in (400, 410)
    assert owner.get(path.replace("/confirm/", "/consent/")).status == 410
    assert owner.get(path.replace("/confirm/", "/")).status == 410
    assert statuses(writable_app) == ["awaiting_confirmation"]


def test_asking_the_same_again_before_confirming_brings_the_letter_again(owner, writable_app):
    first = owner.ask()
    second = owner.ask()

    assert second.location == first.location
    assert len(statuses(writable_app)) == 1
    assert [letter.subject for letter in owner.letters()] == ["Please confirm your request"] * 2


def test_asking_the_same_again_after_it_was_sent_shows_how_the_open_one_stands(owner, writable_app):
    owner.confirmed()

    answer = owner.ask()

    assert "asked before" not in owner.get(answer.location).text
    assert len(statuses(writable_app)) == 1
    assert owner.letters()[-1].subject == "You have asked already"
    assert owner.get(owner.link(owner.letters()[-1].text)).heading == "Your request"


def test_no_mailbox_gets_more_than_two_letters_an_hour_about_what_it_asked_already(owner):
    for _again in range(6):
        owner.ask()

    assert len(owner.letters()) == 3


def test_another_need_of_the_same_company_is_another_request(owner, writable_app):
    owner.ask()
    owner.ask("/services/massmep-lean/refer?need=scrap&v=1")

    assert len(statuses(writable_app)) == 2


@pytest.mark.parametrize(
    ("language", "subject"),
    [("es", "Confirme"), ("pt", "Confirme")],
)
def test_letters_speak_the_language_of_the_form(owner, language, subject):
    owner.ask(f"/{language}/services/massmep-lean/refer")

    (letter,) = owner.letters()
    assert subject in letter.subject
    assert owner.link(letter.text).startswith(f"/{language}/referrals/confirm/")


def test_a_request_that_was_erased_opens_nowhere(owner, writable_app):
    path = owner.confirmed()

    deleted = owner.press(f"{path}/delete")

    assert deleted.heading == "Your data is deleted"
    assert owner.get(path).status == 410
    with writable_app.app_context():
        episode = db.session.scalars(select(Episode)).one()
        assert episode.details.name == episode.details.email == episode.details.need_text == ""
        db.session.remove()
    assert statuses(writable_app) == ["withdrawn"]


def test_three_that_lapse_unconfirmed_are_told_in_one_letter(owner, writable_app, monkeypatch):
    owner.ask(THREE)
    later = clock.now() + timedelta(days=15)
    monkeypatch.setattr(clock, "now", lambda: later)

    with writable_app.app_context(), write_unit():
        for referral in db.session.scalars(select(Referral)).all():
            act(referral.id, Status.EXPIRED, by=SYSTEM)
        db.session.commit()
        db.session.remove()

    letters = owner.letters()
    assert [letter.subject for letter in letters[1:]] == ["Your request was not sent"]
    for name in ("Lean and operational", "Quality system", "CNC"):
        assert name in letters[1].text
