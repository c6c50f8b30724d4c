"""Signing in: password, second factor, sessions; the same answer to whoever does not belong."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import func, select

from portal import clock
from portal.accounts import sessions
from portal.accounts.hashing import hash_password
from portal.accounts.models import SUSPENDED, AccountSession
from portal.extensions import db
from portal.permissions import Role
from tests.conftest import NOON
from tests.factories import PASSWORD, SECRET

HASH = hash_password(PASSWORD)
SIGN_IN = "/account/sign-in"
SECURE = "https://localhost"


@pytest.fixture
def at(monkeypatch):
    """Set the clock to so long after noon."""

    def set_clock(after: timedelta = timedelta()):
        monkeypatch.setattr(clock, "now", lambda: NOON + after)
        return NOON + after

    set_clock()
    return set_clock


def code(moment) -> str:
    return pyotp.TOTP(SECRET).at(moment)


def count_sessions(app) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(AccountSession))


def test_staff_sign_in_with_a_password_and_come_back_to_where_they_were(signed, make):
    person = make.account(of=("massmep",), password_hash=HASH)

    page = signed.get("/account")
    answer = signed.send(page.response.request.full_path, email=person.email, password=PASSWORD)

    assert answer.status_code == 302
    assert answer.location == "/account"
    cookie = next(h for h in answer.headers.getlist("Set-Cookie") if h.startswith("session="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert person.email in signed.get("/account").text


def test_sign_in_over_https_is_taken_from_a_page_that_may_say_where_it_is(writable_app, make):
    """A browser sends the page's address along unless the page forbids it to all sites."""
    person = make.account(password_hash=HASH)
    client = writable_app.test_client()
    page = client.get(SIGN_IN, base_url=SECURE)
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.text)[1]
    sent = {"email": person.email, "password": PASSWORD, "csrf_token": token}
    may_say = page.headers["Referrer-Policy"] in {"same-origin", "strict-origin"}
    headers = {"Referer": SECURE + SIGN_IN} if may_say else {}

    assert client.post(SIGN_IN, data=sent, base_url=SECURE, headers=headers).status_code == 302
    assert client.post(SIGN_IN, data=sent, base_url=SECURE).status_code == 400


def test_managers_show_a_second_factor_before_anything_opens(signed, make, at):
    person = make.account(Role.MANAGER, password_hash=HASH)

    answer = signed.send(SIGN_IN, email=person.email, password=PASSWORD)
    assert answer.location == "/account/second-factor"
    assert signed.client.get("/account").location.startswith(SIGN_IN)
    answer = signed.send("/account/second-factor", form="form.question", code=code(NOON))

    assert answer.status_code == 302
    assert person.email in signed.get("/account").text


def test_a_code_works_once(signed, make, at):
    person = make.account(Role.MANAGER, password_hash=HASH)
    for status in (302, 400):
        signed.sign_out()
        signed.send(SIGN_IN, email=person.email, password=PASSWORD)
        answer = signed.send("/account/second-factor", form="form.question", code=code(NOON))
        assert answer.status_code == status


def test_an_app_is_enrolled_and_ten_recovery_codes_are_shown_once_each_works_once(signed, make, at):
    person = make.account(Role.MANAGER, password_hash=HASH, with_app=False)
    signed.send(SIGN_IN, email=person.email, password=PASSWORD)
    page = signed.get("/account/second-factor")
    secret = page.select_one("input[name=secret]")["value"]
    wrong = signed.send_from(page, "/account/second-factor/app", code="000000")
    assert wrong.status_code == 400

    answer = signed.send_from(page, "/account/second-factor/app", code=pyotp.TOTP(secret).at(NOON))

    codes = re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", answer.text)
    assert len(set(codes)) == 10
    assert person.email in signed.get("/account").text
    for status in (302, 400):
        signed.sign_out()
        signed.send(SIGN_IN, email=person.email, password=PASSWORD)
        answer = signed.send("/account/second-factor", form="form.question", code=codes[0])
        assert answer.status_code == status


