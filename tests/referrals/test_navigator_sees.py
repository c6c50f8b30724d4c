"""Which requests navigators may open, and what of them they read; everybody else gets none."""

from __future__ import annotations

import uuid

import pytest

from portal.extensions import db
from portal.referrals.erasing import erase
from portal.referrals.models import Referral
from portal.referrals.moving import OWNER
from portal.referrals.states import Status
from tests.referrals.asking import ask
from tests.referrals.clockwork import Clockwork

LEAN, QUEUE = "massmep-lean", "/staff/navigator"
PHONE = {"email": "", "phone": "617-555-0199"}


@pytest.fixture
def navigator(clockwork, make, signed):
    """Somebody of the named organization, signed in with a second factor."""
    clockwork.name_navigator("masshire")
    person = make.account(of=("masshire",), with_app=True)
    signed.sign_in(person)
    return person


def via_navigator(clockwork: Clockwork, id_: uuid.UUID) -> uuid.UUID:
    with clockwork.writing():
        db.session.get_one(Referral, id_).via_navigator = True
    return id_


def status_of(signed, clockwork: Clockwork, id_: uuid.UUID) -> int:
    reference = clockwork.referral(id_).reference
    return signed.client.get(f"{QUEUE}/{reference}").status_code


def in_queue(signed, clockwork: Clockwork, id_: uuid.UUID) -> bool:
    return clockwork.referral(id_).reference in signed.get(QUEUE).text


