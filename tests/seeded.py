"""A portal in which something waits on every page of those who sign in.

For looking at pages: in the browser with axe, and for the pictures of the guide. People do there
what they would do, through the pages; only what no page can make in a moment (a broken link, an
import at work) is written into the database.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select, update

from portal import clock, create_app
from portal.accounts import claims
from portal.accounts import operations as accounts
from portal.config import Settings
from portal.database import write_unit
from portal.directory.models import Organization, Service
from portal.extensions import db
from portal.imports.models import WAITING, ImportJob
from portal.listings.models import ListingChange
from portal.mail.models import FAILED, OutboxMessage
from portal.mail.worker import deliver_due, transport_of
from portal.permissions import Role
from portal.upkeep import operations as upkeep
from portal.upkeep import suggesting
from portal.upkeep.models import BROKEN, CONFIRM, STOP, LinkCheck
from tests.factories import Make, Person
from tests.imports import sending
from tests.listings import editing
from tests.merging.twice import make_twice
from tests.seeded_requests import Requests, seed_requests
from tests.signed_browser import SignedBrowser
from tests.vocabulary import editing as vocabulary

ANA = "ana.lopes@massmep.org"
LONG_ADDRESS = "firstname.with-a-very-long-lastname@advanced-manufacturing.example.org"


@dataclass(frozen=True)
class Seeded:
    """What was made: who can sign in (role → what the cookie holds), and what pages are named by.

    `half` is an administrator who has still to show the second step, `joining` one who has none.
    """

    instance: Path
    sessions: Mapping[str, str]
    invitation: str
    password: str
    claim: str
    confirm: str
    stop: str
    change: uuid.UUID
    import_ready: uuid.UUID
    import_failed: uuid.UUID
    import_at_work: uuid.UUID
    letter: str
    requests: Requests


def seed(instance: Path) -> Seeded:
    """Fill the instance folder of a portal that has the catalogue and does not run yet."""
    app = create_app(Settings(instance=instance, testing=True))
    try:
        return _seeded(app, instance)
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def _seeded(app: Flask, instance: Path) -> Seeded:
    make = Make(app)
    ana = make.account(Role.STAFF, of=("massmep",), email=ANA, name="Ana Lopes")
    manager = make.account(Role.MANAGER, email="mia.chen@example.gov", name="Mia Chen")
    boss = make.account(Role.ADMINISTRATOR, email="bo.silva@example.gov", name="Bo Silva")
    joining = make.account(Role.MANAGER, email="jo.reyes@example.gov", with_app=False)
    make.account(Role.STAFF, of=("gbmp", "massdevelopment"), email=LONG_ADDRESS, status="suspended")
    _edit(app, make, ana, manager)
    navigator = make.navigator()
    staff = SignedBrowser(app, make)
    staff.sign_in(ana)
    requests = seed_requests(app, staff, ana)
    imports = _import(app, make, manager)
    above = SignedBrowser(app, make)
    above.sign_in(manager)
    answer = vocabulary.publish(above, "synonyms/cnc", synonyms="machining, milling")
    assert answer.status_code == 302, answer.get_data(as_text=True)
    tokens = _write(app, boss)
    make_twice(app)
    _deliver(app)
    with app.app_context():
        change = db.session.scalars(
            select(ListingChange.id).where(ListingChange.status == "waiting")
        ).one()
        db.session.remove()
    return Seeded(
        instance=instance,
        sessions={
            "staff": make.session(ana),
            "navigator": make.session(navigator),
            "manager": make.session(manager),
            "administrator": make.session(boss),
            "half": make.session(boss, with_second_factor=False),
            "joining": make.session(joining, with_second_factor=False),
        },
        change=change,
        letter=next((instance / "mail").glob("*.eml")).stem,
        requests=requests,
        **imports,
        **tokens,
    )


def _edit(app: Flask, make: Make, ana: Person, manager: Person) -> None:
    """Leave a waiting change, a returned one, a draft, and versions of two listings."""
    staff, above = SignedBrowser(app, make), SignedBrowser(app, make)
    staff.sign_in(ana)
    above.sign_in(manager)
    _send(staff, "/staff/services/massmep-cnc", cost_note="Free for the first six weeks.")
    queue = above.get("/manage/changes")
    path = queue.select_one(".tasks a")["href"]
    above.send(path, form="#return", note="For which companies is it free? Please say so.")
    _send(
        staff,
        editing.LEAN,
        description="A coach works with you on your own shop floor for five days. You keep "
        "written standards for each station, and people who can go on alone.",
        reason="The course is shorter since January.",
    )
    _send(staff, "/staff/services/massmep-growth", do="save", cost_note="Half is paid.")
    _send(above, "/staff/services/massmep-quality", cost_note="The first day is free.")
    _send(above, "/staff/organizations/massmep", description="Coaches for shops in the state.")


def _send(browser: SignedBrowser, path: str, **fields: str) -> None:
    answer = editing.send(browser, path, **fields)
    assert answer.status_code == 302, answer.get_data(as_text=True)


def _import(app: Flask, make: Make, manager: Person) -> dict[str, uuid.UUID]:
    """Leave an import with rows of each kind, one that failed, and one at work."""
    browser = SignedBrowser(app, make)
    browser.sign_in(manager)
    good = sending.program()
    bad = sending.program(id="massmep-yak", name="Yak shaving", delivery="by-yak")
    files = [
        sending.as_csv([good, bad]),
        b"no, columns\nof, ours\n",
        sending.as_csv([sending.program(id="massmep-ox", name="Ox driving")]),
    ]
    ids = [
        uuid.UUID(sending.upload(browser, programs_csv=data).location.rpartition("/")[2])
        for data in files
    ]
    with app.app_context(), write_unit():
        db.session.execute(
            update(ImportJob)
            .where(ImportJob.id == ids[2])
            .values(leased_until=clock.now() + timedelta(days=1), steps_done=1, steps_of=4)
        )
        assert db.session.get_one(ImportJob, ids[2]).state == WAITING
        db.session.commit()
        db.session.remove()
    sending.work(browser)
    return dict(zip(("import_ready", "import_failed", "import_at_work"), ids, strict=True))


def _write(app: Flask, boss: Person) -> dict[str, str]:
    """Leave contacts, suggestions, claims, a broken link; returns the tokens of mailed links."""
    now = clock.now()
    with app.app_context(), write_unit():
        owner = db.session.scalars(select(Organization).where(Organization.slug == "massmep")).one()
        service = db.session.scalars(select(Service).where(Service.slug == "massmep-lean")).one()
        for email, name, is_alternate in (
            ("jo.baker@massmep.org", "Jo Baker", False),
            (LONG_ADDRESS, "", True),
        ):
            upkeep.add_contact(
                owner,
                email=email,
                name=name,
                language="en",
                is_alternate=is_alternate,
                takes_requests=True,
                now=now,
                by=None,
            )
        for field, after, note in (
            ("fees_description", "Free for shops below 50 people.", "Says so on your own page."),
            ("status", "inactive", ""),
            ("other", "", "The picture on your page shows another town."),
        ):
            suggesting.suggest(service, field=field, after=after, note=note, now=now)
        db.session.add(
            LinkCheck(
                url=service.url,
                host="massmep.org",
                outcome=BROKEN,
                detail="404",
                failures=0,
                checked_at=now,
                due_at=now + timedelta(days=7),
                leased_until=None,
            )
        )
        claims.confirm(claims.ask(owner, "kim.osei@massmep.org", now=now), now=now)
        found = accounts.ask_for_password_link(boss.email, now=now)
        assert found is not None
        tokens = {
            "claim": claims.ask(owner, "lee.ortiz@massmep.org", now=now),
            "invitation": accounts.invite(
                "pat.new@massmep.org",
                role=Role.STAFF,
                organizations=[owner],
                language="en",
                now=now,
            ).token,
            "password": found.token,
            "confirm": upkeep.make_link(owner.id, email=ANA, purpose=CONFIRM, now=now),
            "stop": upkeep.make_link(owner.id, email=ANA, purpose=STOP, now=now),
        }
        db.session.commit()
        db.session.remove()
    return tokens


def _deliver(app: Flask) -> None:
    """Have one letter written to the folder, and one refused for good."""
    browser = SignedBrowser(app, Make(app))
    browser.send("/account/claims/new/massmep", email="sam.reyes@massmep.org")
    browser.send("/account/claims/new/massmep", email="too.old@massmep.org")
    settings: Settings = app.config["PORTAL"]
    with app.app_context():
        with write_unit():
            refused = db.session.scalars(
                select(OutboxMessage).where(OutboxMessage.recipient == "too.old@massmep.org")
            ).one()
            refused.status, refused.attempts = FAILED, 1
            refused.last_error = "550 mailbox unavailable"
            db.session.commit()
        deliver_due(transport_of(settings), settings)
        db.session.remove()
