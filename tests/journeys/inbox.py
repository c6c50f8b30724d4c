"""A real SMTP server whose letters a journey reads and whose links it opens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from threading import Condition

from aiosmtpd.controller import Controller

from tests.journeys.live_portal import free_port

WITHIN_SECONDS = 30


class Inbox:
    """Every letter that was delivered, the oldest first."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self._came = Condition()

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  aiosmtpd's name
        letter = BytesParser(policy=policy.default).parsebytes(envelope.content)
        with self._came:
            self.letters.append(letter)
            self._came.notify_all()
        return "250 kept"

    def link_to(self, address: str, path: str) -> str:
        """Wait for a letter to somebody and return its link to a path, without the host."""
        pattern = re.compile(rf"http://localhost:\d+({re.escape(path)}[\w-]+)")

        def found() -> str | None:
            texts = [
                letter.get_body(("plain",)).get_content()
                for letter in self.letters
                if letter["To"] == address
            ]
            return next((link[1] for text in texts if (link := pattern.search(text))), None)

        with self._came:
            link = self._came.wait_for(found, WITHIN_SECONDS)
        assert link, f"no letter to {address} with {path}; came: {[m['To'] for m in self.letters]}"
        return link


@contextmanager
def started_inbox() -> Iterator[tuple[Inbox, str]]:
    """Take letters until the end of the block; gives the inbox and its address as a setting."""
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield inbox, f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop()
