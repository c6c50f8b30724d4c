"""Kills every process of the portal at random moments under load, and counts what is left.

Each request that was acknowledged must be there exactly once, with its events and its letter;
one that was not may be there too, but never in part.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from portal.config import Settings, secret_key
from tests.bench.asking import Client, Log, Request, Visitor, consent_marks
from tests.journeys.live_portal import free_port, wait_until_ready
from tooling.places import ROOT

TIMES = 200
CLIENTS = 6
SLUGS = ["massmep-lean", "massmep-quality", "massmep-cyber", "massmep-cnc", "massmep-growth"]
SHORTEST_S, LONGEST_S = 0.0, 1.0
WARM_S = 10.0


@dataclass(frozen=True)
class Found:
    """What was found at the end; everything but `requests` and `confirmed` must be zero."""

    kills: int
    tried: int
    requests: int
    confirmed: int
    lost: int
    twice: int
    without_event: int
    without_letter: int
    in_part: int
    server_errors: tuple[str, ...]
    damage: str

    @property
    def is_whole(self) -> bool:
        """Whether nothing that was acknowledged is missing, double or torn."""
        faults = (self.lost, self.twice, self.without_event, self.without_letter, self.in_part)
        return not any(faults) and not self.server_errors and self.damage == "ok"


def main() -> None:
    """Kill TIMES times and print the counts."""
    with tempfile.TemporaryDirectory() as folder:
        found = killed(Path(folder) / "instance", times=TIMES)
    for name, value in vars(found).items():
        shown = ", ".join(value) or 0 if isinstance(value, tuple) else value
        print(f"{name.replace('_', ' '):18} {shown}")
    if not found.is_whole:
        raise SystemExit("Something was lost or torn.")


def killed(instance: Path, *, times: int) -> Found:
    """Load a portal, kill its processes, start it anew, again and again; then look.

    Args:
        instance: folder for it, made when missing.
        times: how often everything is killed.
    """
    instance.mkdir(parents=True, exist_ok=True)
    log, database = Log(), instance / "portal.sqlite3"
    marks: dict[str, str] = {}
    dice = random.Random()
    for _ in range(times):
        with running(instance) as (url, processes):
            marks = marks or consent_marks(Visitor(url, log), SLUGS)
            secret, stop = secret_key(Settings(instance=instance)), threading.Event()
            clients = [
                Client(url, database, marks=marks, secret=secret, log=log, stop=stop)
                for _ in range(CLIENTS)
            ]
            for client in clients:
                client.start()
            log.answered.clear()
            log.answered.wait(WARM_S)  # the first answer of a cold process takes longest
            stop.wait(dice.uniform(SHORTEST_S, LONGEST_S))
            for process in processes:
                process.send_signal(signal.SIGKILL)
            stop.set()
            for client in clients:
                client.join()
    with running(instance):
        return looked_at(database, log, times)


@contextmanager
def running(instance: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Run server and worker; no mail server answers, so that letters stay in the outbox."""
    port, log = free_port(), instance.with_name("portal.log")
    environment = {
        **os.environ,
        "PORTAL_INSTANCE": str(instance),
        "DATABASE_URL": "",
        "PORTAL_SMTP_URL": f"smtp://127.0.0.1:{free_port()}",
    }
    commands = [
        [sys.executable, "-m", "tests.bench.uncapped", "--port", str(port)],
        [sys.executable, "-m", "flask", "--app", "wsgi", "worker"],
    ]
    processes: list[subprocess.Popen[bytes]] = []
    with log.open("a") as output:
        try:
            for command in commands:
                processes.append(
                    subprocess.Popen(
                        command, cwd=ROOT, env=environment, stdout=output, stderr=output
                    )
                )
                if len(processes) == 1:
                    wait_until_ready(f"http://127.0.0.1:{port}/ready", processes[0], log)
            yield f"http://localhost:{port}", processes
        finally:
            for process in processes:
                process.kill()
                process.wait()


def looked_at(database: Path, log: Log, kills: int) -> Found:
    """Compare what was acknowledged with what is in the database."""
    with sqlite3.connect(database) as db:
        counts = [_counts(db, request) for request in log.asked.values()]
        return Found(
            kills=kills,
            tried=log.tried,
            requests=len(log.asked),
            confirmed=sum(request.is_confirmed for request in log.asked.values()),
            lost=sum(not one["episodes"] for one in counts),
            twice=sum(one["episodes"] > 1 or one["events_twice"] > 0 for one in counts),
            without_event=sum(one["missing_events"] > 0 for one in counts),
            without_letter=sum(one["letters"] < 1 for one in counts),
            in_part=_torn(db),
            server_errors=tuple(log.server_errors),
            damage=str(db.execute("pragma integrity_check").fetchone()[0]),
        )


def _counts(db: sqlite3.Connection, request: Request) -> dict[str, int]:
    """Count what belongs to one acknowledged request."""
    moves = ["draft", "awaiting_confirmation", *(["sent"] if request.is_confirmed else [])]
    rows = db.execute(
        "select e.action, count(*) from referral_episode p join referral r on r.episode_id = p.id "
        "join referral_event e on e.referral_id = r.id where p.idempotency_key = ? "
        "and e.kind = 'move' group by e.action",
        (request.key,),
    )
    made, wanted = dict(rows.fetchall()), len(request.slugs)
    return {
        "episodes": _one(
            db, "select count(*) from referral_episode where idempotency_key = ?", request.key
        ),
        "missing_events": sum(made.get(move, 0) < wanted for move in moves),
        "events_twice": sum(number > wanted for number in made.values()),
        "letters": _one(
            db, "select count(*) from outbox_message where recipient = ?", request.email
        ),
    }


def _torn(db: sqlite3.Connection) -> int:
    """Count what is there in part: a request without its letter, a referral without its log."""
    return sum(
        _one(db, query)
        for query in (
            "select count(*) from referral_episode where id not in "
            "(select episode_id from referral)",
            "select count(*) from referral r where status <> (select action from referral_event e "
            "where e.referral_id = r.id and e.kind = 'move' order by number desc limit 1)",
            "select count(*) from referral_details d where not exists "
            "(select 1 from outbox_message m where m.recipient = d.email)",
            "select count(*) from referral_event e where number > 1 and previous <> "
            "(select digest from referral_event b where b.number = e.number - 1)",
        )
    )


def _one(db: sqlite3.Connection, query: str, *values: str) -> int:
    number: int = db.execute(query, values).fetchone()[0]
    return number
