"""After the set time a request keeps nothing that names anybody, and its chain still verifies."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from portal.accounts.models import AuditEvent
from portal.extensions import db
from portal.referrals import chaining
from portal.referrals.daily import forgetting_step
from portal.referrals.models import Episode, Event, Referral
from portal.referrals.retention import months_before
from tests.referrals.courses import ACCEPTED, DECLINED, SENT

PATH = "/manage/retention"


def step(course) -> None:
    course.read(lambda: forgetting_step(course.app.config["PORTAL"]))


def dump(course) -> str:
    with course.app.app_context():
        return "\n".join(db.engine.raw_connection().driver_connection.iterdump())


@pytest.mark.parametrize(
    ("moment", "months", "earlier"),
    [
        ((2028, 3, 12), 24, (2026, 3, 12)),
        ((2026, 3, 31), 1, (2026, 2, 28)),
        ((2028, 3, 31), 1, (2028, 2, 29)),
        ((2028, 2, 29), 12, (2027, 2, 28)),
        ((2026, 1, 5), 1, (2025, 12, 5)),
    ],
)
def test_months_are_those_of_the_calendar(moment, months, earlier):
    assert months_before(datetime(*moment, tzinfo=UTC), months) == datetime(*earlier, tzinfo=UTC)


def test_two_years_after_closing_nothing_is_left_that_names_anybody(course, at):
    company = {"name": "Ada Unique", "need_text": "Our secret press", "company": "Unique Inc"}
    course.asked(*DECLINED, **company, form="marketing")
    at(730)  # 11 March 2028, the leap day between
    step(course)
    assert "Ada Unique" in dump(course)

    at(731)
    step(course)

    text = dump(course)
    for word in ("Ada Unique", "secret press", "Unique Inc", "ada@shop.example"):
        assert word not in text
    episode = course.read(lambda: db.session.scalars(select(Episode)).one())
    assert (episode.contact_digest, episode.form) == ("", "marketing")
    assert course.read(chaining.first_broken) is None


def test_all_referrals_of_a_request_must_have_ended(course, at):
    first = course.asked(*DECLINED)
    at(400)
    second = course.asked(*DECLINED, slug="massmep-cnc")

    def same_request() -> None:
        episode_id = db.session.get_one(Referral, first).episode_id
        db.session.get_one(Referral, second).episode_id = episode_id

    course.write(same_request)
    at(735)
    step(course)

    assert course.read(lambda: db.session.get_one(Referral, first).episode.details.name)


def test_a_request_that_nobody_has_moved_for_so_long_counts_as_closed(course, at):
    id_ = course.asked(*ACCEPTED)
    at(731)
    step(course)

    assert course.read(lambda: db.session.get_one(Referral, id_).episode.details.name) == ""


def test_a_request_is_emptied_once(course, at):
    course.asked(*DECLINED)
    for days in (731, 732, 733):
        at(days)
        step(course)

    actions = course.read(lambda: db.session.scalars(select(Event.action)).all())
    assert actions.count("erased") == 1


def test_a_manager_sees_how_many_it_concerns_and_sets_another_time(signed, make, course, at):
    for _ in range(2):
        course.asked(*DECLINED)
    at(300)
    signed.sign_in(make.manager())
    assert "0 requests would be emptied" in signed.get(PATH).text

    preview = signed.send(PATH, months="9", do="preview")
    assert "With 9 months, 2 requests would be emptied" in preview.text
    step(course)
    assert "ada@shop.example" in dump(course)

    signed.send(PATH, months="9", do="set")
    at(301)
    step(course)
    assert "ada@shop.example" not in dump(course)
    trail = course.read(lambda: db.session.scalars(select(AuditEvent)).all())
    (event,) = (each for each in trail if each.action == "referral-retention:set")
    assert event.details == '{"after": 9, "before": 24}'


@pytest.mark.parametrize("months", ["5", "121", "", "ten", "-24"])
def test_months_that_make_no_sense_are_refused(signed, make, course, months):
    signed.sign_in(make.manager())

    assert signed.send(PATH, months=months, do="set").status_code == 400
    assert "24 months after closing" in signed.get(PATH).text


def test_who_sets_it_from_an_old_page_learns_what_somebody_else_has_set(signed, make, course):
    signed.sign_in(make.manager())
    page = signed.get(PATH)
    signed.send(PATH, months="12", do="set")

    answer = signed.send_from(page, PATH, months="36", do="set")

    assert answer.status_code == 409
    assert "12 months" in answer.text
    assert "36" in answer.text
    assert "12 months after closing" in signed.get(PATH).text


def test_a_request_that_was_only_sent_yesterday_is_left_alone(course, at):
    course.asked(*SENT)
    at(1)
    step(course)

    assert "ada@shop.example" in dump(course)
