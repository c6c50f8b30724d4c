"""A company's own page: how it stands, what it may say, what no other company sees."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal import clock
from portal.database import write_unit
from portal.extensions import db
from portal.referrals import short_codes
from portal.referrals.acting import act
from portal.referrals.chaining import first_broken
from portal.referrals.models import Episode, Referral
from portal.referrals.moving import Mover
from portal.referrals.states import Role, Status
from tests.browser import Page

PROGRAM = Mover(Role.PROGRAM)


@pytest.fixture
def path(owner):
    """The page of a request that was confirmed."""
    return owner.confirmed()


@pytest.fixture
def program(writable_app):
    """Moves the one referral that there is, as its program."""

    def move(target, **brought):
        with writable_app.app_context(), write_unit():
            referral = db.session.scalars(select(Referral)).one()
            act(referral.id, target, by=PROGRAM, **brought)
            db.session.commit()
            db.session.remove()

    return move


def status_of(app):
    with app.app_context():
        found = db.session.scalar(select(Referral.status))
        assert first_broken() is None
        db.session.remove()
    return found


def test_the_page_says_how_it_stands_and_who_moves_by_when(owner, path):
    page = owner.get(path)

    assert page.select_one(".track__status strong").get_text() == "Sent; waiting for their answer"
    assert "answers by" in page.select_one(".track__turn").get_text()
    assert [tag.get_text() for tag in page.select(".timeline__what strong")] == [
        "Written",
        "Sent",
    ]


def test_a_question_is_answered_and_the_programs_clock_runs_again(
    owner, path, program, writable_app
):
    program(Status.INFORMATION_REQUESTED, personal={"question": "How many presses?"})

    asked = owner.letters()[-1]
    page = owner.press(path, form="form:has(input[value=answer])", text="Two.")

    assert "How many presses?" in asked.text
    assert status_of(writable_app) == "received"
    assert "Two." in page.text


def test_an_answer_without_words_is_not_taken_and_said_beside_the_field(
    owner, path, program, writable_app
):
    program(Status.INFORMATION_REQUESTED, personal={"question": "How many presses?"})

    page = owner.press(path, form="form:has(input[value=answer])", text=" ")

    assert page.status == 400
    assert not page.faults()
    assert page.select_one("textarea[aria-invalid]")
    assert status_of(writable_app) == "information_requested"


def test_what_was_typed_on_an_old_page_is_kept_and_what_happened_is_shown(
    owner, path, program, writable_app
):
    program(Status.INFORMATION_REQUESTED, personal={"question": "How many presses?"})
    old = owner.get(path)
    owner.press(path, form="form:has(input[value=answer])", text="Two.")
    program(Status.INFORMATION_REQUESTED, personal={"question": "Of which make?"})

    form = old.select_one("form:has(input[value=answer])")
    fields = {tag["name"]: tag["value"] for tag in form.select("input[type=hidden]")}
    answer = owner.client.post(form["action"], data={**fields, "text": "Three, I mean."})

    page = Page(answer)
    assert answer.status_code == 409
    assert not page.faults()
    assert "Something happened meanwhile" in page.text
    assert "Of which make?" in page.text
    assert page.select_one("textarea").get_text(strip=True) == "Three, I mean."
    assert status_of(writable_app) == "information_requested"


def test_a_note_is_read_by_both_and_moves_nothing(owner, path, writable_app):
    page = owner.press(path, form="form:has(input[value=note])", text="We are closed on Friday.")

    assert "We are closed on Friday." in page.text
    assert status_of(writable_app) == "sent"


def test_a_note_with_a_card_number_is_refused(owner, path):
    page = owner.press(path, form="form:has(input[value=note])", text="4111 1111 1111 1111")

    assert page.status == 400
    assert "payment card" in page.text


def test_the_company_says_that_they_are_in_contact(owner, path, program, writable_app):
    program(Status.ACCEPTED, personal={"contact_name": "Grace Hopper"})

    letter = owner.letters()[-1]
    day = owner.get(path).select_one("input[type=date]")["value"]  # today, at the offices
    page = owner.press(path, form="form:has(input[value=contact])", day=day)

    assert "Grace Hopper" in letter.text
    assert page.status == 200
    assert status_of(writable_app) == "contact_made"


def test_a_day_to_come_is_refused(owner, path, program, writable_app):
    program(Status.ACCEPTED, personal={"contact_name": "Grace Hopper"})

    page = owner.press(path, form="form:has(input[value=contact])", day="2999-01-01")

    assert page.status == 400
    assert status_of(writable_app) == "accepted"


def test_taking_back_is_asked_once_more_and_done_once(owner, path, writable_app):
    link = owner.get(path).select_one("a[href$=withdraw]")["href"]

    owner.get(link)
    before = status_of(writable_app)
    owner.press(link)
    page = owner.client.post(link, follow_redirects=True)

    assert before == "sent"
    assert page.status_code in (200, 400)
    assert status_of(writable_app) == "withdrawn"


def test_no_company_reaches_the_referral_of_another(owner, path, writable_app):
    other = owner.confirmed(email="eve@other.example")
    with writable_app.app_context():
        ids = {
            episode.details.email: episode.referrals[0].id
            for episode in db.session.scalars(select(Episode))
        }
        db.session.remove()
    theirs = ids["ada@shop.example"]

    assert owner.get(f"{other}/{theirs}/withdraw").status == 404
    assert str(theirs) not in owner.get(other).response.get_data(as_text=True)


def test_a_code_that_was_read_out_opens_the_page(owner, writable_app):
    owner.ask(email="", phone="413-555-0100")
    with writable_app.app_context(), write_unit():
        episode = db.session.scalars(select(Episode)).one()
        code = short_codes.make_code(
            episode, key=writable_app.config["SECRET_KEY"], now=clock.now()
        )
        db.session.commit()
        db.session.remove()

    page = owner.press("/referrals", code=f"{code[:4]}-{code[4:]}".lower())

    assert page.heading == "Your request"
    assert "calls you" in page.text


def test_after_ten_wrong_codes_none_is_looked_at(owner):
    for _number in range(10):
        assert owner.press("/referrals", code="AAAA-AAAA").status == 400

    assert owner.press("/referrals", code="AAAA-AAAA").status == 429


def test_what_the_program_declined_says_who_looks_for_another_until_when(owner, path, program):
    program(Status.DECLINED, facts={"reason": "capacity", "hand_off": "none_known"})

    page, letter = owner.get(path), owner.letters()[-1]

    assert "which other program may help" in page.text
    assert "No capacity at present" in page.text
    assert "cannot help with this" in letter.subject
    assert "No capacity at present" in letter.text
