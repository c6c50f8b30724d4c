"""A denied write leaves the database as it was, byte for byte: every route, method and actor.

Bodies are those of the real forms, filled as their pages fill them, sent with a token that is
valid for the session that sends it: only rights stand between them and the database.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from portal.database import write_unit
from portal.extensions import db
from portal.permissions import PUBLIC, access_of
from tests.access_table import (
    ACTORS,
    SAMPLES,
    Actors,
    address_of,
    asked,
    open_app,
    outcome,
    read_table,
)
from tests.imports.sending import as_csv, previewed, program
from tests.listings.editing import LEAN, send
from tests.referrals import sent
from tests.signed_browser import SignedBrowser

DENIED = ("forbidden", "sign-in")
# All that a denied request may write: when somebody was last seen, and how often something was
# tried. None stands for all columns of a table.
MAY_DIFFER: dict[str, set[str] | None] = {"account_session": {"seen_at"}, "attempt": None}
SIGNED_IN = ("/manage", "/staff", "/account")
# Sent by scripts, in the middle of signing in, or for what this portal holds none of.
WITHOUT_A_FORM = {
    "accounts.show_second_factor",
    "listing_history.restore",
    "listings.autosave_new",
    "listings.preview_new",
    "manage_accounts.decide_claim",
    "merging.compare_again",
    "merging.tell_apart",
    "passkeys.enrol",
    "passkeys.enrolment_options",
    "passkeys.proof_options",
    "passkeys.prove",
    "referral_held.keep",
    "referral_held.release",
    "referral_introductions.begin",
    "referral_manage.reopen",
    "referral_navigator.answer",
    "referral_navigator.unmet",
    "saved_replies.delete",
    "upkeep_staff.accept",
    "upkeep_staff.decline",
}
# For these.
ANY_BODY = {
    "name": "Changed",
    "email": "intruder@example.org",
    "role": "administrator",
    "status": "active",
    "organization": "massmep",
    "note": "Changed",
    "mode": "at-once",
    "do": "send",
    "base": "0",
    "seen": "1",
    "password": "three blue lathes hum along",
}


def test_the_digest_sees_every_column_but_those_that_may_differ(site):
    with closing(sqlite3.connect(site.database)) as connection:
        before = digest(connection)
        connection.execute("UPDATE account_session SET seen_at = '2026-01-01 00:00:00.000000'")
        assert digest(connection) == before
        connection.execute("UPDATE service SET position = position + 1 WHERE slug = 'massmep-lean'")
        assert digest(connection) != before
        connection.rollback()


@dataclass
class Form:
    """Where a form is sent, and what a browser would send with it."""

    action: str
    fields: dict[str, list[str]]


@dataclass
class Site:
    """A portal with something of everything in it, and its forms by endpoint."""

    app: Flask
    actors: Actors
    forms: dict[str, Form] = field(default_factory=dict)
    clients: dict[str, tuple[FlaskClient, str]] = field(default_factory=dict)

    @property
    def database(self) -> str:
        return str(self.app.config["PORTAL"].instance / "portal.sqlite3")

    def client(self, actor: str) -> tuple[FlaskClient, str]:
        """Return the client of an actor and a token that is valid for it."""
        if actor not in self.clients:
            client = self.app.test_client()
            people = self.actors.people
            if actor in people:
                token = self.actors.make.session(people[actor])
                client.set_cookie("session", token, domain="localhost")
            page = soup(client.get("/account", follow_redirects=True))
            self.clients[actor] = client, page.select_one("input[name=csrf_token]")["value"]
        return self.clients[actor]

    def send(self, actor: str, method: str, endpoint: str, address: str) -> TestResponse:
        """Send a form as an actor, its token made good."""
        client, token = self.client(actor)
        form = self.forms.get(endpoint)
        fields = {**ANY_BODY, **(form.fields if form else {}), "csrf_token": token}
        return client.open(
            form.action if form else address,
            method=method,
            data=fields,
            headers={"X-CSRFToken": token},
        )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    app = open_app(tmp_path_factory.mktemp("denied"))
    app.config["WTF_CSRF_ENABLED"] = True
    site = Site(app, Actors(app))
    people = site.actors.people
    browser = SignedBrowser(app, site.actors.make)
    browser.sign_in(people["staff_a"])
    send(browser, LEAN, short_description="A change that waits.")
    send(browser, "/staff/services/massmep-quality", do="save", name="A draft")
    browser.sign_in(people["manager"])
    browser.send(
        "/manage/contacts",
        form="form#add",
        organization="massmep",
        email="ann@example.org",
        name="Ann",
        language="en",
    )
    previewed(browser, programs_csv=as_csv([program()]))
    requests_of(app)
    for actor in ("administrator", "navigator", "staff_a"):
        site.forms.update(forms_of(site, site.client(actor)[0]))
    return site


def requests_of(app: Flask) -> None:
    """Enter requests to a program that receives its own, and to one that the navigator calls."""
    own = sent.send(app)
    sent.send(app, "gbmp-consulting", via_navigator=True)
    with app.app_context(), write_unit():
        sent.referral_of(own).reference = SAMPLES["reference"]
        db.session.commit()
        db.session.remove()


def soup(answer: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def forms_of(site: Site, client: FlaskClient) -> dict[str, Form]:
    """Return the forms of all pages that somebody can open, and of those they lead to."""
    found: dict[str, Form] = {}
    first = [address for _, method, address in asked(site.app) if method == "GET"]
    waiting, seen = [path for path in first if path.startswith(SIGNED_IN)], set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        page = soup(client.get(path))
        if path in first:
            links = [urlsplit(link["href"]).path for link in page.select("main a[href]")]
            waiting += [link for link in links if link.startswith(SIGNED_IN)][:20]
        for form in page.select("form[method=post]"):
            for action in actions_of(form, path):
                endpoint = endpoint_of(site.app, action)
                if endpoint:
                    found[endpoint] = Form(action, filled(form))
    return found


def actions_of(form: Tag, path: str) -> set[str]:
    """Return where a form is sent: by its buttons, and by the script that keeps drafts."""
    by_buttons = {button["formaction"] for button in form.select("button[formaction]")}
    return {form.get("action") or path, *by_buttons, form.get("data-draft") or path}


def endpoint_of(app: Flask, action: str) -> str:
    try:
        return app.url_map.bind("localhost").match(urlsplit(action).path, method="POST")[0]
    except HTTPException:
        return ""


def filled(form: Tag) -> dict[str, list[str]]:
    """Return what a browser would send with a form."""
    found: dict[str, list[str]] = {}
    for tag in form.select("input[name], textarea[name], select[name]"):
        if tag.get("type") in ("checkbox", "radio") and not tag.has_attr("checked"):
            continue
        if tag.get("type") == "file":
            continue
        if tag.name == "select":
            chosen = tag.select_one("option[selected]") or tag.select_one("option")
            value = chosen["value"] if chosen else ""
        else:
            value = tag.get_text() if tag.name == "textarea" else tag.get("value", "")
        found.setdefault(tag["name"], []).append(value)
    return found


def digest(connection: sqlite3.Connection) -> dict[str, str]:
    """Return a digest of each table's whole content, but for what may differ."""
    found = {}
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        left_out = MAY_DIFFER.get(table, set())
        if left_out is None:
            continue
        names = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
        columns = ", ".join(f'"{name}"' for name in names if name not in left_out)
        rows = connection.execute(f'SELECT {columns} FROM "{table}"')  # noqa: S608  our names
        lines = sorted(repr(row) for row in rows)
        found[table] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return found


