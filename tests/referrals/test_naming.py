"""Managers name the navigator; its staff then sign in with a second factor."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.accounts.hashing import hash_password
from portal.accounts.models import AccountSession, AuditEvent
from portal.extensions import db
from portal.referrals.receiving import navigator_organization_id
from portal.referrals.states import Status
from tests.factories import PASSWORD
from tests.referrals.clockwork import organization_id

PAGE = "/manage/navigator"


def named(clockwork):
    return clockwork.read(navigator_organization_id)


def test_a_manager_sees_who_that_is_and_then_names_them(signed, clockwork, make):
    person = make.staff("masshire")
    signed.sign_in(make.manager())

    preview = signed.get(f"{PAGE}/preview?organization=masshire")
    before = named(clockwork)
    signed.send_from(preview, PAGE, form="main form")

    assert person.email in preview.text
    assert before is None
    assert named(clockwork) == clockwork.read(lambda: organization_id("masshire"))
    query = select(AuditEvent.object_id).where(AuditEvent.action == "navigator:name")
    assert clockwork.read(lambda: list(db.session.scalars(query))) == ["masshire"]


def test_naming_ends_sessions_without_a_second_factor_and_leads_to_setting_one_up(
    signed, clockwork, make
):
    person = make.account(of=("masshire",), password_hash=hash_password(PASSWORD))
    other = make.account(of=("massmep",))
    with_password = make.session(person, with_second_factor=False)
    make.session(other, with_second_factor=False)
    signed.sign_in(make.manager())
    signed.send(f"{PAGE}/preview?organization=masshire")

    query = select(AccountSession.account_id).where(AccountSession.second_factor_at.is_(None))
    assert clockwork.read(lambda: list(db.session.scalars(query))) == [other.id]
    signed.client.set_cookie("session", with_password, domain="localhost")
    ended = signed.client.get("/staff")
    assert ended.location.startswith("/account/sign-in")
    signed.sign_out()
    answer = signed.send("/account/sign-in", email=person.email, password=PASSWORD)
    assert answer.location.startswith("/account/second-factor")
    enrol = signed.client.get(answer.location)
    assert enrol.location.startswith("/account/second-factor/app")
    assert signed.client.get("/staff/navigator").location.startswith("/account/sign-in")


def test_nobody_can_be_named_again(signed, clockwork, make):
    clockwork.name_navigator("masshire")
    signed.sign_in(make.manager())

    signed.send(f"{PAGE}/preview?organization=nobody")

    assert named(clockwork) is None


def test_while_nobody_is_named_managers_see_the_counts_and_a_warning(signed, clockwork, make):
    clockwork.asked("massmep-lean", to=Status.DECLINED, name="Ada Unique")
    clockwork.asked("massmep-lean", to=Status.DRAFT, email="", phone="617-555-0199")
    signed.sign_in(make.manager())

    page = signed.get(PAGE)

    assert page.select_one(".usa-alert--warning") is not None
    counts = [int(tag.get_text()) for tag in page.select("main ul strong")]
    assert counts == [1, 0, 1]  # call a company, call a program, find a program
    assert "Ada Unique" not in page.text


def test_what_all_reminders_could_not_move_is_listed_without_the_company(signed, clockwork, make):
    id_ = clockwork.asked("massmep-lean", name="Ada Unique")
    for day in (2.5, 3.5, 4.5, 7.5):
        clockwork.at(day)
        clockwork.run()
    signed.sign_in(make.manager())

    page = signed.get(PAGE)

    assert clockwork.referral(id_).reference in page.select_one(".navigator__past").get_text()
    assert "Ada Unique" not in page.text


def test_a_company_that_nobody_called_comes_on_the_list_too(signed, clockwork, make):
    id_ = clockwork.asked("massmep-lean", to=Status.DRAFT, email="", phone="617-555-0199")
    for day in (0, 2.5, 3.5):
        clockwork.at(day)
        clockwork.run()
    signed.sign_in(make.manager())

    assert clockwork.referral(id_).reference in signed.get(PAGE).text


@pytest.mark.parametrize("slug", ["no-such-organization", ""])
def test_an_organization_that_there_is_not_is_404(signed, make, slug):
    signed.sign_in(make.manager())

    assert signed.client.get(f"{PAGE}/preview?organization={slug}").status_code == 404
