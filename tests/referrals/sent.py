"""Requests that were sent to a program, and the letters about them, in one line each."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from sqlalchemy import select

from portal.database import write_unit
from portal.extensions import db
from portal.mail.models import OutboxMessage
from portal.referrals.acting import act
from portal.referrals.models import Referral
from portal.referrals.moving import OWNER
from portal.referrals.states import Status
from tests.referrals.asking import ask

WORDS = "Ada Smith of Smith Gear Co. wants less scrap. Call 413-555-0188 or ada@shop.example."
COMPANY: dict[str, Any] = {
    "company": "Smith Gear Co.",
    "phone": "413-555-0188",
    "need_text": WORDS,
    "region": "western",
    "size": "20-49",
    "employees": 25,
    "industry": "332710",
    "audience": "sme",
    "postal_code": "01103",
}


def send(app: Flask, slug: str = "massmep-lean", **facts: Any) -> str:
    """Enter a request and confirm it; return its reference.

    Facts are those of `ask`; besides `via_navigator` and `kind`.
    """
    extra = {name: facts.pop(name) for name in ("via_navigator", "kind") if name in facts}
    with app.app_context(), write_unit():
        episode = ask(slug, **(COMPANY | facts))
        referral = episode.referrals[0]
        referral.via_navigator = extra.get("via_navigator", False)
        episode.kind = extra.get("kind", "help")
        db.session.flush()
        act(referral.id, Status.AWAITING_CONFIRMATION, by=OWNER)
        act(referral.id, Status.SENT, by=OWNER)
        reference = referral.reference
        db.session.commit()
        db.session.remove()
    return reference


def do(app: Flask, reference: str, target: Status, **how: Any) -> None:
    """Move a request."""
    with app.app_context(), write_unit():
        act(referral_of(reference).id, target, **how)
        db.session.commit()
        db.session.remove()


def referral_of(reference: str) -> Referral:
    """Return a request by its reference."""
    return db.session.scalars(select(Referral).where(Referral.reference == reference)).one()


def status_of(app: Flask, reference: str) -> str:
    """Return where a request stands."""
    with app.app_context():
        status = referral_of(reference).status
        db.session.remove()
    return status


def letters(app: Flask, to: str = "") -> list[OutboxMessage]:
    """Return the letters that wait, the first first."""
    with app.app_context():
        found = list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.created_at)))
        db.session.expunge_all()
        db.session.remove()
    return [letter for letter in found if letter.recipient == to or not to]


def answer_token(app: Flask, to: str) -> str:
    """Return the token of the last link to answer that was mailed to an address."""
    texts = "\n".join(letter.text for letter in letters(app, to))
    return re.findall(r"/answer/([\w-]+)", texts)[-1]
