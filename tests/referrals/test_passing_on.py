"""Hand-off: another program is asked once the company agrees; a clock runs meanwhile."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from portal.extensions import db
from portal.referrals.models import Event, Referral
from portal.referrals.moving import OWNER
from portal.referrals.states import Status
from tests.referrals.sent import do, letters, referral_of, send, status_of

CONSENT = {"consent": "1"}


@pytest.fixture
def staff(make, signed):
    """A browser of somebody at MassMEP."""
    signed.sign_in(make.staff("massmep"))
    return signed


def child_of(app, reference: str) -> str:
    with app.app_context():
        parent = referral_of(reference)
        return db.session.scalars(
            select(Referral.reference).where(Referral.parent_id == parent.id)
        ).one()


def pass_on(staff, reference: str, move: str, **fields: str):
    sent = {f"{move}-{name}": text for name, text in fields.items()}
    return staff.send(f"/staff/requests/{reference}", form=f"form[action$='/{move}']", **sent)


def test_declining_with_a_suggestion_asks_the_company_and_not_the_program(
    writable_app, make, staff
):
    theirs = make.staff("gbmp")
    reference = send(writable_app)

    answer = pass_on(
        staff, reference, "declined", reason="capacity", other="_named", program="gbmp-consulting"
    )

    child = child_of(writable_app, reference)
    assert answer.status_code == 302
    assert status_of(writable_app, reference) == Status.DECLINED
    assert status_of(writable_app, child) == Status.AWAITING_CONSENT
    assert letters(writable_app, theirs.email) == []
    with writable_app.app_context():
        declined = db.session.scalars(select(Event).where(Event.action == "declined")).one()
        assert json.loads(declined.facts) == {"hand_off": "suggested", "reason": "capacity"}


def test_declining_without_knowing_another_says_so(writable_app, staff):
    reference = send(writable_app)

    pass_on(staff, reference, "declined", reason="wrong_need", other="_none")

    with writable_app.app_context():
        declined = db.session.scalars(select(Event).where(Event.action == "declined")).one()
        assert json.loads(declined.facts) == {"hand_off": "none_known", "reason": "wrong_need"}
        assert (
            db.session.scalars(select(Referral).where(Referral.parent_id.is_not(None))).all() == []
        )


def test_a_request_stays_with_its_program_until_the_company_agrees(writable_app, make, staff):
    theirs = make.staff("gbmp")
    reference = send(writable_app)

    pass_on(staff, reference, "redirected", other="_named", program="gbmp-consulting")
    child = child_of(writable_app, reference)
    before = status_of(writable_app, reference)
    do(writable_app, child, Status.SENT, by=OWNER, facts=CONSENT)

    assert before == Status.SENT
    assert status_of(writable_app, reference) == Status.REDIRECTED
    assert status_of(writable_app, child) == Status.SENT
    told = letters(writable_app, theirs.email)
    assert len(told) == 1
    assert "passes its request on" in told[0].text


def test_whoever_suggested_it_hears_that_the_company_agreed(writable_app, make, signed):
    person = make.staff("massmep")
    signed.sign_in(person)
    reference = send(writable_app)
    pass_on(
        signed, reference, "declined", reason="capacity", other="_named", program="gbmp-consulting"
    )

    do(writable_app, child_of(writable_app, reference), Status.SENT, by=OWNER, facts=CONSENT)

    last = letters(writable_app, person.email)[-1]
    assert last.subject.startswith("The company agreed")
    assert status_of(writable_app, reference) == Status.DECLINED


def test_a_program_that_was_asked_already_cannot_be_suggested(writable_app, staff):
    reference = send(writable_app)
    pass_on(staff, reference, "redirected", other="_named", program="gbmp-consulting")

    answer = pass_on(
        staff, reference, "declined", reason="cost", other="_named", program="gbmp-consulting"
    )

    assert answer.status_code == 400
    assert "was asked already" in answer.get_data(as_text=True)


def test_passing_on_is_not_offered_twice(writable_app, staff):
    reference = send(writable_app)
    pass_on(staff, reference, "redirected", other="_named", program="gbmp-consulting")

    page = staff.get(f"/staff/requests/{reference}")

    assert page.select_one("#redirected") is None
    assert "Suggested instead:" in page.text


def test_the_best_matches_are_offered_without_the_program_itself(writable_app, staff):
    reference = send(writable_app)

    page = staff.get(f"/staff/requests/{reference}")

    offered = [field["value"] for field in page.select("#declined input[type=radio]")]
    assert len(offered) == 7  # five that fit, another by name, none known
    assert "massmep-lean" not in offered
    assert offered[-2:] == ["_none", "_named"]


def test_the_child_of_a_company_without_an_address_waits_for_the_navigator(writable_app, staff):
    reference = send(writable_app, email="")

    pass_on(staff, reference, "declined", reason="cost", other="_named", program="gbmp-consulting")

    assert status_of(writable_app, child_of(writable_app, reference)) == Status.DRAFT
