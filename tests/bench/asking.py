"""Companies that ask and confirm over HTTP as fast as they can, and know what was acknowledged."""

from __future__ import annotations

import random
import re
import secrets
import sqlite3
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests
from bs4 import BeautifulSoup

from portal.referrals import stamps

CONFIRM = re.compile(r"/referrals/confirm/([\w-]+)")
TIMEOUT_S = 20
MOST = 3  # programs in one request
CONFIRMING = 0.7  # the share of requests that their company confirms at once


@dataclass
class Request:
    """A request of one company, and what the portal acknowledged of it."""

    key: str
    email: str
    slugs: tuple[str, ...]
    is_confirmed: bool = False


@dataclass
class Log:
    """What several clients were told."""

    asked: dict[str, Request] = field(default_factory=dict)
    tried: int = 0
    server_errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    answered: threading.Event = field(default_factory=threading.Event)


class Visitor:
    """A browser without scripts: keeps cookies, follows no redirect."""

    def __init__(self, url: str, log: Log) -> None:
        self.url, self.log = url, log
        self.session = requests.Session()

    def get(self, path: str) -> BeautifulSoup:
        """Open a page."""
        return BeautifulSoup(self._asked("GET", path).text, "html.parser")

    def post(self, path: str, data: dict[str, object]) -> bool:
        """Send a form; returns whether it was acknowledged by leading on."""
        return self._asked("POST", path, data).status_code in (302, 303)

    def _asked(
        self, method: str, path: str, data: dict[str, object] | None = None
    ) -> requests.Response:
        answer = self.session.request(
            method, self.url + path, data=data, timeout=TIMEOUT_S, allow_redirects=False
        )
        self.log.answered.set()
        if answer.status_code >= 500:
            with self.log.lock:
                self.log.server_errors.append(f"{answer.status_code} {method} {path}")
        return answer


def consent_marks(visitor: Visitor, slugs: list[str]) -> dict[str, str]:
    """Return what the form sends when a program is ticked, by slug."""
    marks = {}
    for slug in slugs:
        box = visitor.get(f"/services/{slug}/refer").select_one("input[name=consent]")
        if box is None:
            raise LookupError(f"the form of {slug} asks for no consent")
        marks[slug] = str(box["value"])
    return marks


def mailed_token(database: Path, email: str) -> str | None:
    """Read the link to confirm from the letter that waits in the outbox."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=TIMEOUT_S) as db:
        rows = db.execute(
            "select text from outbox_message where recipient = ? order by created_at", (email,)
        ).fetchall()
    found = (CONFIRM.search(text) for (text,) in rows)
    return next((match.group(1) for match in found if match), None)


class Client(threading.Thread):
    """One company after the other, until told to stop or the portal is gone."""

    def __init__(
        self,
        url: str,
        database: Path,
        *,
        marks: dict[str, str],
        secret: str,
        log: Log,
        stop: threading.Event,
        most: int | None = None,
    ) -> None:
        super().__init__(daemon=True)
        self.visitor, self.database, self.marks = Visitor(url, log), database, marks
        self.secret, self.log, self.ended, self.most = secret, log, stop, most
        self.dice = random.Random()

    def run(self) -> None:
        """Ask, and mostly confirm."""
        done = 0
        try:
            while not self.ended.is_set() and (self.most is None or done < self.most):
                done += 1
                request = self._ask()
                if request is not None and self.dice.random() < CONFIRMING:
                    self._confirm(request)
        except requests.RequestException:
            return  # the portal is gone; what was under way was not acknowledged

    def _ask(self) -> Request | None:
        slugs = tuple(self.dice.sample(sorted(self.marks), self.dice.randint(1, MOST)))
        key = secrets.token_hex(16)
        shown = datetime.now(UTC) - timedelta(seconds=30)
        request = Request(key, f"{key}@shop.example", slugs)
        with self.log.lock:
            self.log.tried += 1
        path = "/refer?" + "&".join(f"service={slug}" for slug in slugs)
        is_acknowledged = self.visitor.post(
            path,
            {
                "stamp": stamps.signed(stamps.Stamp(shown, key), self.secret),
                "need_text": f"We want less scrap, request {key}.",
                "name": "Ada Smith",
                "email": request.email,
                "consent": [self.marks[slug] for slug in slugs],
            },
        )
        if not is_acknowledged:
            return None
        with self.log.lock:
            self.log.asked[key] = request
        return request

    def _confirm(self, request: Request) -> None:
        token = mailed_token(self.database, request.email)
        if token is None:
            return
        path = f"/referrals/confirm/{token}"
        hidden = self.visitor.get(path).select_one("main form input[name=csrf_token]")
        if hidden is not None:
            request.is_confirmed = self.visitor.post(
                path, {"csrf_token": hidden["value"], "do": "send"}
            )
