"""A company whose program said no asks the next ones from its own page."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select

from portal import clock
from portal.database import write_unit
from portal.directory.models import Service
from portal.extensions import db
from portal.referrals.erasing import erase
from portal.referrals.models import TRACK, Referral
from portal.referrals.moving import OWNER, folded, locked
from portal.referrals.operations import make_link
from portal.referrals.states import Status
from tests.referrals.clockwork import Clockwork

LEAN = "massmep-lean"


@pytest.fixture
def declined(clockwork) -> uuid.UUID:
    """A request that its program declined."""
    return clockwork.asked(
        LEAN, to=Status.DECLINED, region="western", size="20-49", industry="332", audience="sme"
    )


def page_of(clockwork: Clockwork, id_: uuid.UUID) -> str:
    with clockwork.writing():
        token = make_link(db.session.get_one(Referral, id_).episode, TRACK, now=clock.now())
    return f"/referrals/{token}/next/{id_}"


def children(clockwork: Clockwork, id_: uuid.UUID) -> list[Referral]:
    def question() -> list[Referral]:
        query = select(Referral).where(Referral.parent_id == id_)
        found = list(db.session.scalars(query))
        db.session.expunge_all()
        return found

    return clockwork.read(question)


def test_the_page_offers_programs_with_reasons_and_consent_that_is_not_ticked(
    clockwork, signed, declined
):
    page = signed.get(page_of(clockwork, declined))

    boxes = page.select("main input[type=checkbox]")
    assert 1 <= len(boxes) <= 3
    assert not any(box.has_attr("checked") for box in boxes)
    assert len(page.select("main .criteria")) == len(boxes)
    assert children(clockwork, declined) == []


def test_what_is_ticked_is_sent_at_once_with_the_text_that_was_shown(
    clockwork, calendar, signed, declined
):
    path = page_of(clockwork, declined)
    page = signed.get(path)
    box = page.select_one("main input[type=checkbox]")
    shown = page.select_one(f"label[for={box['id']}]").get_text()
    before = len(clockwork.letters())

    answer = signed.send_from(page, path, program=box["value"])

    assert answer.status_code == 302
    (child,) = children(clockwork, declined)
    assert child.status == Status.SENT
    assert child.consent_text == shown
    with clockwork.writing():
        stored = locked(child.id)
        assert stored.standing == folded(stored, calendar)
    subjects = [letter.subject for letter in clockwork.letters()[before:]]
    assert not any("onfirm" in subject for subject in subjects)


def test_pressed_twice_asks_once(clockwork, signed, declined):
    path = page_of(clockwork, declined)
    page = signed.get(path)
    value = page.select_one("main input[type=checkbox]")["value"]

    signed.send_from(page, path, program=value)
    signed.send_from(page, path, program=value)

    assert len(children(clockwork, declined)) == 1


def test_nothing_ticked_is_said_and_nothing_sent(clockwork, signed, declined):
    path = page_of(clockwork, declined)

    answer = signed.send(path)

    assert answer.status_code == 400
    assert children(clockwork, declined) == []


def test_a_request_that_is_on_its_way_offers_no_other_program(clockwork, signed):
    id_ = clockwork.asked(LEAN)

    page = signed.get(page_of(clockwork, id_))

    assert page.select_one("main form") is None


def test_a_link_of_another_company_opens_nothing(clockwork, signed, declined):
    other = clockwork.asked("massmep-cnc", to=Status.DECLINED)
    path = page_of(clockwork, other).replace(str(other), str(declined))

    assert signed.client.get(path).status_code == 404


def test_a_link_whose_data_was_deleted_is_over(clockwork, signed, declined):
    path = page_of(clockwork, declined)
    with clockwork.writing():
        erase(db.session.get_one(Referral, declined).episode, by=OWNER, now=clock.now())

    assert signed.client.get(path).status_code == 410


def test_when_nothing_fits_the_page_says_so_and_names_a_person(clockwork, signed, declined):
    path = page_of(clockwork, declined)
    with signed.client.application.app_context(), write_unit():
        for service in db.session.scalars(select(Service)):
            service.status = "inactive"
        db.session.execute(db.text("update catalogue_generation set number = number + 1"))
        db.session.commit()

    page = signed.get(path)

    assert page.select_one("main form") is None
    assert page.select_one("main .contact-line") is not None


def test_limits_that_managers_set_are_fixed_when_a_request_is_sent(clockwork):
    id_ = clockwork.asked(LEAN, to=Status.AWAITING_CONFIRMATION)
    with clockwork.writing():
        service = db.session.get_one(Referral, id_).service_id
        db.session.execute(
            db.text("insert into service_limit values (:id, 4, 9)"), {"id": service.hex}
        )
    clockwork.move(id_, Status.SENT)
    with clockwork.writing():
        db.session.execute(db.text("update service_limit set response_days = 1"))

    referral = clockwork.referral(id_)

    assert (referral.response_days, referral.contact_days) == (4, 9)
    assert referral.due_at.isoformat() == "2026-03-06T22:00:00+00:00"  # Friday, 5 pm in Boston
