"""A plan by mail: to whoever asks, the plan of this address only, not too often, then forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.database import write_unit
from portal.directory.operations import load_catalog
from portal.extensions import db
from portal.mail.models import OutboxMessage
from portal.mail.operations import Letter
from portal.mail.worker import deliver_due, transport_of
from portal.wizard import pace as pace_module
from portal.wizard.operations import (
    MOST_A_DAY_TO_ONE,
    MOST_AN_HOUR,
    TooManyPlansError,
    send_plan,
)
from portal.wizard.pace import MOST_AN_HOUR_OF_ONE, Pace
from tests.browser import Browser
from tests.conftest import DATA, NOON, make_app

PLAN = "county=Worcester&employees=25&need=scrap&topic=Buy+our+pills&v=1"
FORM = f"/find/email?{PLAN}"


@pytest.fixture
def portal(tmp_path: Path) -> Flask:
    """A portal with the catalogue, to write into."""
    app = make_app(tmp_path)
    with app.app_context(), write_unit():
        load_catalog(DATA, state_code="MA", now=NOON)
        db.session.commit()
        db.session.remove()
    return app


@pytest.fixture
def visitor(portal: Flask) -> Browser:
    return Browser(portal)


def ask(visitor: Browser, email: str, path: str = FORM):
    """Open the form and send it with its token."""
    token = visitor.get(path).select_one("input[name=csrf_token]")["value"]
    return visitor.client.post(path, data={"email": email, "csrf_token": token})


def rows(portal: Flask) -> list[OutboxMessage]:
    with portal.app_context():
        found = list(db.session.scalars(select(OutboxMessage)))
        db.session.remove()
    return found


def test_a_plan_is_queued_delivered_and_then_forgotten(portal, visitor):
    answer = ask(visitor, "owner@example.com")

    assert answer.status_code == 302
    assert "sent=1" in answer.location
    assert [row.recipient for row in rows(portal)] == ["owner@example.com"]
    settings = portal.config["PORTAL"]
    with portal.app_context():
        assert deliver_due(transport_of(settings), settings) == 1
        db.session.remove()
    (row,) = rows(portal)
    assert (row.status, row.recipient, row.subject, row.text, row.html) == ("sent", "", "", "", "")
    (file,) = (settings.instance / "mail").iterdir()
    message = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
    assert message["To"] == "owner@example.com"
    assert message["Subject"].startswith("Plan for a company with 25 people in Worcester County")
    text = message.get_body(("plain",)).get_content()
    assert "WHAT TO DO FIRST" in text
    assert "/find/results?county=Worcester&employees=25&need=scrap" in text
    assert "You get this because" in text
    assert "<h1" in message.get_body(("html",)).get_content()


def test_words_of_the_asker_are_in_no_letter(portal, visitor):
    ask(visitor, "stranger@example.com")

    (row,) = rows(portal)
    for said in (row.subject, row.text, row.html):
        assert "pills" not in said
        assert "topic=" not in said


def test_a_letter_is_said_to_be_on_its_way_only_when_it_is_and_once(portal, visitor):
    assert "It is on its way" not in visitor.get(f"{FORM}&sent=1").text

    there = ask(visitor, "owner@example.com").location

    assert "It is on its way" in visitor.get(there).text
    assert "It is on its way" not in visitor.get(there).text


@pytest.mark.parametrize(
    "email",
    [
        "",
        "nobody",
        "a@example.com, b@example.com",
        "a@example.com\r\nBcc: b@example.com",
        "jösé@example.com",
        "jose@exämple.com",
        "\uff4aose@example.com",
        "=?utf-8?q?x?=@example.org",
    ],
)
def test_anything_but_one_address_is_refused_beside_the_field(portal, visitor, email):
    answer = ask(visitor, email)

    assert answer.status_code == 400
    assert b"usa-error-message" in answer.data
    assert not rows(portal)


def test_one_address_gets_only_so_many_plans_a_day(portal, visitor):
    for _ in range(MOST_A_DAY_TO_ONE):
        assert ask(visitor, "owner@example.com").status_code == 302

    again = ask(visitor, "OWNER@example.com ")
    other = ask(visitor, "other@example.com")

    assert again.status_code == 429
    assert b"sent already" in again.data
    assert other.status_code == 302
    assert len(rows(portal)) == MOST_A_DAY_TO_ONE + 1


def test_addresses_of_one_mailbox_share_its_limit(portal, visitor):
    for n in range(MOST_A_DAY_TO_ONE):
        assert ask(visitor, f"owner+{n}@example.com").status_code == 302

    assert ask(visitor, "Owner+more@Example.com").status_code == 429
    assert ask(visitor, "owner@example.org").status_code == 302


def test_one_client_cannot_use_up_what_everybody_may_send(portal, visitor, monkeypatch):
    for n in range(MOST_AN_HOUR_OF_ONE):
        assert ask(visitor, f"a{n}@example.com").status_code == 302

    again = ask(visitor, "more@example.com")
    visitor.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    other = ask(visitor, "neighbor@example.com")

    assert (again.status_code, other.status_code) == (429, 302)
    later = clock.now() + timedelta(hours=1, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    visitor.client.environ_base["REMOTE_ADDR"] = "127.0.0.1"
    assert ask(visitor, "more@example.com").status_code == 302


def test_all_together_get_only_so_many_plans_an_hour(portal):
    letter = Letter("plan", "en", "Your plan", "Text", "<p>Text</p>")
    with portal.app_context(), write_unit():
        for n in range(MOST_AN_HOUR):
            send_plan(letter, to=f"a{n}@example.com", key="k", now=NOON)

        with pytest.raises(TooManyPlansError):
            send_plan(letter, to="more@example.com", key="k", now=NOON)
        send_plan(letter, to="more@example.com", key="k", now=NOON + timedelta(minutes=61))
        db.session.rollback()
        db.session.remove()


def test_a_connection_is_one_client_whatever_address_of_its_network_it_takes():
    pace = Pace()
    for n in range(MOST_AN_HOUR_OF_ONE):
        assert pace.allows(f"2001:db8:0:1::{n:x}", NOON)

    assert not pace.allows("2001:db8:0:1:ffff::1", NOON)
    assert pace.allows("2001:db8:0:2::1", NOON)


def test_only_so_many_clients_are_remembered(monkeypatch):
    monkeypatch.setattr(pace_module, "MOST_CLIENTS", 3)
    pace = Pace()
    for n in range(20):
        pace.allows(f"192.0.2.{n}", NOON)

    assert len(pace._asked) == 3


def test_the_next_day_it_may_be_asked_again(portal, visitor, monkeypatch):
    for _ in range(MOST_A_DAY_TO_ONE):
        ask(visitor, "owner@example.com")
    later = clock.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert ask(visitor, "owner@example.com").status_code == 302


def test_a_form_without_its_token_sends_nothing(portal, visitor):
    answer = visitor.client.post(FORM, data={"email": "owner@example.com"})

    assert answer.status_code == 400
    assert not rows(portal)


def test_opening_the_form_sends_nothing(portal, visitor):
    visitor.get(FORM)
    visitor.get(f"{FORM}&sent=1&email=owner%40example.com")

    assert not rows(portal)


def test_a_letter_speaks_the_language_of_its_page(portal, visitor):
    ask(visitor, "dueno@example.com", f"/es{FORM}")

    (row,) = rows(portal)
    assert row.language == "es"
    assert "What to do first" not in row.text
    assert "/es/find/results?" in row.text


def test_moments_of_the_outbox_are_aware(portal, visitor):
    ask(visitor, "owner@example.com")

    (row,) = rows(portal)
    assert isinstance(row.created_at, datetime)
    assert row.created_at.utcoffset() == timedelta(0)
