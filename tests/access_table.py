"""What six actors get at every route: `python -m tests.access_table` writes tests/access.csv anew.

A change of the table is read line by line before it is kept: each is somebody let in or kept out.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal import create_app
from portal.accounts.models import SUSPENDED
from portal.config import Settings
from portal.database import write_unit
from portal.directory.operations import load_catalog
from portal.extensions import db
from tests.factories import Make

TABLE = Path(__file__).parent / "access.csv"
ACTORS = ("anonymous", "staff_a", "staff_b", "manager", "administrator", "suspended")
METHODS = ("GET", "POST")
SAMPLES = {
    "slug": "massmep-lean",
    "token": "no-such-token",
    "digest": "0" * 64,
    "key": "0" * 32,
    "actor": "sme",
    "step": "need",
    "decision": "accept",
    "reference": "AAAA-AAAA",
}
OF_ORGANIZATIONS = ("organization", "claim")  # endpoints whose slug is an organization's


def address_of(app: Flask, rule: Rule) -> str:
    """Return an address of a route, its parameters filled in."""
    values: dict[str, object] = {}
    for name in rule.arguments:
        converter = type(rule._converters[name]).__name__
        if converter == "UUIDConverter":
            values[name] = uuid.UUID(int=7)
        elif converter == "IntegerConverter":
            values[name] = 1
        elif name == "slug" and any(part in rule.endpoint for part in OF_ORGANIZATIONS):
            values[name] = "massmep"
        elif converter == "AnyConverter":
            values[name] = SAMPLES.get(name) or sorted(rule._converters[name].items)[0]
        else:
            values[name] = SAMPLES.get(name, "massmep-lean")
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values)


def outcome(answer: TestResponse) -> str:
    """Say in one word what an actor got."""
    if answer.status_code == 403:
        return "forbidden"
    if answer.status_code in (301, 302, 303) and "/account/sign-in" in (answer.location or ""):
        return "sign-in"
    return "open"


def asked(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Give (endpoint, method, address) of every route and method."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule)):
        for method in METHODS:
            if method in (rule.methods or ()):
                yield rule.endpoint, method, address_of(app, rule)


class Actors:
    """One client for each actor, signed in."""

    def __init__(self, app: Flask) -> None:
        make = Make(app)
        people = {
            "staff_a": make.staff("massmep"),
            "staff_b": make.staff("gbmp"),
            "manager": make.manager(),
            "administrator": make.administrator(),
            "suspended": make.account(of=("massmep",), status=SUSPENDED),
        }
        self.app, self.make, self.people = app, make, people

    def ask(self, actor: str, method: str, address: str) -> TestResponse:
        """Ask as somebody, with a session that is new."""
        client = self.app.test_client()
        if actor in self.people:
            client.set_cookie("session", self.make.session(self.people[actor]), domain="localhost")
        return client.open(address, method=method)


def open_app(folder: Path) -> Flask:
    """Return a portal with the catalogue whose forms need no token, so that only rights count."""
    import flask_migrate  # noqa: PLC0415  only here

    app = create_app(Settings(instance=folder, testing=True))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context(), write_unit():
        flask_migrate.upgrade()
        load_catalog(Path(__file__).parent.parent / "portal" / "data", state_code="MA", now=_now())
        db.session.commit()
        db.session.remove()
    return app


def _now():  # type: ignore[no-untyped-def]
    from tests.conftest import NOON  # noqa: PLC0415  conftest imports the factories

    return NOON


def read_table() -> dict[tuple[str, str], dict[str, str]]:
    """Return (endpoint, method) → actor → outcome."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {(row["endpoint"], row["method"]): row for row in csv.DictReader(file)}


def main() -> int:
    """Write the table as the portal answers now."""
    with tempfile.TemporaryDirectory() as folder:
        app = open_app(Path(folder))
        actors = Actors(app)
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ["endpoint", "method", *ACTORS], lineterminator="\n")
            writer.writeheader()
            for endpoint, method, address in asked(app):
                row = {a: outcome(actors.ask(a, method, address)) for a in ACTORS}
                writer.writerow({"endpoint": endpoint, "method": method, **row})
    return 0


if __name__ == "__main__":
    sys.exit(main())
