"""Requests that have come some way, moved there in one line, and a clock that is set."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping

from flask import Flask
from sqlalchemy import select

from portal.database import write_unit
from portal.extensions import db
from portal.mail.models import OutboxMessage
from portal.referrals.acting import act
from portal.referrals.daily import follow_ups_step
from portal.referrals.models import Referral
from portal.referrals.moving import OWNER, Mover
from portal.referrals.states import Role, Status
from tests.referrals.asking import ask

PROGRAM, MANAGER = Mover(Role.PROGRAM), Mover(Role.MANAGER)
SENT: tuple[tuple, ...] = ((Status.AWAITING_CONFIRMATION, OWNER), (Status.SENT, OWNER))
ACCEPTED = (*SENT, (Status.ACCEPTED, PROGRAM, {}, {"contact_name": "Grace"}))
IN_CONTACT = (*ACCEPTED, (Status.CONTACT_MADE, PROGRAM, {"contact_on": "2026-03-12"}))
ENROLLED = (*IN_CONTACT, (Status.ENROLLED, PROGRAM, {"starts_on": "2026-03-12"}))
COMPLETED = (*ENROLLED, (Status.COMPLETED, PROGRAM, {"outcome": "sales"}))
DECLINED = (*SENT, (Status.DECLINED, PROGRAM, {"reason": "capacity", "hand_off": "none_known"}))


class Course:
    """Does in one call what a test needs to have happened to requests."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def write(self, change: Callable[[], object]):
        """Change something in a transaction of its own."""
        with self.app.app_context(), write_unit():
            result = change()
            db.session.commit()
            db.session.remove()
        return result

    def read(self, question: Callable[[], object]):
        with self.app.app_context():
            result = question()
            db.session.remove()
        return result

    def asked(self, *moves: tuple, slug: str = "massmep-lean", **company: object) -> uuid.UUID:
        """Enter a request, make some moves at once, and return the id of its referral."""

        def change() -> uuid.UUID:
            beside = ("shares_with_state", "form", "industry", "region", "language")
            said = {name: company.pop(name) for name in beside if name in company}
            episode = ask(slug, **company)
            for name, value in said.items():
                setattr(episode, name, value)
            (referral,) = episode.referrals
            for each in moves:
                self._act(referral.id, each)
            return referral.id

        return self.write(change)

    def moved(self, referral_id: uuid.UUID, *moves: tuple) -> None:
        self.write(lambda: [self._act(referral_id, each) for each in moves])

    def _act(self, referral_id: uuid.UUID, each: tuple) -> None:
        target, by, *more = each
        facts: Mapping[str, str] = more[0] if more else {}
        act(referral_id, target, by=by, facts=facts, personal=more[1] if len(more) > 1 else {})

    def follow_up(self) -> None:
        """Do what the worker does of follow-ups."""
        self.read(lambda: follow_ups_step(self.app.config["PORTAL"]))

    def status(self, referral_id: uuid.UUID) -> str:
        return self.read(lambda: db.session.get_one(Referral, referral_id).status)

    def letters(self, purpose: str = "referral-follow-up") -> list[OutboxMessage]:
        """Return the letters of a purpose, the oldest first."""
        question = (
            select(OutboxMessage)
            .where(OutboxMessage.purpose == purpose)
            .order_by(OutboxMessage.created_at)
        )
        return self.read(lambda: list(db.session.scalars(question)))


def token_in(letter: OutboxMessage) -> str:
    """Return the token of a letter that asks how it went."""
    return re.search(r"/follow-up/([\w-]+)", letter.text)[1]
