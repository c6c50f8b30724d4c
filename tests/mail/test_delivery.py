"""The outbox and a real SMTP server: delivered once, put off, refused, or uncertain, never lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.config import Settings
from portal.database import write_unit
from portal.extensions import db
from portal.mail import operations
from portal.mail import worker as worker_module
from portal.mail.models import FAILED, QUEUED, SENT, UNCERTAIN, OutboxMessage
from portal.mail.operations import Letter
from portal.mail.transport import SmtpTransport
from portal.mail.worker import Worker, deliver_due
from tests.conftest import NOON
from tests.journeys.live_portal import free_port

LETTER = Letter("plan", "en", "Your plan", "Text\n.\nwith a dot alone", "<p>Text</p>")


class Mailbox:
    """What an SMTP server does with a message; `answer` is what it says after DATA."""

    def __init__(self, answer: str = "250 kept", refuse: str = "", drop: bool = False) -> None:
        self.answer, self.refuse, self.drop = answer, refuse, drop
        self.kept: list = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802  aiosmtpd's name
        self.kept.append(envelope)
        if self.drop:
            server.transport.abort()
        return self.answer


@contextmanager
def server(mailbox: Mailbox, port: int | None = None) -> Iterator[Settings]:
    controller = Controller(mailbox, hostname="127.0.0.1", port=port or free_port())
    controller.start()
    try:
        yield settings_for(controller.port)
    finally:
        controller.stop()


def settings_for(port: int) -> Settings:
    return Settings(
        instance=None, smtp_url=f"smtp://127.0.0.1:{port}", mail_from="portal@example.gov"
    )


@pytest.fixture
def outbox(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        yield app
        db.session.remove()


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch):
    """Set the clock."""

    def set_clock(after: timedelta = timedelta()) -> None:
        monkeypatch.setattr(clock, "now", lambda: NOON + after)

    set_clock()
    return set_clock


def queue(to: str = "owner@example.com") -> None:
    with write_unit():
        operations.queue_message(LETTER, to=to, key="k", now=clock.now())
        db.session.commit()


def deliver(settings: Settings) -> int:
    return deliver_due(SmtpTransport(settings.smtp_url), settings)


def stored() -> list[OutboxMessage]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.created_at)))


def test_a_message_is_delivered_once_whole_and_forgotten(outbox, now):
    mailbox = Mailbox()
    queue()

    with server(mailbox) as settings:
        tried = [deliver(settings), deliver(settings)]

    (envelope,) = mailbox.kept
    (row,) = stored()
    assert tried == [1, 0]
    assert envelope.rcpt_tos == ["owner@example.com"]
    assert b"\r\nwith a dot alone" in envelope.content
    assert (row.status, row.recipient, row.text) == (SENT, "", "")


def test_the_message_id_is_the_same_at_each_attempt(outbox, now):
    queue()
    busy, ready = Mailbox(answer="451 later"), Mailbox()

    with server(busy) as settings:
        deliver(settings)
    now(timedelta(minutes=2))
    with server(ready) as settings:
        deliver(settings)

    ids = [
        next(line for line in e.content.splitlines() if line.startswith(b"Message-ID"))
        for e in (*busy.kept, *ready.kept)
    ]
    assert len(ids) == 2
    assert ids[0] == ids[1]


def test_a_server_that_is_down_is_asked_again_later_for_three_days(outbox, now):
    queue()
    settings = settings_for(free_port())

    deliver(settings)
    (row,) = stored()
    assert (row.status, row.attempts) == (QUEUED, 1)
    assert row.next_attempt_at == NOON + timedelta(seconds=30)
    assert deliver(settings) == 0

    now(timedelta(hours=71))
    assert deliver(settings) == 1
    assert stored()[0].status == QUEUED
    now(timedelta(hours=76))
    deliver(settings)
    (row,) = stored()
    assert (row.status, row.recipient) == (FAILED, "")


def test_a_server_that_is_down_is_asked_once_a_round_and_gets_all_once_it_is_back(outbox, now):
    for number in range(5):
        queue(f"owner{number}@example.com")
    mailbox, port = Mailbox(), free_port()

    assert deliver(settings_for(port)) == 1
    with server(mailbox, port) as settings:
        assert deliver(settings) == 4
        now(timedelta(minutes=1))
        assert deliver(settings) == 1

    assert sorted(e.rcpt_tos[0] for e in mailbox.kept) == [
        f"owner{number}@example.com" for number in range(5)
    ]


def test_a_password_that_the_server_does_not_take_loses_no_message(outbox, now):
    queue()
    controller = Controller(
        Mailbox(),
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=lambda *_: AuthResult(success=False, handled=False),
        auth_require_tls=False,
    )
    controller.start()
    try:
        address = f"smtp://portal:old@127.0.0.1:{controller.port}"
        deliver(Settings(instance=None, smtp_url=address, mail_from="portal@example.gov"))
    finally:
        controller.stop()

    (row,) = stored()
    assert (row.status, row.last_error) == (QUEUED, "535")


def test_pauses_grow_and_are_bounded(outbox, now):
    queue()
    settings = settings_for(free_port())
    pauses = []
    for _ in range(12):
        deliver(settings)
        (row,) = stored()
        pauses.append(row.next_attempt_at - clock.now())
        now(row.next_attempt_at - NOON)

    assert pauses[:4] == [timedelta(seconds=s) for s in (30, 60, 120, 240)]
    assert max(pauses) == operations.LONGEST_PAUSE


@pytest.mark.parametrize(
    ("mailbox", "status"),
    [
        (Mailbox(refuse="550 no such person"), FAILED),
        (Mailbox(refuse="450 mailbox busy"), QUEUED),
        (Mailbox(answer="554 not wanted"), FAILED),
        (Mailbox(answer="452 full"), QUEUED),
        (Mailbox(drop=True), UNCERTAIN),
    ],
    ids=["refused for good", "busy", "text refused", "full", "dropped after DATA"],
)
def test_what_a_server_says_decides_what_becomes_of_a_message(outbox, now, mailbox, status):
    queue()

    with server(mailbox) as settings:
        deliver(settings)

    (row,) = stored()
    assert row.status == status
    assert bool(row.recipient) == (status == QUEUED)
    assert row.last_error


def test_a_message_that_a_worker_has_is_not_taken_by_another(outbox, now):
    queue()
    with write_unit():
        first = operations.claim_next(clock.now())
        db.session.commit()

    with write_unit():
        second = operations.claim_next(clock.now())
        db.session.rollback()
    with write_unit():
        after_its_end = operations.claim_next(clock.now() + operations.LEASE)
        db.session.rollback()

    assert first is not None
    assert second is None
    assert after_its_end is not None


def test_several_workers_deliver_each_message_once(outbox, now):
    mailbox = Mailbox()
    for n in range(20):
        queue(f"owner{n}@example.com")

    def work(settings: Settings) -> None:
        with outbox.app_context():
            deliver(settings)
            db.session.remove()

    with server(mailbox) as settings:
        threads = [threading.Thread(target=work, args=(settings,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    delivered = sorted(address for envelope in mailbox.kept for address in envelope.rcpt_tos)
    assert delivered == sorted(f"owner{n}@example.com" for n in range(20))
    assert {row.status for row in stored()} == {SENT}


def test_an_empty_outbox_is_looked_into_without_the_lock_of_a_writer(outbox, now):
    with write_unit(), outbox.app_context():
        queue()
        db.session.remove()
    with server(Mailbox()) as settings:
        deliver(settings)

    with write_unit():
        db.session.execute(select(OutboxMessage))  # holds the lock
        done = []

        def look() -> None:
            with outbox.app_context():
                done.append(deliver(settings))
                db.session.remove()

        thread = threading.Thread(target=look)
        thread.start()
        thread.join(timeout=5)
        db.session.rollback()

    assert done == [0]


@pytest.mark.parametrize(
    "address",
    ["jösé@example.com", "jose@exämple.com", "=?utf-8?q?x?=@example.org", "no address", "a@b\nc"],
)
def test_a_message_that_cannot_be_written_keeps_no_other_waiting(outbox, now, address):
    mailbox = Mailbox()
    queue(address)
    queue("good@example.com")

    with server(mailbox) as settings:
        deliver(settings)

    assert [e.rcpt_tos for e in mailbox.kept if e.rcpt_tos == ["good@example.com"]]
    bad, good = sorted(stored(), key=lambda row: row.status)
    assert (bad.status, bad.recipient, good.status) == (FAILED, "", SENT)
    assert address not in bad.last_error


def test_a_message_that_no_transport_can_send_is_refused_and_the_next_one_tried(outbox, now):
    queue("first@example.com")
    queue("second@example.com")

    class Broken:
        def send(self, message):
            raise KeyError(str(message["To"]))

    tried = deliver_due(Broken(), settings_for(1))

    assert tried == 2
    assert {(row.status, row.last_error) for row in stored()} == {(FAILED, "KeyError")}


def test_a_message_that_was_claimed_too_often_is_given_up(outbox, now):
    queue()
    for n in range(operations.MOST_CLAIMS):
        with write_unit():
            assert operations.claim_next(NOON + n * operations.LEASE)
            db.session.commit()
    now(operations.MOST_CLAIMS * operations.LEASE)

    tried = deliver(settings_for(free_port()))

    (row,) = stored()
    assert tried == 0
    assert (row.status, row.recipient) == (FAILED, "")


def test_a_worker_survives_whatever_goes_wrong(outbox, now, monkeypatch):
    looks = []
    worker = Worker(outbox, settings_for(1))

    def fail_once(*_args):
        looks.append(1)
        if len(looks) == 1:
            raise RuntimeError
        worker.stop()

    monkeypatch.setattr(worker_module, "deliver_due", fail_once)
    monkeypatch.setattr(worker_module, "PAUSE_S", 0)
    worker.run()

    assert len(looks) == 2


def test_what_stands_for_an_address_is_deleted_after_a_day(outbox, now):
    queue()
    with server(Mailbox()) as settings:
        deliver(settings)
        assert stored()[0].recipient_digest
        now(timedelta(days=1, minutes=1))
        deliver(settings)

    assert stored()[0].recipient_digest == ""
