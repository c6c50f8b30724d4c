"""Answers from a mailed link: no name is told, a GET writes nothing, a code shows who asks."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from portal import clock
from portal.database import write_unit
from portal.extensions import db
from portal.referrals.models import Event
from portal.referrals.moving import OWNER
from portal.referrals.operations import make_link
from portal.referrals.states import Status
from tests.referrals.sent import answer_token, do, letters, referral_of, send, status_of

NAMES = ("Smith", "Ada", "413-555-0188", "shop.example", "01103")


@pytest.fixture
def sent(writable_app, make):
    """(reference, address of the answer page, whose link it is) of a request that was sent."""
    person = make.staff("massmep")
    reference = send(writable_app)
    return reference, f"/answer/{answer_token(writable_app, person.email)}", person


def code_of(app, to: str) -> str:
    return re.findall(r"Your code is (\d{6})", letters(app, to)[-1].subject)[0]


def test_the_page_shows_need_place_and_size_and_no_name(signed, sent):
    _reference, address, _person = sent

    page = signed.get(address)

    assert page.heading == "Better processes"
    assert "Western" in page.text
    assert "20 to 49 employees" in page.text
    # Who opens it will probably contact the company.
    assert page.select_one("#accepted-contact_name")["value"] == "Staff Person"
    for name in NAMES:
        assert name not in page.response.get_data(as_text=True), name
    assert page.response.headers["Cache-Control"] == "no-store"


def test_opening_the_link_changes_nothing(writable_app, signed, sent):
    reference, address, _person = sent
    with writable_app.app_context():
        before = db.session.query(Event).count()

    signed.get(address)
    signed.client.head(address)

    with writable_app.app_context():
        assert db.session.query(Event).count() == before
    assert status_of(writable_app, reference) == Status.SENT


@pytest.mark.parametrize(
    ("move", "fields", "status"),
    [
        ("accepted", {"accepted-contact_name": "Ann"}, Status.ACCEPTED),
        (
            "information-requested",
            {"information_requested-question": "How many?"},
            Status.INFORMATION_REQUESTED,
        ),
        (
            "declined",
            {"declined-reason": "capacity", "declined-other": "_none"},
            Status.DECLINED,
        ),
    ],
)
def test_a_program_answers_without_an_account(writable_app, signed, sent, move, fields, status):
    reference, address, _person = sent

    answer = signed.send(address, form=f"form[action$='/{move}']", **fields)

    assert answer.status_code == 302
    assert status_of(writable_app, reference) == status
    after = signed.get(address)
    assert "Thank you" in signed.get(f"{address}?done={move}").text
    assert after.select_one(f"form[action$='/{move}']") is None


def test_the_link_does_not_do_what_needs_an_account(writable_app, signed, sent):
    reference, address, _person = sent
    token = signed.get(address).select_one("[name=csrf_token]")["value"]

    answer = signed.client.post(f"{address}/entered-in-error", data={"csrf_token": token})

    assert answer.status_code == 404
    assert status_of(writable_app, reference) == Status.SENT


def test_an_answer_to_a_withdrawn_request_is_refused_and_kept_in_sight(writable_app, signed, sent):
    reference, address, _person = sent
    page = signed.get(address)
    do(writable_app, reference, Status.WITHDRAWN, by=OWNER)

    answer = signed.send_from(
        page,
        address,
        form="form[action$='/accepted']",
        **{"accepted-contact_name": "Ann Baker"},
    )

    assert answer.status_code == 409
    assert "Ann Baker" in answer.get_data(as_text=True)
    assert status_of(writable_app, reference) == Status.WITHDRAWN


def test_the_companys_answer_is_shown_without_names(writable_app, signed, sent):
    reference, address, _person = sent
    signed.send(
        address,
        form="form[action$='/information-requested']",
        **{"information_requested-question": "How many presses?"},
    )
    do(
        writable_app,
        reference,
        Status.RECEIVED,
        by=OWNER,
        personal={"answer": "Two. Yours, Ada Smith, 413-555-0188"},
    )

    page = signed.get(address)

    assert "Two. Yours, […], […]" in page.text
    for name in NAMES:
        assert name not in page.response.get_data(as_text=True), name


def test_a_code_to_the_same_address_shows_who_asks_once(writable_app, signed, sent):
    _reference, address, person = sent
    signed.send(address, form="form[action$='/code']")
    page = signed.get(f"{address}?code=sent")
    code = code_of(writable_app, person.email)

    shown = signed.send_from(
        page, address, form="form[action$='/contact']", **{"code-code": f"{code[:3]} {code[3:]}"}
    )
    again = signed.send_from(page, address, form="form[action$='/contact']", **{"code-code": code})

    assert shown.status_code == 200
    assert "Smith Gear Co." in shown.get_data(as_text=True)
    assert again.status_code == 400
    assert "Smith" not in again.get_data(as_text=True)


def test_after_five_wrong_codes_the_right_one_is_over(writable_app, signed, sent):
    _reference, address, person = sent
    signed.send(address, form="form[action$='/code']")
    page = signed.get(f"{address}?code=sent")
    code = code_of(writable_app, person.email)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"

    for _ in range(5):
        refused = signed.send_from(
            page, address, form="form[action$='/contact']", **{"code-code": wrong}
        )
        assert refused.status_code == 400
    late = signed.send_from(page, address, form="form[action$='/contact']", **{"code-code": code})

    assert late.status_code == 400
    assert "This code is over" in late.get_data(as_text=True)


def test_a_code_is_over_after_ten_minutes(writable_app, signed, sent, monkeypatch):
    _reference, address, person = sent
    signed.send(address, form="form[action$='/code']")
    page = signed.get(f"{address}?code=sent")
    code = code_of(writable_app, person.email)
    later = clock.now() + timedelta(minutes=10)
    monkeypatch.setattr(clock, "now", lambda: later)

    late = signed.send_from(page, address, form="form[action$='/contact']", **{"code-code": code})

    assert "This code is over" in late.get_data(as_text=True)


def test_three_codes_an_hour_are_sent_and_no_more(writable_app, signed, sent, monkeypatch):
    _reference, address, person = sent
    noon = clock.now().replace(minute=5, second=0, microsecond=0)
    monkeypatch.setattr(clock, "now", lambda: noon)
    for _ in range(3):
        signed.send(address, form="form[action$='/code']")

    refused = signed.send(address, form="form[action$='/code']")

    assert refused.location.endswith("code=often")
    codes = [letter for letter in letters(writable_app, person.email) if letter.purpose == "code"]
    assert len(codes) == 3


def test_only_a_digest_of_the_code_is_kept(writable_app, signed, sent):
    _reference, address, person = sent
    signed.send(address, form="form[action$='/code']")
    code = code_of(writable_app, person.email)

    with writable_app.app_context():
        rows = db.session.execute(db.text("select * from referral_answer_code")).all()

    assert rows
    assert code not in str(rows)


def test_an_unknown_link_and_a_link_for_something_else_are_over(writable_app, signed, sent):
    reference, _address, _person = sent
    with writable_app.app_context(), write_unit():
        referral = referral_of(reference)
        track = make_link(referral.episode, "track", now=clock.now(), referral=referral)
        db.session.commit()
        db.session.remove()

    assert signed.get("/answer/nonsense").status == 410
    assert signed.get(f"/answer/{track}").status == 410