@pytest.mark.usefixtures("navigator")
class TestANavigator:
    """Somebody of the organization that managers have named."""

    def test_opens_a_request_in_the_place_of_a_program(self, signed, clockwork):
        id_ = via_navigator(clockwork, clockwork.asked(LEAN))

        assert status_of(signed, clockwork, id_) == 200
        assert in_queue(signed, clockwork, id_)

    def test_does_not_open_it_before_the_company_has_confirmed(self, signed, clockwork):
        id_ = clockwork.asked(LEAN, to=Status.AWAITING_CONFIRMATION)
        via_navigator(clockwork, id_)

        assert status_of(signed, clockwork, id_) == 404
        assert not in_queue(signed, clockwork, id_)

    def test_does_not_open_what_a_program_receives_itself(self, signed, clockwork):
        id_ = clockwork.asked(LEAN)

        assert status_of(signed, clockwork, id_) == 404
        assert not in_queue(signed, clockwork, id_)

    def test_does_not_open_what_a_program_accepted(self, signed, clockwork):
        id_ = clockwork.asked(LEAN, to=Status.ACCEPTED)

        assert status_of(signed, clockwork, id_) == 404

    def test_opens_a_phone_request_that_nobody_has_sent(self, signed, clockwork):
        id_ = clockwork.asked(LEAN, to=Status.DRAFT, **PHONE)

        assert status_of(signed, clockwork, id_) == 200
        assert in_queue(signed, clockwork, id_)

    def test_does_not_open_a_draft_with_an_address(self, signed, clockwork):
        id_ = clockwork.asked(LEAN, to=Status.DRAFT)

        assert status_of(signed, clockwork, id_) == 404

    def test_does_not_open_a_phone_request_that_is_held(self, signed, clockwork):
        with clockwork.writing():
            episode = ask(LEAN, **PHONE)
            episode.held_at = episode.created_at
            id_ = episode.referrals[0].id

        assert status_of(signed, clockwork, id_) == 404

    def test_opens_a_late_request_only_once_program_and_alternate_were_reminded(
        self, signed, clockwork
    ):
        id_ = clockwork.asked(LEAN)
        seen = {}
        for day in (2.5, 3.5, 4.5):
            clockwork.at(day)
            clockwork.run()
            clockwork.at(0)  # the session is young again
            seen[day] = status_of(signed, clockwork, id_)

        assert seen == {2.5: 404, 3.5: 404, 4.5: 200}

    def test_opens_a_declined_request_to_find_another_program(self, signed, clockwork):
        id_ = clockwork.asked(LEAN, to=Status.DECLINED)

        assert status_of(signed, clockwork, id_) == 200
        assert in_queue(signed, clockwork, id_)

    def test_does_not_open_it_once_it_is_closed(self, signed, clockwork):
        id_ = clockwork.asked(LEAN, to=Status.DECLINED)
        clockwork.at(14)
        clockwork.run()
        clockwork.at(0)

        assert status_of(signed, clockwork, id_) == 404

    def test_does_not_look_for_a_program_for_a_company_whose_data_was_deleted(
        self, signed, clockwork
    ):
        id_ = clockwork.asked(LEAN, to=Status.DECLINED)
        with clockwork.writing():
            episode = db.session.get_one(Referral, id_).episode
            erase(episode, by=OWNER, now=episode.created_at)

        assert status_of(signed, clockwork, id_) == 404
        assert not in_queue(signed, clockwork, id_)

    def test_does_not_open_what_the_company_withdrew(self, signed, clockwork):
        id_ = clockwork.asked(LEAN)
        clockwork.move(id_, Status.WITHDRAWN)

        assert status_of(signed, clockwork, id_) == 404

    def test_does_not_read_the_name_of_a_company_that_told_the_program_only(
        self, signed, clockwork
    ):
        id_ = clockwork.asked(LEAN, to=Status.DECLINED, name="Ada Unique", phone="617-555-0199")
        reference = clockwork.referral(id_).reference

        text = signed.get(f"{QUEUE}/{reference}").text

        for secret in ("Ada Unique", "617-555-0199", "ada@shop.example", "Better flow"):
            assert secret not in text

    def test_does_not_read_what_such_a_company_and_its_program_wrote(self, signed, clockwork):
        id_ = clockwork.asked(LEAN, to=Status.INFORMATION_REQUESTED)
        clockwork.at(21)
        clockwork.run()
        clockwork.at(0)
        reference = clockwork.referral(id_).reference

        assert clockwork.referral(id_).status == Status.EXPIRED
        assert "How many presses?" not in signed.get(f"{QUEUE}/{reference}").text

    def test_reads_the_name_where_the_company_agreed(self, signed, clockwork):
        id_ = via_navigator(clockwork, clockwork.asked(LEAN, name="Ada Unique"))
        reference = clockwork.referral(id_).reference

        assert "Ada Unique" in signed.get(f"{QUEUE}/{reference}").text

    def test_reads_the_number_of_a_company_that_asked_to_be_called(self, signed, clockwork):
        id_ = clockwork.asked(LEAN, to=Status.DRAFT, **PHONE)
        reference = clockwork.referral(id_).reference

        assert "617-555-0199" in signed.get(f"{QUEUE}/{reference}").text

    def test_sees_no_name_in_the_queue(self, signed, clockwork):
        clockwork.asked(LEAN, to=Status.DRAFT, name="Ada Unique", **PHONE)

        assert "Ada Unique" not in signed.get(QUEUE).text

    def test_sees_the_longest_due_first(self, signed, clockwork):
        later = via_navigator(clockwork, clockwork.asked(LEAN))
        clockwork.at(-5)
        sooner = via_navigator(clockwork, clockwork.asked("massmep-cnc"))
        clockwork.at(0)

        text = signed.get(QUEUE).text

        places = [text.index(clockwork.referral(id_).reference) for id_ in (sooner, later)]
        assert places == sorted(places)

    def test_gets_404_for_a_reference_that_there_is_not(self, signed):
        assert signed.client.get(f"{QUEUE}/AAAA-AAAA").status_code == 404

    def test_cannot_write_down_an_answer_to_what_it_may_not_open(self, signed, clockwork):
        reference = clockwork.referral(clockwork.asked(LEAN)).reference
        token = signed.get(QUEUE).select_one("input[name=csrf_token]")["value"]

        for what in ("said", "answer", "unmet", "note", "consent", "next"):
            answer = signed.client.post(
                f"{QUEUE}/{reference}/{what}", data={"csrf_token": token, "target": "accepted"}
            )
            assert answer.status_code == 404, what


@pytest.mark.parametrize("role", ["staff", "manager", "administrator"])
def test_nobody_else_opens_the_queue_or_a_request(signed, clockwork, make, role):
    clockwork.name_navigator("masshire")
    id_ = via_navigator(clockwork, clockwork.asked(LEAN))
    signed.sign_in(getattr(make, role)())

    assert signed.client.get(QUEUE).status_code == 403
    assert status_of(signed, clockwork, id_) == 403


def test_staff_of_the_named_organization_without_a_second_factor_open_nothing(
    signed, clockwork, make
):
    clockwork.name_navigator("masshire")
    signed.sign_in(make.staff("masshire"), with_second_factor=False)

    answer = signed.client.get(QUEUE)

    assert answer.status_code == 302
    assert answer.location.startswith("/account/")
