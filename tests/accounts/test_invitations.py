"""Invitations, claims and new passwords: links that work once, for whom they were meant."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.accounts.claims import is_own_domain
from portal.accounts.hashing import hash_password
from portal.accounts.models import ACTIVE, Account, AccountSession, AuditEvent, Claim
from portal.database import write_unit
from portal.extensions import db
from portal.mail.models import OutboxMessage
from portal.mail.worker import deliver_due, transport_of
from portal.permissions import Role
from tests.accounts.mailed import LINK, mailed
from tests.conftest import NOON
from tests.factories import PASSWORD


@pytest.fixture
def at(monkeypatch):
    def set_clock(after: timedelta = timedelta()):
        monkeypatch.setattr(clock, "now", lambda: NOON + after)

    set_clock()
    return set_clock


def stored(app, email: str) -> Account:
    with app.app_context():
        account = db.session.scalar(select(Account).where(Account.email == email))
        if account is not None:
            account.memberships  # noqa: B018  loaded before the session ends
        return account


def test_a_manager_invites_staff_who_open_their_account_with_the_mailed_link(signed, make, at):
    signed.sign_in(make.manager())
    answer = signed.send(
        "/manage/accounts/invite",
        form="form.question",
        email="Ana@MassMEP.org",
        organization="massmep",
    )
    assert answer.status_code == 302
    signed.sign_out()
    path = mailed(signed.client.application)["ana@massmep.org"]

    page = signed.get(path)
    assert "Massachusetts Manufacturing Extension Partnership" in page.text
    answer = signed.send(path, form="form.question", name="Ana", password=PASSWORD)

    assert answer.status_code == 302
    account = stored(signed.client.application, "ana@massmep.org")
    assert account.status == ACTIVE
    assert account.role is Role.STAFF
    assert len(account.memberships) == 1
    assert "Ana" in signed.get("/account").text
    assert signed.client.get(path).status_code == 410


def test_looking_at_a_link_uses_nothing(signed, make, at):
    signed.sign_in(make.administrator())
    signed.send("/manage/accounts/invite", form="form.question", email="b@x.org", role="manager")
    path = mailed(signed.client.application)["b@x.org"]

    for _ in range(3):
        assert signed.client.get(path).status_code == 200
        assert signed.client.head(path).status_code == 200


def test_an_invitation_ends_after_two_weeks_and_by_a_newer_one(signed, make, at):
    signed.sign_in(make.administrator())
    for _ in range(2):
        signed.send(
            "/manage/accounts/invite", form="form.question", email="b@x.org", role="manager"
        )
    with signed.client.application.app_context():
        rows = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.created_at))
        first, second = [LINK.search(row.text)[1] for row in rows]

    statuses = [signed.client.get(path).status_code for path in (first, second)]
    at(timedelta(days=15))

    assert sorted(statuses) == [200, 410]
    assert signed.client.get(second).status_code == 410


def test_managers_do_not_make_managers(signed, make):
    signed.sign_in(make.manager())

    answer = signed.send(
        "/manage/accounts/invite", form="form.question", email="b@x.org", role="administrator"
    )

    assert answer.status_code == 403
    assert stored(signed.client.application, "b@x.org") is None


def test_somebody_with_an_account_is_not_invited_again(signed, make):
    person = make.staff()
    signed.sign_in(make.manager())

    answer = signed.send(
        "/manage/accounts/invite", form="form.question", email=person.email, organization="gbmp"
    )

    assert answer.status_code == 400
    assert "already" in answer.text


def test_a_new_password_comes_by_mail_works_once_and_ends_every_session(signed, make, at):
    person = make.account(of=("massmep",), password_hash=hash_password("an old long password"))
    make.session(person)
    signed.send("/account/forgotten", form="form.question", email=person.email)
    path = mailed(signed.client.application)[person.email]

    answer = signed.send(path, form="form.question", password=PASSWORD)

    assert answer.status_code == 302
    assert signed.client.get(path).status_code == 410
    with signed.client.application.app_context():
        assert db.session.scalar(select(func.count()).select_from(AccountSession)) == 0
    answer = signed.send("/account/sign-in", email=person.email, password=PASSWORD)
    assert answer.status_code == 302


def test_asking_for_a_password_says_the_same_for_every_address(signed, make):
    person = make.staff()

    answers = [
        signed.send("/account/forgotten", form="form.question", email=email)
        for email in (person.email, "nobody@example.org")
    ]

    assert {(a.status_code, a.location) for a in answers} == {(302, "/account/forgotten?sent=1")}
    assert set(mailed(signed.client.application)) == {person.email}


@pytest.mark.parametrize(
    ("email", "website", "own"),
    [
        ("ana@massmep.org", "https://www.massmep.org/contact", True),
        ("ana@dept.umass.edu", "https://umass.edu", True),
        ("ana@umass.edu", "https://lab.umass.edu/x", True),
        ("ana@gmail.com", "https://gmail.com", False),
        ("ana@evilmassmep.org", "https://massmep.org", False),
        ("ana@massmep.org.evil.com", "https://massmep.org", False),
        ("ana@org", "https://massmep.org", False),
        ("ana@massmep.org", "", False),
    ],
)
def test_an_address_is_an_organizations_own_by_its_domain(email, website, own):
    assert is_own_domain(email, website) is own


def test_a_claim_is_confirmed_by_mail_and_let_in_by_a_manager(signed, make, at):
    claim = "/account/claims/new/massmep"
    refused = signed.send(claim, form="form.question", email="ana@elsewhere.org")
    assert refused.status_code == 400
    signed.send(claim, form="form.question", email="ana@massmep.org")
    path = mailed(signed.client.application)["ana@massmep.org"]
    signed.sign_in(make.manager())
    assert "ana@massmep.org" not in signed.get("/manage/onboarding").text

    signed.get(path)
    assert "ana@massmep.org" not in signed.get("/manage/onboarding").text
    signed.send(path, form="form.question")
    page = signed.get("/manage/onboarding")
    assert "ana@massmep.org" in page.text
    accept = page.select_one("form[action$='/accept']")["action"]
    answer = signed.send_from(page, "", form=f"form[action='{accept}']")

    assert answer.status_code == 302
    account = stored(signed.client.application, "ana@massmep.org")
    assert (account.role, len(account.memberships)) == (Role.STAFF, 1)
    assert "ana@massmep.org" not in signed.get("/manage/onboarding").text
    with signed.client.application.app_context():
        assert db.session.scalar(select(Claim.is_accepted))


def test_suspending_ends_sessions_at_once_and_the_last_administrator_stays(signed, make):
    boss, other = make.administrator(), make.manager()
    token = make.session(other)
    signed.sign_in(boss)
    page = signed.get("/manage/accounts")

    signed.send_from(page, "", form=f"form[action='/manage/accounts/{other.id}/suspend']")
    answer = signed.send_from(page, "", form=f"form[action='/manage/accounts/{boss.id}/suspend']")

    assert answer.location.endswith("said=last")
    signed.client.set_cookie("session", token, domain="localhost")
    assert signed.client.get("/account").status_code == 302
    signed.sign_in(boss)
    assert signed.client.get("/account").status_code == 200


def test_the_audit_trail_says_who_did_what_and_refuses_change(signed, make):
    boss, other = make.administrator(), make.manager()
    signed.sign_in(boss)
    page = signed.get("/manage/accounts")
    signed.send_from(page, "", form=f"form[action='/manage/accounts/{other.id}/suspend']")

    text = signed.get("/manage/audit").text

    assert "account:suspend" in text
    assert boss.email in text
    with signed.client.application.app_context():
        for statement in ("update audit_event set action = 'x'", "delete from audit_event"):
            with write_unit(), pytest.raises(Exception, match="append-only"):
                db.session.execute(db.text(statement))
            db.session.rollback()
        assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == 1


def test_the_first_start_offers_a_link_for_the_first_administrator_and_no_password(writable_app):
    runner = writable_app.test_cli_runner()

    printed = runner.invoke(args=["accounts", "invite", "boss@x.org", "--role", "administrator"])

    path = re.search(r"/account/invitations/\S+", printed.output)[0]
    assert writable_app.test_client().get(path).status_code == 200
    with writable_app.app_context():
        assert db.session.scalar(select(Account.password_hash)) == ""


def test_mail_page_shows_what_could_not_be_delivered(signed, make):
    signed.sign_in(make.administrator())

    assert "No mail server is set" in signed.get("/manage/mail").text


def test_messages_in_the_folder_are_read_by_administrators_alone(signed, make):
    signed.sign_in(make.administrator())
    signed.send("/manage/accounts/invite", form="form.question", email="b@x.org", role="manager")
    app = signed.client.application
    with app.app_context():
        deliver_due(transport_of(app.config["PORTAL"]), app.config["PORTAL"])
        db.session.remove()
    page = signed.get("/manage/mail")
    path = page.select_one("a[href^='/manage/mail/']")["href"]

    assert "/account/invitations/" in signed.get(path).text
    assert signed.client.get("/manage/mail/" + "0" * 32).status_code == 404
    signed.sign_in(make.manager())
    assert signed.client.get(path).status_code == 403