def test_who_has_the_password_alone_cannot_add_a_factor(signed, make, at):
    person = make.account(Role.MANAGER, password_hash=HASH)
    signed.send(SIGN_IN, email=person.email, password=PASSWORD)

    assert signed.client.get("/account/second-factor/app").status_code == 403


@pytest.mark.parametrize("kind", ["unknown", "wrong password", "suspended"])
def test_whoever_does_not_belong_gets_the_same_answer(signed, make, kind):
    known = make.account(of=("massmep",), password_hash=HASH)
    closed = make.account(of=("massmep",), password_hash=HASH, status=SUSPENDED)
    email = {"unknown": "nobody@example.org", "suspended": closed.email}.get(kind, known.email)
    password = PASSWORD if kind != "wrong password" else "not the password at all"

    answer = signed.send(SIGN_IN, email=email, password=password)

    assert answer.status_code == 400
    assert "Address and password do not belong together." in answer.text
    assert count_sessions(signed.client.application) == 0


def test_after_ten_wrong_passwords_not_even_the_right_one_opens_until_later(signed, make, at):
    person = make.account(of=("massmep",), password_hash=HASH)
    for _ in range(10):
        assert signed.send(SIGN_IN, email=person.email, password="wrong").status_code == 400

    assert signed.send(SIGN_IN, email=person.email, password=PASSWORD).status_code == 429
    at(timedelta(minutes=16))
    assert signed.send(SIGN_IN, email=person.email, password=PASSWORD).status_code == 302


@pytest.mark.parametrize(
    "to",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/\t/evil.example",
        "javascript:1",
    ],
)
def test_signing_in_never_leads_to_another_site(signed, make, to):
    person = make.account(of=("massmep",), password_hash=HASH)

    answer = signed.send(SIGN_IN, email=person.email, password=PASSWORD, to=to)

    assert answer.location == "/staff"


@pytest.mark.parametrize("after", [sessions.IDLE, sessions.LONGEST], ids=["idle", "at all"])
def test_a_session_ends_after_a_while(signed, make, at, after):
    signed.sign_in(make.staff())
    assert signed.client.get("/account").status_code == 200
    if after is sessions.LONGEST:
        for hour in range(1, 12):
            at(timedelta(hours=hour))
            assert signed.client.get("/account").status_code == 200

    at(after + timedelta(seconds=1))

    assert signed.client.get("/account").status_code == 302


def test_one_sees_ones_sessions_and_ends_another(signed, make):
    person = make.staff()
    make.session(person)
    signed.sign_in(person)
    page = signed.get("/account")
    assert len(page.select(".sessions li")) == 2
    other = next(li for li in page.select(".sessions li") if "this one" not in li.get_text())

    action = other.form["action"]
    token = other.select_one("input[name=csrf_token]")["value"]
    signed.client.post(action, data={"csrf_token": token})

    assert len(signed.get("/account").select(".sessions li")) == 1


def test_nobody_ends_a_session_of_somebody_else(signed, make):
    victim, thief = make.staff(), make.staff("gbmp")
    make.session(victim)
    with signed.client.application.app_context():
        digest = db.session.scalar(select(AccountSession.digest))
    signed.sign_in(thief)
    token = signed.get("/account").select_one("input[name=csrf_token]")["value"]

    signed.client.post(f"/account/sessions/{digest}/end", data={"csrf_token": token})

    assert count_sessions(signed.client.application) == 2


def test_a_new_password_ends_every_other_session(signed, make):
    person = make.staff()
    make.session(person)
    signed.sign_in(person)

    answer = signed.send(
        "/account/password", form="form.question", password="four green mills turn"
    )

    assert answer.location.startswith("/account?")
    assert count_sessions(signed.client.application) == 1


def test_signing_out_ends_the_session_on_the_server(signed, make):
    signed.sign_in(make.staff())
    token = signed.get("/account").select_one("input[name=csrf_token]")["value"]

    signed.client.post("/account/sign-out", data={"csrf_token": token})

    assert count_sessions(signed.client.application) == 0


def test_a_public_page_asks_no_session_table_without_a_cookie(signed):
    assert "Set-Cookie" not in signed.client.get("/services").headers
