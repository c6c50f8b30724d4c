"""Prints what signing in costs beside the hash, and how 1,000 letters leave through real SMTP."""

from __future__ import annotations

import statistics
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path

from aiosmtpd.controller import Controller

from portal import clock, create_app
from portal.accounts.hashing import hash_password, is_password
from portal.config import Settings
from portal.database import write_unit
from portal.extensions import db
from portal.mail import operations
from portal.mail.operations import Letter
from portal.mail.transport import SmtpTransport
from portal.mail.worker import deliver_due
from tests.bench.portals import filled_app, free_port
from tests.factories import PASSWORD, Make
from tests.signed_browser import SignedBrowser

ROUNDS = 20
LETTERS = 1_000
DOWN_S = 60


def main() -> None:
    """Print both."""
    with tempfile.TemporaryDirectory() as folder:
        _sign_in(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        _letters(Path(folder))


def _sign_in(folder: Path) -> None:
    app = filled_app(folder)
    app.config["WTF_CSRF_ENABLED"] = False
    make, hashed = Make(app), hash_password(PASSWORD)
    hashes, whole = [], []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        is_password(hashed, PASSWORD)
        hashes.append(time.perf_counter() - began)
        person = make.account(of=("massmep",), password_hash=hashed)
        client = SignedBrowser(app, make).client
        began = time.perf_counter()
        answer = client.post("/account/sign-in", data={"email": person.email, "password": PASSWORD})
        whole.append(time.perf_counter() - began)
        if answer.status_code != 302:
            raise RuntimeError(f"signing in answered {answer.status_code}")
    one, all_ = statistics.median(hashes) * 1e3, statistics.median(whole) * 1e3
    print(f"argon2id (19 MiB, t=2, p=1), median  {one:6.1f} ms")
    print(f"signing in beside it, median         {all_ - one:6.1f} ms")


class _Mailbox:
    """Keeps the addresses that it was given mail for."""

    def __init__(self) -> None:
        self.kept: list[str] = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  aiosmtpd's name
        self.kept += envelope.rcpt_tos
        return "250 kept"


def _letters(folder: Path) -> None:
    """Queue letters while the server is down, start it after a minute, and wait for the last."""
    port = free_port()
    settings = Settings(
        instance=folder,
        testing=True,
        smtp_url=f"smtp://127.0.0.1:{port}",
        mail_from="portal@example.gov",
    )
    filled_app(folder)
    app = create_app(settings)
    letter = Letter("bench", "en", "A letter", "Text", "<p>Text</p>")
    with app.app_context():
        with write_unit():
            for number in range(LETTERS):
                operations.queue_message(
                    letter, to=f"owner{number}@example.com", key="k", now=clock.now()
                )
            db.session.commit()
        mailbox = _Mailbox()
        controller = Controller(mailbox, hostname="127.0.0.1", port=port)
        starter = threading.Timer(DOWN_S, controller.start)
        starter.start()
        began, pause = time.perf_counter(), threading.Event()
        transport = SmtpTransport(settings.smtp_url)
        while len(mailbox.kept) < LETTERS and time.perf_counter() - began < 300:
            deliver_due(transport, settings)
            pause.wait(1)
        took = timedelta(seconds=round(time.perf_counter() - began))
        controller.stop()
        db.session.remove()
    print(
        f"{LETTERS} letters, server down for {DOWN_S} s: {len(mailbox.kept)} delivered "
        f"({len(set(mailbox.kept))} different) after {took}"
    )
