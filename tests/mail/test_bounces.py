"""Delivery reports in the form of RFC 3464: which message of ours did not arrive, and why."""

from __future__ import annotations

import uuid

import pytest

from portal import clock
from portal.database import write_unit
from portal.extensions import db
from portal.mail.bounces import Bounce, bounce_of
from portal.mail.models import FAILED, SENT, OutboxMessage
from portal.mail.operations import Letter, queue_message, settle_sent

KEY = "0123456789abcdef0123456789abcdef"


def report(key: str = KEY, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    return f"""\
From: MAILER-DAEMON@mx.example.org
To: portal@example.gov
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain

The mail system could not deliver <ana@example.org>.

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Tue, 24 Nov 2026 10:00:00 -0500

Final-Recipient: rfc822; ana@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user

--cut
Content-Type: text/rfc822-headers

Message-ID: <{key}@example.gov>
From: portal@example.gov
To: ana@example.org

--cut--
""".replace("\n", "\r\n").encode()


def test_a_report_of_a_failure_names_the_message_and_the_reason():
    assert bounce_of(report()) == Bounce(KEY, "5.1.1")


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_a_report_of_anything_else_is_no_bounce(action):
    assert bounce_of(report(action=action, status="4.4.1")) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"Subject: Out of office\r\n\r\nI am away. <0123456789abcdef0123456789abcdef@example.gov>",
        report("not-one-of-ours"),
        report()[:400],
    ],
)
def test_other_mail_is_no_bounce(raw):
    assert bounce_of(raw) is None


def queued(app) -> str:
    with app.app_context(), write_unit():
        letter = Letter(purpose="plan", language="en", subject="S", text="T", html="H")
        message = queue_message(letter, to="ana@example.org", key="k", now=clock.now())
        settle_sent(message, clock.now())
        db.session.commit()
        return message.id.hex


def test_the_command_takes_a_report_down_and_managers_see_it(writable_app, signed, make):
    key = queued(writable_app)

    answer = writable_app.test_cli_runner().invoke(args=["mail", "bounced"], input=report(key))

    assert answer.output == "Taken down.\n"
    with writable_app.app_context():
        message = db.session.get_one(OutboxMessage, uuid.UUID(key))
        assert (message.status, message.last_error) == (FAILED, "bounced 5.1.1")
    signed.sign_in(make.manager())
    page = signed.get("/manage/mail").text
    assert "came back" in page
    assert "bounced 5.1.1" in page


def test_a_report_about_a_message_of_another_portal_changes_nothing(writable_app):
    key = queued(writable_app)

    answer = writable_app.test_cli_runner().invoke(args=["mail", "bounced"], input=report("f" * 32))

    assert answer.output == "No message of this portal.\n"
    with writable_app.app_context():
        assert db.session.get_one(OutboxMessage, uuid.UUID(key)).status == SENT


def test_managers_see_states_and_not_the_letters(writable_app, signed, make):
    folder = writable_app.config["PORTAL"].instance / "mail"
    folder.mkdir(parents=True)
    (folder / f"{KEY}.eml").write_text("Subject: A secret link\nTo: ana@example.org\n\nText\n")
    signed.sign_in(make.manager())

    assert "A secret link" not in signed.get("/manage/mail").text
    assert signed.client.get(f"/manage/mail/{KEY}").status_code == 403
