"""A portal whose clock tests turn, and requests that they bring to where they want them."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
from flask import Flask
from sqlalchemy import delete, select

from portal import clock
from portal.accounts.models import Navigator
from portal.database import write_unit
from portal.directory.models import Organization
from portal.extensions import db
from portal.mail.models import OutboxMessage
from portal.referrals.acting import act
from portal.referrals.clocks import clocks_step
from portal.referrals.models import REMINDER, Event, Referral
from portal.referrals.moving import OWNER, Mover
from portal.referrals.states import Role, Status
from portal.upkeep.models import Contact
from tests.referrals.asking import ask

Answer = TypeVar("Answer")
# Monday, 2 March 2026, 9 am in Boston; no holiday until 20 April (Patriots' Day).
MONDAY = datetime(2026, 3, 2, 14, tzinfo=UTC)
PROGRAM = Mover(Role.PROGRAM)


class Clockwork:
    """Turns the clock, asks, moves, and looks at what came of it."""

    def __init__(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app, self._patch = app, monkeypatch
        self.at(0)

    def at(self, days: float) -> None:
        """Set the clock to so many days after MONDAY."""
        moment = MONDAY + timedelta(days=days)
        self._patch.setattr(clock, "now", lambda: moment)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write in one transaction."""
        with self.app.app_context(), write_unit():
            yield
            db.session.commit()
            db.session.remove()

    def read(self, question: Callable[[], Answer]) -> Answer:
        """Ask the database."""
        with self.app.app_context():
            answer = question()
            db.session.remove()
        return answer

    def asked(self, *slugs: str, to: Status = Status.SENT, **facts: Any) -> uuid.UUID:
        """Ask a program, and bring the request to a status."""
        with self.writing():
            episode = ask(*slugs, **facts)
            ids = [referral.id for referral in episode.referrals]
        for status in _WAY[to]:
            for id_ in ids:
                self.move(id_, status)
        with self.writing():
            db.session.execute(delete(OutboxMessage))  # what was told of that has long arrived
        return ids[0]

    def move(self, id_: uuid.UUID, target: Status, **facts: str) -> None:
        """Move a request, with what the move needs."""
        mover, own, words = _MOVES[target]
        with self.writing():
            act(id_, target, by=mover, facts={**own, **facts}, personal=words)

    def step(self) -> Counter[str]:
        """Let the worker look once."""
        return self.read(lambda: clocks_step(self.app.config["PORTAL"]))

    def run(self) -> Counter[str]:
        """Let the worker look until nothing is left."""
        total: Counter[str] = Counter()
        while done := self.step():
            total += done
        return total

    def referral(self, id_: uuid.UUID) -> Referral:
        """Return a request as it stands."""
        with self.app.app_context():
            found = db.session.get_one(Referral, id_)
            db.session.expunge(found)
        return found

    def reminders(self, id_: uuid.UUID) -> list[str]:
        """Return who was reminded of a request, in order."""
        query = (
            select(Event.action)
            .where(Event.referral_id == id_, Event.kind == REMINDER)
            .order_by(Event.number)
        )
        return self.read(lambda: list(db.session.scalars(query)))

    def letters(self) -> list[OutboxMessage]:
        """Return the letters in the outbox, the oldest first."""
        query = select(OutboxMessage).order_by(OutboxMessage.created_at, OutboxMessage.recipient)

        def question() -> list[OutboxMessage]:
            found = list(db.session.scalars(query))
            db.session.expunge_all()
            return found

        return self.read(question)

    def recipients(self) -> list[str]:
        """Return to whom letters went."""
        return [letter.recipient for letter in self.letters()]

    def contact(self, email: str, *, of: str = "massmep", is_alternate: bool = False) -> None:
        """Add somebody who takes requests."""
        with self.writing():
            db.session.add(
                Contact(
                    id=uuid.uuid4(),
                    organization_id=organization_id(of),
                    email=email,
                    name="",
                    language="en",
                    is_alternate=is_alternate,
                    takes_requests=True,
                    created_at=clock.now(),
                )
            )

    def name_navigator(self, slug: str = "masshire") -> None:
        """Name an organization as navigator."""
        with self.writing():
            db.session.add(
                Navigator(id=1, organization_id=organization_id(slug), named_at=clock.now())
            )


def organization_id(slug: str) -> uuid.UUID:
    """Return the id of an organization of the catalogue."""
    return db.session.scalars(select(Organization.id).where(Organization.slug == slug)).one()


_MOVES: dict[Status, tuple[Mover, dict[str, str], dict[str, str]]] = {
    Status.AWAITING_CONFIRMATION: (OWNER, {}, {}),
    Status.SENT: (OWNER, {}, {}),
    Status.RECEIVED: (PROGRAM, {}, {}),
    Status.ACCEPTED: (PROGRAM, {}, {"contact_name": "Grace"}),
    Status.DECLINED: (PROGRAM, {"reason": "capacity", "hand_off": "none_known"}, {}),
    Status.INFORMATION_REQUESTED: (PROGRAM, {}, {"question": "How many presses?"}),
    Status.CONTACT_MADE: (PROGRAM, {"contact_on": "2026-03-02"}, {}),
    Status.WITHDRAWN: (OWNER, {}, {}),
}
_SENT = (Status.AWAITING_CONFIRMATION, Status.SENT)
_WAY: dict[Status, tuple[Status, ...]] = {
    Status.DRAFT: (),
    Status.AWAITING_CONFIRMATION: _SENT[:1],
    Status.SENT: _SENT,
    Status.ACCEPTED: (*_SENT, Status.ACCEPTED),
    Status.DECLINED: (*_SENT, Status.DECLINED),
    Status.INFORMATION_REQUESTED: (*_SENT, Status.INFORMATION_REQUESTED),
}
