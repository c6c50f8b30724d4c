"""How staff see that they answer: their own organization, the last 90 days, all of it."""

from __future__ import annotations

from flask import render_template
from sqlalchemy import select

from portal import clock
from portal.directory.models import Organization
from portal.extensions import db
from portal.referrals.calendars import calendar_of
from portal.referrals.measures import Share
from portal.referrals.moving import OWNER
from portal.referrals.queries_measures import OwnFigures, own_figures
from portal.referrals.states import Status
from tests.referrals.courses import DECLINED, MANAGER, PROGRAM, SENT

ACCEPT = (Status.ACCEPTED, PROGRAM, {}, {"contact_name": "Grace"})
ASK = (Status.INFORMATION_REQUESTED, PROGRAM, {}, {"question": "Which alloy?"})


def figures(course, *slugs: str) -> OwnFigures:
    def question() -> OwnFigures:
        ids = db.session.scalars(select(Organization.id).where(Organization.slug.in_(slugs))).all()
        calendar = calendar_of(course.app.config["PORTAL"])
        return own_figures(ids, now=clock.now(), calendar=calendar)

    return course.read(question)


def test_answers_in_time_are_counted_among_those_that_were_due(course, at):
    # All are sent on Thursday 12 March 2026 at noon UTC, due on Monday 16th at 5 pm (21:00 UTC).
    quick, asked, late, _silent, mistake, withdrawn = (course.asked(*SENT) for _ in range(6))
    at(1)
    course.moved(quick, ACCEPT)
    course.moved(withdrawn, (Status.WITHDRAWN, OWNER))
    course.moved(mistake, (Status.ENTERED_IN_ERROR, MANAGER))
    at(4)
    course.moved(asked, ASK)
    at(6)
    course.moved(late, ACCEPT)
    course.asked(*DECLINED, slug="massmep-cnc")
    at(7)
    course.asked(*SENT)  # not due yet

    found = figures(course, "massmep")

    # In time: quick, asked, the one that was declined at once and whose limit runs on: left out.
    assert found.in_time == Share(2, 4)
    assert found.sent == 7
    # Waits: 0, 1, 4, 6 days answered; last seen at 1 (withdrawn), 7 (silent) and 0 (new).
    # At risk on day 0: 7, day 1: 5, day 4: 3, day 6: 2.
    # 6/7, then 24/35, then 16/35, which is less than one half.
    assert found.median_days == 4


def test_a_late_question_is_late_even_when_its_answer_moves_the_clock(course, at):
    id_ = course.asked(*SENT)
    at(5)
    course.moved(id_, ASK, (Status.RECEIVED, OWNER, {}, {"answer": "Brass"}))
    at(10)

    assert figures(course, "massmep").in_time == Share(0, 1)


def test_requests_to_others_and_old_ones_are_not_counted(course, at):
    course.asked(*SENT)
    at(91)

    assert figures(course, "massmep", "gbmp") == OwnFigures(0, Share(0, 0), None)
    at(10)
    assert figures(course, "gbmp").sent == 0


def test_the_block_says_it_in_words(catalogue_app):
    def words(found: OwnFigures) -> str:
        with catalogue_app.test_request_context():
            return " ".join(render_template("referrals/_own_figures.html", figures=found).split())

    assert "7 of 9</strong> requests of the last 90 days were answered in time. Half were" in words(
        OwnFigures(9, Share(7, 9), 1.44)
    )
    assert "within 1.4 days" in words(OwnFigures(9, Share(7, 9), 1.44))
    assert "No request has come" in words(OwnFigures(0, Share(0, 0), None))
    assert "Fewer than half" in words(OwnFigures(1, Share(0, 0), None))
