"""Requests of companies, one for each page about them: at a program, at the navigator, by link.

Written straight into the database of a portal that is being seeded for looking at its pages.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

from flask import Flask

from portal import clock
from portal.accounts.tokens import digest_of
from portal.database import write_unit
from portal.extensions import db
from portal.referrals.follow_up_models import FollowUp
from portal.referrals.models import ANSWER, CONFIRM, CONSENT, FOLLOW_UP, TRACK, Referral
from portal.referrals.moving import OWNER, Mover
from portal.referrals.operations import make_link
from portal.referrals.states import Role, Status
from tests.factories import Person
from tests.referrals.courses import ACCEPTED, DECLINED, Course
from tests.referrals.sent import COMPANY, do, letters, referral_of, send
from tests.signed_browser import SignedBrowser

REPLIES = "/staff/organizations/massmep/replies"
PHONE = {"email": "", "phone": "617-555-0199"}
OTHER = {
    "introduction-name": "Grace Hopper",
    "introduction-organization": "Harbor Lab",
    "introduction-email": "grace@harbor.example",
}


@dataclass(frozen=True)
class Requests:
    """References, ids and tokens that pages about requests are named by."""

    sent: str  # at a program that has not answered
    accepted: str
    phone: str  # taken by phone, awaits spoken consent
    passing: str  # with the navigator, who may pass it on
    sent_id: uuid.UUID
    declined_id: uuid.UUID
    reply: uuid.UUID
    confirm: str
    consent: str
    answer: str
    track: str
    track_declined: str
    follow_up: str
    introduced: str


def seed_requests(app: Flask, staff: SignedBrowser, ana: Person) -> Requests:
    """Enter the requests; `staff` is the browser of `ana`, of the program that is asked."""
    course = Course(app)
    waiting_id = course.asked(
        (Status.AWAITING_CONFIRMATION, OWNER), **(COMPANY | {"email": "b@shop.example"})
    )
    draft_id = course.asked(**(COMPANY | {"email": "c@shop.example"}))
    accepted_id = course.asked(*ACCEPTED, **(COMPANY | {"email": "d@shop.example"}))
    declined_id = course.asked(*DECLINED, **(COMPANY | {"email": "e@shop.example"}))
    phone_id = course.asked(**(COMPANY | PHONE))
    sent = send(app)
    passing = send(app, via_navigator=True, email="f@shop.example")
    introduced = _introduced(app, staff, ana)
    staff.send(REPLIES, name="Presses", text="How many presses do you have?")
    page = staff.get(REPLIES)
    reply = uuid.UUID(page.select_one(".listings a")["href"].rpartition("/")[2])
    with app.app_context(), write_unit():
        now = clock.now()

        def link(id_: uuid.UUID, purpose: str, *, is_of_one: bool = False) -> str:
            referral = db.session.get_one(Referral, id_)
            return make_link(
                referral.episode,
                purpose,
                now=now,
                referral=referral if is_of_one else None,
                email=ana.email if purpose == ANSWER else "",
            )

        sent_id = referral_of(sent).id
        follow_up = link(accepted_id, FOLLOW_UP, is_of_one=True)
        db.session.add(
            FollowUp(
                id=uuid.uuid4(),
                referral_id=accepted_id,
                stage="day14",
                link_digest=digest_of(follow_up),
                sent_at=now,
            )
        )
        found = Requests(
            sent=sent,
            accepted=db.session.get_one(Referral, accepted_id).reference,
            phone=db.session.get_one(Referral, phone_id).reference,
            passing=passing,
            sent_id=sent_id,
            declined_id=declined_id,
            reply=reply,
            confirm=link(waiting_id, CONFIRM),
            consent=link(draft_id, CONSENT),
            answer=link(sent_id, ANSWER, is_of_one=True),
            track=link(sent_id, TRACK),
            track_declined=link(declined_id, TRACK),
            follow_up=follow_up,
            introduced=introduced,
        )
        db.session.commit()
        db.session.remove()
    return found


def _introduced(app: Flask, staff: SignedBrowser, ana: Person) -> str:
    """Have a program ask the other side of an introduction; return the token it was mailed."""
    reference = send(app, kind="introduction", email="g@shop.example")
    by = Mover(Role.PROGRAM, ana.id)
    do(app, reference, Status.ACCEPTED, by=by, personal={"contact_name": "Ann"})
    answer = staff.send(
        f"/staff/requests/{reference}", form="form[action$='/introduction']", **OTHER
    )
    assert answer.status_code == 302, answer.get_data(as_text=True)
    text = letters(app, "grace@harbor.example")[0].text
    return re.findall(r"/introduced/([\w-]+)", text)[0]
