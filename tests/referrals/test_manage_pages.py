"""Managers see the course of requests and no names; what they may do, and what they may not."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import select

from portal.accounts.models import AuditEvent
from portal.extensions import db
from portal.referrals.models import Referral
from portal.referrals.moving import OWNER
from portal.referrals.states import Status
from tests.referrals.courses import ACCEPTED, DECLINED, IN_CONTACT, PROGRAM, SENT, token_in

SECRET = {
    "name": "Ada Secretname",
    "email": "ada@secret-shop.example",
    "phone": "508 555 0177",
    "company": "Secret Shop Inc",
    "need_text": "Our hidden press",
}
HIDDEN = ("Secretname", "secret-shop", "0177", "hidden press")


@pytest.fixture
def manager(signed, make):
    signed.sign_in(make.manager())
    return signed


def reference(course, id_) -> str:
    return course.read(lambda: db.session.get_one(Referral, id_).reference)


@pytest.mark.parametrize("path", ["/manage/requests", "/manage/requests.csv", "one"])
def test_no_page_or_file_names_a_person_or_a_company_that_did_not_agree(manager, course, path):
    id_ = course.asked(
        *SENT,
        (
            Status.INFORMATION_REQUESTED,
            PROGRAM,
            {},
            {"question": "Is Ada Secretname in?"},
        ),
        **SECRET,
    )
    address = f"/manage/requests/{id_}" if path == "one" else path

    text = manager.client.get(address).text

    assert reference(course, id_) in text
    for words in (*HIDDEN, "Secret Shop"):
        assert words not in text


@pytest.mark.parametrize("path", ["/manage/requests", "one"])
def test_a_company_that_agreed_is_named_and_nothing_else_of_it(manager, course, path):
    id_ = course.asked(*SENT, **SECRET, shares_with_state=True)

    text = manager.client.get(f"/manage/requests/{id_}" if path == "one" else path).text

    assert "Secret Shop Inc" in text
    for words in HIDDEN:
        assert words not in text


def test_late_requests_come_first_whose_clock_ran_out_first(manager, course, at):
    early = course.asked(*SENT)
    at(1)
    late = course.asked(*ACCEPTED)
    course.asked(*DECLINED)
    at(12)

    page = manager.get("/manage/requests?show=overdue")

    shown = [link["href"].rpartition("/")[2] for link in page.select(".listings a")]
    assert shown == [str(early), str(late)]
    # Sent on Thursday 12 March: due on Monday 16th at 5 pm; it is noon UTC on Tuesday 24th.
    assert "7 days late" in page.select_one(".listings li").text
    assert "the program" in page.select_one(".listings li").text


def test_a_disagreement_is_shown_to_the_manager(manager, course, at):

    id_ = course.asked(*IN_CONTACT)
    course.asked(*IN_CONTACT, slug="massmep-cnc")
    at(14)
    course.follow_up()
    letter = next(each for each in course.letters() if each.text.count(reference(course, id_)))
    manager.send(f"/follow-up/{token_in(letter)}", contact="no")

    page = manager.get("/manage/requests?show=disagreements")
    assert [link["href"].rpartition("/")[2] for link in page.select(".listings a")] == [str(id_)]
    one = manager.get(f"/manage/requests/{id_}")
    assert "the company says that nobody got in touch" in one.select_one(".usa-alert").text
    assert "No, nobody got in touch" in one.select_one(".timeline").text


def test_a_manager_marks_an_error_and_it_leaves_the_list_and_stays_in_the_log(manager, course):
    id_ = course.asked(*SENT)

    manager.send(f"/manage/requests/{id_}", form="form[action$='/error']", why="A test of ours")

    assert course.status(id_) == Status.ENTERED_IN_ERROR
    assert not manager.get("/manage/requests").select(".listings li")
    assert manager.get("/manage/requests?status=entered_in_error").select(".listings li")
    trail = course.read(lambda: db.session.scalars(select(AuditEvent.action)).all())
    assert "referral:mark-error" in trail


def test_a_withdrawn_request_is_reopened_with_a_reason_within_thirty_days(manager, course, at):
    id_ = course.asked(*SENT, (Status.WITHDRAWN, OWNER))
    path, form = f"/manage/requests/{id_}", "form[action$='/reopen']"
    at(30)

    assert manager.send(path, form=form, why="").status_code == 400
    assert course.status(id_) == Status.WITHDRAWN
    assert manager.send(path, form=form, why="They called us").status_code == 302

    assert course.status(id_) == Status.RECEIVED


def test_after_thirty_days_nothing_is_reopened(manager, course, at):
    id_ = course.asked(*SENT, (Status.WITHDRAWN, OWNER))
    path = f"/manage/requests/{id_}"
    page = manager.get(path)
    at(31)

    answer = manager.send_from(page, path, form="form[action$='/reopen']", why="Too late?")

    assert answer.status_code == 409
    assert "Too late?" not in manager.get(path).text
    assert course.status(id_) == Status.WITHDRAWN


def test_who_marks_from_an_old_page_learns_what_happened_and_keeps_the_words(manager, course):
    id_ = course.asked(*SENT)
    path = f"/manage/requests/{id_}"
    page = manager.get(path)
    course.moved(id_, (Status.ACCEPTED, PROGRAM, {}, {"contact_name": "Grace"}))

    answer = manager.send_from(page, path, form="form[action$='/error']", why="Sent twice")

    assert answer.status_code == 409
    assert "Sent twice" in answer.text
    assert "Accepted, to be contacted" in answer.text
    assert course.status(id_) == Status.ACCEPTED


def test_reopening_is_no_way_to_acknowledge_a_request_for_a_program(manager, course):
    token = manager.get(f"/manage/requests/{course.asked(*DECLINED)}").select_one(
        "form[action$='/reopen'] [name=csrf_token]"
    )["value"]
    other = course.asked(*SENT)
    seen = manager.get(f"/manage/requests/{other}").select_one("[name=seen]")["value"]

    answer = manager.client.post(
        f"/manage/requests/{other}/reopen", data={"csrf_token": token, "seen": seen, "why": "x"}
    )

    assert answer.status_code == 409
    assert course.status(other) == Status.SENT


def test_the_file_runs_no_formula(manager, course):
    course.asked(*SENT)

    def rename() -> None:
        referral = db.session.scalars(select(Referral)).one()
        referral.service.name = "=cmd|' /C calc'!A0"

    course.write(rename)

    rows = list(csv.reader(io.StringIO(manager.client.get("/manage/requests.csv").text)))

    assert rows[1][1] == "'=cmd|' /C calc'!A0"
    assert "industry" not in rows[0]


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=99", "?page=x", "?status=fame", "?show=all", "?organization=nobody"]
)
def test_an_address_that_makes_no_sense_still_opens(manager, course, query):
    course.asked(*SENT)

    assert manager.client.get(f"/manage/requests{query}").status_code == 200


def test_staff_and_strangers_do_not_get_in(signed, make, course):
    id_ = course.asked(*SENT)
    paths = ("/manage/requests", f"/manage/requests/{id_}", "/manage/retention")

    assert [signed.client.get(path).status_code for path in paths] == [302] * 3
    signed.sign_in(make.staff())
    assert [signed.client.get(path).status_code for path in paths] == [403] * 3
