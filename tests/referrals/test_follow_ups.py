"""Companies are asked how it went, by mail and never against their wish."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from portal import clock
from portal.extensions import db
from portal.mail.models import OutboxMessage
from portal.mail.worker import message_of
from portal.referrals import chaining, following_up
from portal.referrals.erasing import erase
from portal.referrals.follow_up_models import FollowUp
from portal.referrals.models import Episode, Event, Referral
from portal.referrals.moving import OWNER
from portal.referrals.states import Status
from tests.referrals.courses import ACCEPTED, COMPLETED, ENROLLED, MANAGER, SENT, token_in


def answers(course) -> list[dict]:
    question = select(Event).where(Event.action == "follow_up_answer").order_by(Event.number)
    return course.read(
        lambda: [chaining.facts_of(e) | chaining.words_of(e) for e in db.session.scalars(question)]
    )


@pytest.fixture
def link(course, at) -> str:
    """The address of the first letter about a request that was accepted 14 days ago."""
    course.asked(*ACCEPTED)
    at(14)
    course.follow_up()
    return f"/follow-up/{token_in(course.letters()[0])}"


def test_the_letters_come_on_their_days_and_each_once(course, at):
    course.asked(*ENROLLED)
    sent = {}
    for day in (13, 14, 15, 89, 90, 91, 182, 183, 365, 366, 500):
        before = len(course.letters())
        at(day)
        course.follow_up()
        course.follow_up()
        if len(course.letters()) > before:
            sent[day] = course.letters()[-1].subject.partition("?")[0]

    assert sent == {
        14: "Are you in contact",
        90: "Did it help",
        182: "What came of it",
        365: "What came of it",
    }


def test_a_letter_can_be_stopped_by_one_click_of_a_mail_program(course, at, link):
    question = select(OutboxMessage).where(OutboxMessage.purpose == "referral-follow-up")
    settings = course.app.config["PORTAL"]
    message = course.read(lambda: message_of(db.session.scalars(question).one(), settings))
    address = message["List-Unsubscribe"].strip("<>").partition("localhost")[2]
    address = "/" + address.partition("/")[2]

    answer = course.app.test_client().post(address, data={"List-Unsubscribe": "One-Click"})

    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert answer.status_code == 302
    at(90)
    course.follow_up()
    assert len(course.letters()) == 1


@pytest.mark.parametrize("what", ["withdrawn", "error", "erased", "no e-mail", "not accepted"])
def test_nobody_is_asked_who_does_not_wish_or_cannot_be(course, at, what):
    moves = SENT if what == "not accepted" else ACCEPTED
    contact = {"email": "", "phone": "508 555 0100"} if what == "no e-mail" else {}
    id_ = course.asked(*moves, **contact)
    if what == "withdrawn":
        course.moved(id_, (Status.WITHDRAWN, OWNER))
    if what == "error":
        course.moved(id_, (Status.ENTERED_IN_ERROR, MANAGER))
    if what == "erased":
        course.write(
            lambda: erase(db.session.get_one(Referral, id_).episode, by=OWNER, now=clock.now())
        )

    at(14)
    course.follow_up()

    assert course.letters() == []


def test_a_link_opens_a_page_and_changes_nothing_until_it_is_sent(signed, course, link):
    def rows() -> list[str]:
        with course.app.app_context():
            return sorted(
                f"{table.name}{row}"
                for table in db.metadata.sorted_tables
                for row in db.session.execute(select(table)).all()
            )

    before = rows()
    page = signed.get(link)

    assert page.response.headers["Cache-Control"] == "no-store"
    assert len(page.select("main fieldset")) == 2
    assert rows() == before


def test_an_answer_is_kept_and_can_be_changed(signed, course, link):
    signed.send(link, contact="no", helped="too_early")
    signed.send(link, contact="no", helped="too_early")
    signed.send(link, contact="yes")

    assert answers(course) == [
        {"stage": "day14", "contact": "no", "helped": "too_early"},
        {"stage": "day14", "contact": "yes"},
    ]
    page = signed.get(link)
    assert page.select_one("#contact-yes").has_attr("checked")
    assert not page.select_one("#helped-too_early").has_attr("checked")
    assert course.read(chaining.first_broken) is None


@pytest.mark.parametrize("fields", [{}, {"contact": ""}, {"contact": "perhaps"}])
def test_an_answer_that_says_nothing_is_not_kept(signed, course, link, fields):
    answer = signed.send(link, **fields)

    assert answer.status_code == 400
    assert answers(course) == []


@pytest.fixture
def late_link(course, at) -> str:
    """The address of the letter six months after a service began."""
    course.asked(*COMPLETED)
    at(182)
    course.follow_up()
    return f"/follow-up/{token_in(course.letters()[0])}"


def test_exact_amounts_lie_beside_the_chain_and_bands_in_it(signed, course, late_link):
    signed.send(late_link, outcomes=["sales"], sales="$25,000", jobs="3", anyway="later")

    question = select(Event).where(Event.action == "follow_up_answer")
    event = course.read(lambda: db.session.scalars(question).one())
    assert json.loads(event.facts) == {
        "stage": "month6",
        "outcomes": "sales|jobs",
        "sales_band": "10k-50k",
        "jobs_band": "1-4",
        "anyway": "later",
    }
    assert answers(course)[0]["sales"] == "25000"
    page = signed.get(late_link)
    assert page.select_one("#sales")["value"] == "25000"


def test_erasing_a_request_erases_exact_amounts(signed, course, late_link):
    signed.send(late_link, sales="31,337")
    course.write(
        lambda: erase(db.session.scalars(select(Episode)).one(), by=OWNER, now=clock.now())
    )

    assert "31337" not in str(answers(course))
    assert signed.client.get(late_link).status_code == 410
    assert course.read(chaining.first_broken) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"outcomes": ["sales", "no_change_yet"]},
        {"outcomes": ["no_part"], "jobs": "4"},
        {"outcomes": ["fame"]},
        {"outcomes": ["sales"], "sales": "a lot"},
    ],
)
def test_answers_that_contradict_themselves_are_sent_back_with_what_was_typed(
    signed, course, late_link, fields
):
    answer = signed.send(late_link, anyway="yes", **fields)

    assert answer.status_code == 400
    assert answers(course) == []
    assert 'value="yes" checked' in answer.text


def test_a_link_is_over_after_sixty_days_and_when_the_request_is_withdrawn(
    signed, course, at, link
):
    at(14 + 59)
    assert signed.client.get(link).status_code == 200
    at(14 + 60)
    assert signed.client.get(link).status_code == 410

    at(20)
    id_ = course.read(lambda: db.session.scalars(select(FollowUp.referral_id)).one())
    course.moved(id_, (Status.WITHDRAWN, OWNER))
    assert signed.client.get(link).status_code == 410


def test_the_letter_speaks_the_language_of_the_request(course, at):
    course.asked(*ACCEPTED, language="pt")
    at(14)
    course.follow_up()

    (letter,) = course.letters()
    assert letter.language == "pt"
    assert "/pt/follow-up/" in letter.text


def test_a_letter_that_cannot_be_written_keeps_no_other_back(course, at, monkeypatch):
    course.asked(*ACCEPTED)
    broken = course.asked(*ACCEPTED)
    course.asked(*ACCEPTED)
    write = following_up.follow_up_letter

    def fail_for_one(referral, *args, **kwargs):
        if referral.id == broken:
            raise ValueError(referral.id)
        return write(referral, *args, **kwargs)

    monkeypatch.setattr(following_up, "follow_up_letter", fail_for_one)
    at(14)
    with capture_logs() as logs:
        course.follow_up()

    assert len(course.letters()) == 2
    assert [line["event"] for line in logs] == ["follow-up not sent"]
    monkeypatch.setattr(following_up, "follow_up_letter", write)
    at(15)
    course.follow_up()
    assert len(course.letters()) == 3
    assert course.read(chaining.first_broken) is None
