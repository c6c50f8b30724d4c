"""What the worker does to requests whose time has come."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.extensions import db
from portal.referrals import clocks
from portal.referrals.chaining import first_broken
from portal.referrals.clock_models import Clock
from portal.referrals.clocks import settle
from portal.referrals.models import Episode, Event
from portal.referrals.moving import folded, locked
from portal.referrals.states import Status
from tests.referrals.asking import ask

LEAN, CNC = "massmep-lean", "massmep-cnc"


@pytest.mark.parametrize(
    ("stands", "days"),
    [
        (Status.AWAITING_CONFIRMATION, 14),
        (Status.SENT, 30),
        (Status.INFORMATION_REQUESTED, 21),
    ],
)
def test_what_nobody_answers_expires_on_its_day_and_not_before(clockwork, stands, days):
    id_ = clockwork.asked(LEAN, to=stands)

    clockwork.at(days - 0.01)
    clockwork.run()
    before = clockwork.referral(id_).status
    clockwork.at(days)
    clockwork.run()

    assert before == stands
    assert clockwork.referral(id_).status == Status.EXPIRED


def test_a_late_program_is_reminded_step_by_step(clockwork, make):
    clockwork.contact("intake@example.org")
    clockwork.contact("other@example.org", is_alternate=True)
    clockwork.name_navigator("masshire")
    navigator, manager = make.staff("masshire"), make.manager()
    id_ = clockwork.asked(LEAN)
    # Due on Wednesday at 5 pm; then Thursday, Friday, and Monday.
    days = {2: [], 2.5: ["intake@example.org"], 3.5: ["other@example.org"]}
    days |= {4.5: [navigator.email], 7.5: [manager.email], 8.5: []}

    came = {}
    for day in days:
        before = len(clockwork.recipients())
        clockwork.at(day)
        clockwork.run()
        came[day] = clockwork.recipients()[before:]

    assert came == days
    assert clockwork.reminders(id_) == ["intake", "alternate", "navigator", "managers"]
    assert clockwork.referral(id_).reminders == 4
    assert clockwork.referral(id_).status == Status.SENT  # a reminder is no move


def test_letters_to_others_never_name_the_company(clockwork, make):
    clockwork.contact("intake@example.org")
    clockwork.name_navigator("masshire")
    make.staff("masshire")
    make.manager()
    clockwork.asked(LEAN, name="Ada Unique", company="Unique Gears", phone="617-555-0199")

    for day in (2.5, 3.5, 4.5, 7.5):
        clockwork.at(day)
        clockwork.run()

    letters = clockwork.letters()
    assert len(letters) == 4
    for letter in letters:
        for secret in ("Unique", "617-555-0199", "ada@shop.example", "Better flow"):
            assert secret not in letter.text + letter.html + letter.subject


def test_an_answer_ends_the_reminders(clockwork):
    clockwork.contact("intake@example.org")
    id_ = clockwork.asked(LEAN)
    clockwork.at(2.5)
    clockwork.run()

    clockwork.move(id_, Status.DECLINED)
    clockwork.at(7.5)
    clockwork.run()

    assert clockwork.reminders(id_) == ["intake"]


def test_opening_a_request_is_no_answer_and_begins_no_new_ladder(clockwork):
    id_ = clockwork.asked(LEAN)
    clockwork.at(2.5)
    clockwork.run()

    clockwork.move(id_, Status.RECEIVED)
    clockwork.at(3.5)
    clockwork.run()

    assert clockwork.reminders(id_) == ["intake", "alternate"]


def test_contact_that_is_late_is_reminded_of_too(clockwork):
    clockwork.contact("intake@example.org")
    id_ = clockwork.asked(LEAN, to=Status.ACCEPTED)

    clockwork.at(7.5)  # five business days: Monday at 5 pm
    clockwork.run()

    assert clockwork.reminders(id_) == ["intake"]
    assert clockwork.recipients() == ["intake@example.org"]


def test_a_company_hears_once_a_day_before_its_request_ends(clockwork):
    clockwork.asked(LEAN, CNC, to=Status.AWAITING_CONFIRMATION)

    clockwork.at(13)
    done = clockwork.run()

    assert done == {"company": 1, "nothing": 1}  # one letter for both programs
    (letter,) = clockwork.letters()
    assert letter.recipient == "ada@shop.example"
    assert "Lean" in letter.text
    assert "CNC" in letter.text


def test_a_declined_request_becomes_an_unmet_need_with_its_code(clockwork):
    id_ = clockwork.asked(LEAN, to=Status.DECLINED)

    clockwork.at(14)
    clockwork.run()

    assert clockwork.referral(id_).status == Status.CLOSED_UNMET
    query = select(Event.facts).where(Event.action == Status.CLOSED_UNMET)
    assert clockwork.read(lambda: db.session.scalars(query).one()) == '{"unmet": "wait_too_long"}'


@pytest.mark.parametrize("child", [Status.SENT, Status.WITHDRAWN])
def test_a_request_with_another_program_found_is_no_unmet_need_unless_that_came_to_nothing(
    clockwork, child
):
    id_ = clockwork.asked(LEAN, to=Status.DECLINED)
    clockwork.at(10)
    with clockwork.writing():
        parent = locked(id_)
        other = ask(CNC).referrals[0]
        other.parent_id = parent.id
        other_id = other.id
    clockwork.move(other_id, Status.AWAITING_CONFIRMATION)
    clockwork.at(14)
    clockwork.run()
    undecided = clockwork.referral(id_).status
    clockwork.move(other_id, child)
    clockwork.at(15)
    clockwork.run()

    assert undecided == Status.DECLINED
    ended = Status.DECLINED if child is Status.SENT else Status.CLOSED_UNMET
    assert clockwork.referral(id_).status == ended


def test_a_company_with_a_number_alone_is_called_by_the_navigators(clockwork, make):
    clockwork.name_navigator("masshire")
    navigator = make.staff("masshire")
    id_ = clockwork.asked(LEAN, to=Status.DRAFT, email="", phone="617-555-0199")

    clockwork.run()

    assert clockwork.recipients() == [navigator.email]
    assert clockwork.reminders(id_) == ["navigator"]


def test_a_suspicious_request_is_told_to_nobody_until_it_is_released(clockwork, make):
    clockwork.name_navigator("masshire")
    make.staff("masshire")
    with clockwork.writing():
        episode = ask(LEAN, email="", phone="617-555-0199")
        episode.held_at = episode.created_at
        id_ = episode.id

    clockwork.at(5)
    clockwork.run()
    held = clockwork.recipients()
    with clockwork.writing():
        released = db.session.get_one(Episode, id_)
        released.released_at = released.created_at
    clockwork.at(6)
    clockwork.run()

    assert held == []
    assert len(clockwork.recipients()) == 1


def test_two_workers_do_nothing_twice(clockwork):
    clockwork.contact("intake@example.org")
    id_ = clockwork.asked(LEAN)
    clockwork.at(2.5)

    with clockwork.writing():
        settle(id_, clockwork.app.config["PORTAL"])
    with clockwork.writing():  # its list was read before the other one wrote
        done = settle(id_, clockwork.app.config["PORTAL"])

    assert done == "nothing"
    assert clockwork.reminders(id_) == ["intake"]


def test_a_step_that_breaks_off_has_done_nothing_and_stops_no_other(clockwork, monkeypatch):
    clockwork.contact("intake@example.org")
    broken, fine = clockwork.asked(LEAN), clockwork.asked(CNC)
    append = clocks.append

    def break_one(referral, **facts):
        if referral.id == broken:
            raise ValueError
        return append(referral, **facts)

    monkeypatch.setattr(clocks, "append", break_one)
    clockwork.at(2.5)
    done = clockwork.run()

    assert done == {"failed": 1, "intake": 1}
    assert clockwork.reminders(broken) == []
    assert len(clockwork.letters()) == 1
    assert clockwork.reminders(fine) == ["intake"]


def test_after_a_long_stop_of_the_worker_reminders_do_not_come_all_at_once(clockwork):
    clockwork.contact("intake@example.org")
    id_ = clockwork.asked(LEAN)

    clockwork.at(20)
    clockwork.run()

    assert clockwork.reminders(id_) == ["intake"]


def test_what_the_clock_has_done_is_in_the_chain_and_equals_the_fold(clockwork, calendar):
    id_ = clockwork.asked(LEAN)
    clockwork.at(30)
    clockwork.run()
    clockwork.at(44)
    clockwork.run()

    with clockwork.writing():
        stored = locked(id_)
        assert stored.status == Status.CLOSED_UNMET
        assert stored.standing == folded(stored, calendar)
        assert first_broken() is None


def test_what_has_ended_for_good_is_never_looked_at_again(clockwork):
    clockwork.asked(LEAN)
    withdrawn = clockwork.asked(CNC)
    clockwork.move(withdrawn, Status.WITHDRAWN)
    for day in (30, 44):
        clockwork.at(day)
        clockwork.run()

    assert clockwork.read(lambda: list(db.session.scalars(select(Clock)))) == []


def test_the_command_settles_what_is_due_and_prints_the_counts(clockwork):
    clockwork.asked(LEAN)
    clockwork.at(30)

    result = clockwork.app.test_cli_runner().invoke(args=["referrals", "clocks"])
    again = clockwork.app.test_cli_runner().invoke(args=["referrals", "clocks"])

    assert result.output == "expired: 1\n"
    assert again.output == "Nothing is due.\n"
