"""Requests on the home of staff, in the navigation, and on the page of onboarding."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal import clock
from portal.database import write_unit
from portal.extensions import db
from portal.referrals.moving import OWNER, Mover
from portal.referrals.queries_inbox import answering
from portal.referrals.states import Role, Status
from tests.referrals.sent import do, referral_of, send

PROGRAM = Mover(Role.PROGRAM)


@pytest.fixture
def staff(make, signed):
    """A browser of somebody at MassMEP."""
    signed.sign_in(make.staff("massmep"))
    return signed


def test_requests_stand_above_everything_else_the_longest_due_first(writable_app, staff):
    first = send(writable_app)
    later = send(writable_app, email="b@shop.example")
    with writable_app.app_context(), write_unit():
        referral_of(later).due_at += timedelta(days=1)
        db.session.commit()
        db.session.remove()

    page = staff.get("/staff")

    buttons = [link["href"] for link in page.select(".tasks a")]
    assert buttons[:2] == [f"/staff/requests/{first}", f"/staff/requests/{later}"]
    assert len(buttons) > 2  # the listings follow


def test_the_navigation_says_how_many_wait_for_us(writable_app, staff):
    assert staff.get("/staff").select_one(".work-nav__number") is None
    one = send(writable_app)
    two = send(writable_app, email="b@shop.example")
    do(writable_app, two, Status.WITHDRAWN, by=OWNER)
    send(writable_app, "gbmp-consulting", email="c@shop.example")

    page = staff.get(f"/staff/requests/{one}")

    assert page.select_one(".work-nav__number").get_text().split()[0] == "1"


def test_managers_have_no_inbox_in_their_navigation(make, signed):
    signed.sign_in(make.manager())

    assert signed.get("/staff").select_one(".work-nav a[href='/staff/requests']") is None


@pytest.mark.parametrize(
    ("answered_after", "age", "counts"),
    [
        (timedelta(hours=1), timedelta(days=10), True),
        (timedelta(days=20), timedelta(days=30), False),  # long after its time
        (timedelta(hours=1), timedelta(days=95), False),  # too long ago
        (None, timedelta(days=10), False),
    ],
)
def test_who_answered_in_time_in_the_last_ninety_days_is_answering(
    writable_app, calendar, answered_after, age, counts
):
    reference = send(writable_app)
    with writable_app.app_context(), write_unit():
        referral = referral_of(reference)
        referral.sent_at = clock.now() - age
        referral.answered_at = referral.sent_at + answered_after if answered_after else None
        organization_id = referral.organization_id
        db.session.commit()
        found = answering(now=clock.now(), calendar=calendar)
        db.session.remove()

    assert (organization_id in found) is counts


def test_onboarding_shows_who_answers_requests(writable_app, make, signed):
    reference = send(writable_app)
    do(writable_app, reference, Status.ACCEPTED, by=PROGRAM, personal={"contact_name": "Ann"})
    signed.sign_in(make.manager())

    page = signed.get("/manage/onboarding")

    rows = {
        row.select_one("th").get_text(strip=True): row.select("td")[4].get_text(strip=True)
        for row in page.select("tbody tr")
    }
    assert [name for name, answers in rows.items() if answers == "yes"] == [
        "Massachusetts Manufacturing Extension Partnership"
    ]
