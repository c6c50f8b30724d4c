"""Due dates in a calendar: read with another eye than the library that writes them."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import update

from portal.accounts.models import Account
from portal.database import write_unit
from portal.extensions import db
from portal.referrals.moving import Mover
from portal.referrals.states import Role, Status
from tests.referrals.sent import do, referral_of, send

PAGE = "/staff/requests/calendar"


@pytest.fixture
def person(make, signed):
    """Somebody at MassMEP who is signed in."""
    person = make.staff("massmep")
    signed.sign_in(person)
    return person


def made_address(signed) -> str:
    answer = signed.send(PAGE, form="main form", do="make")
    assert answer.status_code == 302
    link = signed.get(PAGE).select_one(".upkeep__url a")
    return str(link["href"]).removeprefix("http://localhost")


def lines(signed, address: str) -> list[str]:
    """Return the content lines, unfolded as RFC 5545 says in 3.1."""
    answer = signed.client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    text = answer.get_data(as_text=True)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return re.sub("\r\n[ \t]", "", text).split("\r\n")


@pytest.mark.usefixtures("person")
def test_the_calendar_has_one_event_a_request_with_its_reference_and_no_company(
    writable_app, signed
):
    reference = send(writable_app)
    with writable_app.app_context():
        referral = referral_of(reference)
        id_, due = str(referral.id), f"{referral.due_at:%Y%m%dT%H%M%SZ}"

    found = lines(signed, made_address(signed))

    assert found[0] == "BEGIN:VCALENDAR"
    assert "VERSION:2.0" in found
    assert any(line.startswith("PRODID:") for line in found)
    assert found.count("BEGIN:VEVENT") == 1
    assert f"UID:{id_}@referrals" in found
    assert f"DTEND:{due}" in found
    assert f"SUMMARY:Answer request {reference}" in found
    assert any(line.startswith("DTSTAMP:") for line in found)
    assert not any(name in line for line in found for name in ("Smith", "Ada", "shop.example"))


@pytest.mark.usefixtures("person")
def test_a_later_due_date_moves_the_same_event(writable_app, signed):
    reference = send(writable_app)
    address = made_address(signed)
    before = [line for line in lines(signed, address) if line.startswith(("UID", "DTEND"))]

    do(
        writable_app,
        reference,
        Status.ACCEPTED,
        by=Mover(Role.PROGRAM),
        personal={"contact_name": "Ann"},
    )

    after = [line for line in lines(signed, address) if line.startswith(("UID", "DTEND"))]
    assert set(before) & set(after) == {next(line for line in before if line.startswith("UID"))}


@pytest.mark.usefixtures("person")
def test_the_address_is_shown_once_and_ends_when_it_is_taken_back_or_made_anew(signed):
    first = made_address(signed)
    assert signed.get(PAGE).select_one(".upkeep__url") is None

    second = made_address(signed)
    assert signed.client.get(first).status_code == 404
    assert signed.client.get(second).status_code == 200

    signed.send(PAGE, form="main form", do="revoke")
    assert signed.client.get(second).status_code == 404


def test_the_address_of_somebody_suspended_ends_and_works_without_signing_in(
    writable_app, signed, person
):
    address = made_address(signed)
    signed.sign_out()
    assert signed.client.get(address).status_code == 200

    with writable_app.app_context(), write_unit():
        db.session.execute(
            update(Account).where(Account.id == person.id).values(status="suspended")
        )
        db.session.commit()
        db.session.remove()

    assert signed.client.get(address).status_code == 404


@pytest.mark.usefixtures("person")
def test_no_address_and_a_wrong_one_are_not_found(signed):
    assert signed.client.get("/staff/requests.ics").status_code == 404
    assert signed.client.get("/staff/requests.ics?key=nonsense").status_code == 404