class Watched:
    """Tells which request changed what: looks closely only after somebody has committed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.content, self.version = digest(connection), self._version()

    def _version(self) -> int:
        # SQLite's own count of commits by other connections.
        return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    def changed(self) -> list[str]:
        """Return the tables that are different since the last look."""
        version = self._version()
        if version == self.version:
            return []
        content, before = digest(self.connection), self.content
        self.content, self.version = content, version
        return [table for table in content if content[table] != before[table]]


@pytest.fixture
def watched(site) -> Iterator[Watched]:
    with closing(sqlite3.connect(site.database, isolation_level=None)) as connection:
        for actor in ACTORS:
            site.client(actor)  # signing in is no denied write
        yield Watched(connection)


def test_forms_of_nearly_all_routes_that_deny_are_found(site):
    table = read_table()
    denying = {
        endpoint
        for (endpoint, method), row in table.items()
        if method == "POST" and any(row[actor] in DENIED for actor in ACTORS)
    }

    missing = denying - site.forms.keys()

    assert missing == WITHOUT_A_FORM


@pytest.mark.parametrize("actor", ACTORS)
def test_a_denied_write_leaves_the_database_byte_for_byte_as_it_was(site, watched, actor):
    table, wrong = read_table(), []
    for endpoint, method, address in asked(site.app):
        if method == "POST" and table[endpoint, method][actor] in DENIED:
            answer = site.send(actor, "POST", endpoint, address)
            changed = watched.changed()
            if changed or outcome(answer) != table[endpoint, method][actor]:
                wrong.append((endpoint, answer.status_code, changed))

    assert not wrong


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_methods_that_no_route_has_write_nothing(site, watched, actor, method):
    wrong = []
    for rule in site.app.url_map.iter_rules():
        assert method not in (rule.methods or ())
        answer = site.send(actor, method, rule.endpoint, address_of(site.app, rule))
        changed = watched.changed()
        if changed or answer.status_code not in (302, 400, 403, 404, 405):
            wrong.append((rule.endpoint, answer.status_code, changed))

    assert not wrong


def test_what_is_of_another_organization_is_not_found_and_not_written(site, watched):
    table, wrong, sent = read_table(), [], 0
    for endpoint, method, address in asked(site.app):
        is_theirs = "massmep" in address and access_of(site.app, endpoint) != PUBLIC
        if method == "POST" and is_theirs and table[endpoint, method]["staff_b"] == "open":
            sent += 1
            answer = site.send("staff_b", "POST", endpoint, address)
            changed = watched.changed()
            if changed or answer.status_code != 404:
                wrong.append((endpoint, answer.status_code, changed))

    assert not wrong
    assert sent >= 8
