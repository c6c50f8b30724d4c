"""Lets staff move the same requests at the same time over HTTP, and compares with the log.

Every move that was acknowledged must be in the log once, and no other; what came too late is
answered with 409, nothing with 5xx.
"""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests
from bs4 import BeautifulSoup, Tag

from portal import create_app
from portal.config import Settings
from portal.extensions import db
from portal.referrals.chaining import first_broken
from tests.bench.portals import filled_app
from tests.factories import Make
from tests.journeys.live_portal import free_port, wait_until_ready
from tests.referrals.sent import send
from tooling.places import ROOT

CLIENTS, MOVES = 50, 40
REQUESTS = 200
PEOPLE = 10
TIMEOUT_S = 120


class Staff(threading.Thread):
    """Somebody who opens a request and makes one of the moves that its page offers."""

    def __init__(self, url: str, token: str, references: list[str], moves: int) -> None:
        super().__init__(daemon=True)
        self.url, self.references, self.moves = url, references, moves
        self.session = requests.Session()
        self.session.cookies.set("session", token, domain="localhost.local", path="/")
        self.dice = random.Random()
        self.statuses: Counter[int] = Counter()
        self.acknowledged: Counter[tuple[str, str]] = Counter()
        self.spans_s: list[float] = []

    def run(self) -> None:
        """Move what can be moved."""
        for _ in range(self.moves):
            self._move(self.dice.choice(self.references))

    def _move(self, reference: str) -> None:
        answer = self._asked("GET", f"/staff/requests/{reference}")
        page = BeautifulSoup(answer.text, "html.parser")
        forms = page.select("details.move form[action*='/staff/requests/']")
        form = self.dice.choice(forms)
        action = str(form["action"])
        sent = self._asked("POST", action, self._filled_in(form))
        if sent.status_code == 302:
            self.acknowledged[reference, action.rpartition("/")[2].replace("-", "_")] += 1

    def _asked(self, method: str, path: str, data: Any = None) -> requests.Response:
        began = time.perf_counter()
        answer = self.session.request(
            method,
            self.url + path,
            data=data,
            allow_redirects=False,
            timeout=TIMEOUT_S,
        )
        self.spans_s.append(time.perf_counter() - began)
        self.statuses[answer.status_code] += 1
        return answer

    def _filled_in(self, form: Tag) -> dict[str, object]:
        """Fill in every field with something that it takes."""
        data: dict[str, object] = {}
        for field in form.select("input[name], textarea[name], select[name]"):
            name, kind = str(field["name"]), str(field.get("type", field.name))
            if kind == "hidden":
                data[name] = field.get("value", "")
            elif kind == "radio":
                data.setdefault(name, self.dice.choice(_values(form, name)))
            elif kind == "date":
                data[name] = datetime.now(UTC).date() + timedelta(days=7 * ("contact" not in name))
            elif kind == "select":
                options = [option["value"] for option in field.select("option[value]")]
                data[name] = self.dice.choice([value for value in options if value] or [""])
            elif kind in ("text", "textarea") and "program" not in name:
                data[name] = "Grace Hopper"
        return data


def _values(form: Tag, name: str) -> list[str]:
    return [str(one["value"]) for one in form.select(f"input[type=radio][name='{name}']")]


def main() -> None:
    """Print what CLIENTS clients with MOVES moves each were told, and what the log says."""
    with tempfile.TemporaryDirectory() as folder:
        found = moved(Path(folder) / "instance", clients=CLIENTS, moves=MOVES)
    for name, value in found.items():
        print(f"{name:34} {value}")
    if found["5xx"] or found["not as acknowledged"] or found["chain broken at"]:
        raise SystemExit("A move was lost, made twice or torn.")


def moved(instance: Path, *, clients: int, moves: int, requests: int = REQUESTS) -> dict[str, Any]:
    """Let clients move requests, and compare."""
    instance.mkdir(parents=True)
    app = filled_app(instance)
    make = Make(app)
    tokens = [make.session(make.staff("massmep")) for _ in range(PEOPLE)]
    references = [send(app) for _ in range(requests)]
    began = time.perf_counter()
    with served(instance) as url:
        staff = [Staff(url, tokens[n % PEOPLE], references, moves) for n in range(clients)]
        for one in staff:
            one.start()
        for one in staff:
            one.join()
    statuses = sum((one.statuses for one in staff), Counter())
    told = sum((one.acknowledged for one in staff), Counter())
    with sqlite3.connect(instance / "portal.sqlite3") as database:
        logged = Counter(
            (reference, action)
            for reference, action in database.execute(
                "select r.reference, e.action from referral_event e "
                "join referral r on r.id = e.referral_id where e.actor_id is not null "
                "and e.kind = 'move'"
            )
        )
    told, logged = _by_move(told), _by_move(logged)
    with create_app(Settings(instance=instance, testing=True)).app_context():
        broken = first_broken()
        db.session.remove()
    spans = sorted(span for one in staff for span in one.spans_s)
    return {
        "clients × moves": f"{clients} × {moves} in {time.perf_counter() - began:.0f} s",
        "answers": dict(sorted(statuses.items())),
        "5xx": sum(number for status, number in statuses.items() if status >= 500),
        "acknowledged": sum(told.values()),
        "in the log": sum(logged.values()),
        "not as acknowledged": sum(((told - logged) + (logged - told)).values()),
        "chain broken at": broken or "",
        "median answer, ms": round(spans[len(spans) // 2] * 1e3, 1),
    }


def _by_move(counted: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Return the moves alone: notes and the like are told by other names in log and address."""
    return Counter({key: n for key, n in counted.items() if key[1] in _MOVES})


_MOVES = {
    "accepted",
    "declined",
    "information_requested",
    "contact_made",
    "waitlisted",
    "enrolled",
    "not_enrolled",
    "completed",
    "discontinued",
    "received",
}


@contextmanager
def served(instance: Path) -> Iterator[str]:
    """Serve the portal until the end of the block."""
    port, log = free_port(), instance.with_name("portal.log")
    environment = {**os.environ, "PORTAL_INSTANCE": str(instance), "DATABASE_URL": ""}
    with log.open("a") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "portal.serve", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
        )
        try:
            wait_until_ready(f"http://127.0.0.1:{port}/ready", process, log)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            process.wait()
