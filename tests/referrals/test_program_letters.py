"""Letters to programs: whom they go to, what they hold, and what they never hold."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select, update

from portal import clock
from portal.accounts.models import Account
from portal.database import write_unit
from portal.directory.models import Organization
from portal.extensions import db
from portal.referrals.moving import OWNER, Mover
from portal.referrals.states import Role, Status
from portal.upkeep.models import Contact
from portal.upkeep.operations import add_contact
from tests.referrals.sent import answer_token, do, letters, send

PROGRAM = Mover(Role.PROGRAM)
NAMES = ("Smith", "Ada", "413-555-0188", "@shop.example")


def contact(app, email: str, *, is_alternate: bool = False, language: str = "en") -> None:
    with app.app_context(), write_unit():
        add_contact(
            db.session.scalars(select(Organization).where(Organization.slug == "massmep")).one(),
            email=email,
            name="Intake",
            language=language,
            is_alternate=is_alternate,
            takes_requests=True,
            now=clock.now(),
            by=None,
        )
        db.session.commit()
        db.session.remove()


def to_programs(app) -> list:
    return [letter for letter in letters(app) if letter.purpose == "request"]


def test_a_request_is_told_to_intake_and_staff_but_not_to_the_alternate(writable_app, make):
    staff = make.staff("massmep")
    contact(writable_app, "intake@massmep.example")
    contact(writable_app, "later@massmep.example", is_alternate=True)

    send(writable_app)

    told = {letter.recipient for letter in to_programs(writable_app)}
    assert told == {staff.email, "intake@massmep.example"}


def test_no_letter_to_a_program_names_the_company(writable_app, make):
    make.staff("massmep")

    reference = send(writable_app)
    do(
        writable_app,
        reference,
        Status.INFORMATION_REQUESTED,
        by=PROGRAM,
        personal={"question": "How many?"},
    )
    do(writable_app, reference, Status.RECEIVED, by=OWNER, personal={"answer": "Ask Ada Smith"})
    do(writable_app, reference, Status.WITHDRAWN, by=OWNER)
    do(
        writable_app,
        reference,
        Status.RECEIVED,
        by=Mover(Role.MANAGER),
        personal={"why": "Ada Smith asked"},
    )

    found = to_programs(writable_app)
    assert [letter.subject.partition(":")[0] for letter in found] == [
        "A company asks for help",
        "The company answered your question",
        "Request withdrawn",
        "Request reopened",
    ]
    for letter in found:
        for name in NAMES:
            assert name not in letter.text + letter.html + letter.subject, letter.subject


def test_the_letter_tells_need_place_size_and_until_when(writable_app, make, monkeypatch):
    make.staff("massmep")

    send(writable_app)

    text = to_programs(writable_app)[0].text
    assert "Need: Better processes" in text
    assert "Where: Western" in text
    assert "Size: 20 to 49 employees" in text
    assert "wants less scrap" in text
    assert "Answer by " in text
    assert ", 5 pm: accept, decline or ask." in text.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("language", "words"), [("es", "Una empresa pide ayuda"), ("pt", "Uma empresa pede ajuda")]
)
def test_the_letter_is_in_the_recipients_language_and_so_is_its_link(writable_app, language, words):
    contact(writable_app, "intake@massmep.example", language=language)

    send(writable_app)

    letter = to_programs(writable_app)[0]
    assert letter.subject.startswith(words)
    assert f"/{language}/answer/" in letter.text


def test_where_nobody_can_receive_it_the_navigators_are_told(writable_app, make):
    make.staff("massmep")
    navigator = make.navigator()

    send(writable_app, via_navigator=True)

    found = to_programs(writable_app)
    assert [letter.recipient for letter in found] == [navigator.email]
    assert "cannot receive requests yet" in found[0].text


def test_each_recipient_has_a_link_of_their_own(writable_app, make):
    one, two = make.staff("massmep"), make.staff("massmep")

    send(writable_app)

    tokens = {answer_token(writable_app, person.email) for person in (one, two)}
    assert len(tokens) == 2


@pytest.mark.parametrize("how", ["suspended", "removed"])
def test_the_link_of_somebody_who_left_stops_working(writable_app, make, signed, how):
    person = make.staff("massmep")
    contact(writable_app, "intake@massmep.example")
    make.staff("massmep")
    send(writable_app)
    address = person.email if how == "suspended" else "intake@massmep.example"
    token = answer_token(writable_app, address)
    assert signed.get(f"/answer/{token}").status == 200

    with writable_app.app_context(), write_unit():
        if how == "suspended":
            db.session.execute(
                update(Account).where(Account.email == address).values(status="suspended")
            )
        else:
            db.session.execute(delete(Contact).where(Contact.email == address))
        db.session.commit()
        db.session.remove()

    assert signed.get(f"/answer/{token}").status == 410
