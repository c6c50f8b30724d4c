"""Addresses are checked once a week by one worker each, and broken ones become tasks."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select, update

from portal import clock
from portal.database import write_unit
from portal.directory.models import Service
from portal.extensions import db
from portal.upkeep import checking
from portal.upkeep.asking import Answer
from portal.upkeep.models import LinkCheck

URL = "https://dead.example.org/page"


@pytest.fixture
def answers(monkeypatch) -> SimpleNamespace:
    """What the websites say; asks none."""
    said = SimpleNamespace(of={}, asked=[])

    def ask(url: str, **_more: object) -> Answer:
        said.asked.append(url)
        return said.of.get(url, Answer("answers", "200"))

    monkeypatch.setattr(checking, "ask", ask)
    return said


@pytest.fixture
def one_address(upkeep):
    """A portal whose listings name a single address."""
    upkeep.write(lambda: db.session.execute(update(Service).values(url="", application_url="")))
    upkeep.write(
        lambda: db.session.execute(
            update(Service).where(Service.slug == "massmep-lean").values(url=URL)
        )
    )
    return upkeep


def check(upkeep) -> bool:
    return upkeep.read(lambda: checking.check_next(upkeep.app.config["PORTAL"]))


def row(upkeep) -> LinkCheck:
    return upkeep.read(lambda: db.session.scalar(select(LinkCheck)))


def test_an_address_is_asked_once_a_week(one_address, answers, at):
    assert check(one_address)
    assert not check(one_address)
    at(6)
    assert not check(one_address)
    at(7)
    assert check(one_address)

    assert answers.asked == [URL, URL]


def test_an_address_that_is_gone_is_a_task_until_it_answers(signed, make, one_address, answers, at):
    answers.of[URL] = Answer("broken", "404")
    check(one_address)
    signed.sign_in(make.manager())

    assert URL in signed.get("/manage/call-list").text
    assert "answered with error 404" in signed.get("/manage/call-list").text
    signed.sign_in(make.staff(of="massmep"))
    assert URL in signed.get("/staff/suggestions").text
    signed.sign_in(make.staff(of="forge"))
    assert URL not in signed.get("/staff/suggestions").text

    answers.of.clear()
    at(7)
    check(one_address)
    signed.sign_in(make.manager())
    assert URL not in signed.get("/manage/call-list").text


def test_what_stays_unclear_for_three_days_is_broken(one_address, answers, at):
    answers.of[URL] = Answer("unclear", "time")
    outcomes = []
    for day in range(3):
        at(day)
        check(one_address)
        outcomes.append(row(one_address).outcome)

    assert outcomes == ["unclear", "unclear", "broken"]


def test_an_address_that_another_worker_has_is_left_to_it(one_address, answers):
    app = one_address.app
    with app.app_context():
        checking.note_addresses(clock.now())
        db.session.remove()
    lease = clock.now() + timedelta(minutes=5)
    one_address.write(lambda: db.session.execute(update(LinkCheck).values(leased_until=lease)))

    assert not check(one_address)
    assert answers.asked == []


def test_two_addresses_of_one_website_are_not_asked_in_the_same_second(upkeep, answers):
    upkeep.write(
        lambda: db.session.execute(
            update(Service).values(url="https://one.example.org/a", application_url="")
        )
    )
    upkeep.write(
        lambda: db.session.execute(
            update(Service)
            .where(Service.slug == "massmep-lean")
            .values(url="https://one.example.org/b")
        )
    )

    assert check(upkeep)
    assert not check(upkeep)  # the clock of this test stands


def test_addresses_that_no_listing_names_any_more_are_forgotten(one_address, answers, at):
    check(one_address)
    one_address.write(lambda: db.session.execute(update(Service).values(url="")))
    at(1)
    check(one_address)

    count = select(func.count()).select_from(LinkCheck)
    assert one_address.read(lambda: db.session.scalar(count)) == 0


def test_the_worker_asks_nobody_unless_it_is_told_to(one_address, answers):
    one_address.read(lambda: checking.weekly_step(one_address.app.config["PORTAL"]))

    assert answers.asked == []


def test_the_command_asks_what_is_due_and_names_what_is_broken(one_address, answers, monkeypatch):
    monkeypatch.setattr("portal.upkeep.cli.time.sleep", lambda _s: None)
    answers.of[URL] = Answer("broken", "404")

    result = one_address.app.test_cli_runner().invoke(args=["upkeep", "check-links"])

    assert "1 addresses asked." in result.output
    assert f"massmep-lean: {URL} (404)" in result.output
    with one_address.app.app_context(), write_unit():
        db.session.remove()
