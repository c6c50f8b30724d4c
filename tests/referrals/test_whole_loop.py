"""The closed loop from end to end, by the pages and letters that people have."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from portal.extensions import db
from portal.referrals.chaining import first_broken
from portal.referrals.daily import follow_ups_step
from portal.referrals.models import Referral
from portal.referrals.states import Status
from tests.referrals.owning import EMAIL, Owner

INTAKE = "intake@example.org"
COMPANY = {"name": "Ada Smith", "company": "Smith Gear Co."}
SECRETS = (*COMPANY.values(), EMAIL)


@pytest.fixture
def owner(clockwork) -> Owner:
    """Somebody who asks MassMEP, whose intake has said that requests may come."""
    clockwork.contact(INTAKE)
    return Owner(clockwork.app)


def path_in(letters, purpose, to):
    """Return the path of the first link in the last letter of a purpose to somebody."""
    text = [one.text for one in letters if (one.purpose, one.recipient) == (purpose, to)][-1]
    return re.search(r"https?://[^/\s]+(/\S+)", text)[1]


def only(clockwork, **columns):
    """Return the one request of a status."""
    query = select(Referral).filter_by(**columns)
    return clockwork.read(lambda: db.session.scalars(query).one())


def asked(owner, clockwork):
    """Ask, confirm by the letter; return the owner's page and the program's link."""
    owner.ask(**COMPANY)
    assert [letter.recipient for letter in owner.letters()] == [EMAIL]  # only the company yet
    owner.press(path_in(owner.letters(), "referral", EMAIL), do="send")
    (letter,) = [one for one in owner.letters() if one.recipient == INTAKE]
    assert not [secret for secret in SECRETS if secret in letter.text + letter.html]
    return path_in(owner.letters(), "referral", EMAIL), path_in(owner.letters(), "request", INTAKE)


def test_from_asking_to_saying_how_it_went(owner, clockwork, signed, make):
    track, answer = asked(owner, clockwork)

    clockwork.at(1)
    signed.send(answer, form="form[action$='/accepted']", **{"accepted-contact_name": "Grace"})
    assert "Grace" in owner.get(track).text
    reference = only(clockwork, status=Status.ACCEPTED).reference
    signed.sign_in(make.staff("massmep"))
    page = f"/staff/requests/{reference}"
    assert COMPANY["company"] in signed.get(page).text
    signed.send(
        page, form="form[action$='/contact-made']", **{"contact_made-contact_on": "2026-03-03"}
    )
    signed.send(page, form="form[action$='/enrolled']", **{"enrolled-starts_on": "2026-03-04"})
    assert only(clockwork, status=Status.ENROLLED).reference == reference

    clockwork.at(16)
    clockwork.read(lambda: follow_ups_step(clockwork.app.config["PORTAL"]))
    follow_up = path_in(owner.letters(), "referral-follow-up", EMAIL)
    owner.press(follow_up, contact="no", helped="no")

    signed.sign_in(make.manager())
    managers = signed.get("/manage/requests").text
    assert reference in managers
    assert COMPANY["company"] not in managers  # it did not agree to that
    assert clockwork.read(first_broken) is None


def test_from_a_decline_to_an_unmet_need(owner, clockwork, signed, make):
    track, answer = asked(owner, clockwork)

    clockwork.at(1)
    signed.send(
        answer,
        form="form[action$='/declined']",
        **{"declined-reason": "not_eligible_size", "declined-other": "_none"},
    )
    page = owner.get(track)
    assert page.select_one("[data-next-best]")

    clockwork.at(16)
    clockwork.run()

    assert only(clockwork, status=Status.CLOSED_UNMET)
    signed.sign_in(make.manager())
    lines = signed.get("/manage/unmet-needs").select("tbody tr")
    assert [line.get_text(" ", strip=True).startswith("Better processes") for line in lines] == [
        True
    ]
    assert clockwork.read(first_broken) is None


def test_from_a_decline_to_the_next_best_program(owner, clockwork, signed):
    track, answer = asked(owner, clockwork)
    signed.send(
        answer,
        form="form[action$='/declined']",
        **{"declined-reason": "capacity", "declined-other": "_none"},
    )
    choose = owner.get(track).select_one("[data-next-best] a")["href"]
    tick = owner.get(choose).select_one("main input[type=checkbox][name=program]")

    owner.press(choose, program=tick["value"])

    child = clockwork.read(
        lambda: db.session.scalars(select(Referral).where(Referral.parent_id.is_not(None))).one()
    )
    assert child.status in (Status.SENT, Status.RECEIVED)
    assert clockwork.read(first_broken) is None
