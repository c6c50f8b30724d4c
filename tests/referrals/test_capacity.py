"""A program that is full says until when: shown, ranked lower, never hidden, over by itself."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from portal.accounts.models import AuditEvent
from portal.directory.beside import IntakePause
from portal.extensions import db
from portal.referrals.capacity import pauses_step
from portal.referrals.models import Referral
from portal.referrals.next_programs import next_best
from portal.referrals.states import Status
from portal.search.queries import generation
from portal.wizard.matching import Verdict
from portal.wizard.paper import verdict_in_words

LEAN, PAGE = "massmep-lean", "/staff/services/massmep-lean/intake"
IN_MAY = "2026-05-01"


@pytest.fixture
def staff(clockwork, make, signed):
    """Staff of the organization, signed in on 2 March 2026."""
    signed.sign_in(make.staff())


def pauses(clockwork) -> list[date]:
    return clockwork.read(lambda: list(db.session.scalars(select(IntakePause.until_on))))


def names(signed, path: str) -> list[str]:
    return [row["slug"] for row in signed.client.get(path).get_json()["results"]]


@pytest.mark.usefixtures("staff")
def test_staff_pause_the_intake_and_open_it_again(signed, clockwork):
    before = clockwork.read(generation)
    signed.send(PAGE, until=IN_MAY, do="pause")
    paused = pauses(clockwork)
    signed.send(PAGE, do="open")

    assert paused == [date(2026, 5, 1)]
    assert pauses(clockwork) == []
    assert clockwork.read(generation) == before + 2
    query = select(AuditEvent.action).where(AuditEvent.object_id == LEAN).order_by(AuditEvent.id)
    assert clockwork.read(lambda: list(db.session.scalars(query))) == [
        "intake:pause",
        "intake:resume",
    ]


@pytest.mark.usefixtures("staff")
def test_listing_results_and_plan_say_until_when(signed):
    signed.send(PAGE, until=IN_MAY, do="pause")

    for path in (f"/services/{LEAN}", "/services?q=lean", "/find/results?need=scrap"):
        assert "1 May 2026" in signed.get(path).text, path


def test_a_plan_by_mail_says_it_too(context):
    program = SimpleNamespace(
        match=SimpleNamespace(verdict=Verdict.MATCH),
        service=SimpleNamespace(paused_until=date(2026, 5, 1)),
    )

    with context.test_request_context():
        assert verdict_in_words(program) == (
            "Fits what you told us. Not taking new companies until 1 May 2026"
        )


@pytest.mark.usefixtures("staff")
def test_a_paused_program_is_ranked_lower_and_still_there(signed):
    addresses = ("/services.json?q=lean", "/find/results.json?need=scrap")
    first = {path: names(signed, path) for path in addresses}
    paused = {path: found[0] for path, found in first.items()}
    assert LEAN in paused.values()

    signed.send(PAGE, until=IN_MAY, do="pause")

    for path in addresses:
        found = names(signed, path)
        if paused[path] == LEAN:
            assert LEAN in found[1:]


@pytest.mark.usefixtures("staff")
def test_a_pause_ends_on_its_day_by_itself(signed, clockwork):
    signed.send(PAGE, until=IN_MAY, do="pause")
    settings, before = clockwork.app.config["PORTAL"], clockwork.read(generation)

    clockwork.at(59)  # 30 April
    clockwork.read(lambda: pauses_step(settings))
    still = pauses(clockwork)
    clockwork.at(60)
    clockwork.read(lambda: pauses_step(settings))

    assert still == [date(2026, 5, 1)]
    assert pauses(clockwork) == []
    assert clockwork.read(generation) == before + 1


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize("until", ["2026-03-02", "2026-02-01", "2027-03-04", "", "soon"])
def test_a_day_that_is_past_too_far_or_none_is_refused(signed, clockwork, until):
    answer = signed.send(PAGE, until=until, do="pause")

    assert answer.status_code == 400
    assert "Not a valid" not in answer.text
    assert pauses(clockwork) == []


@pytest.mark.usefixtures("staff")
def test_a_change_by_somebody_else_meanwhile_is_said_and_the_day_is_kept(signed, clockwork):
    page = signed.get(PAGE)
    signed.send(PAGE, until=IN_MAY, do="pause")

    answer = signed.send_from(page, PAGE, until="2026-06-15", do="pause")

    assert answer.status_code == 409
    assert "2026-06-15" in answer.text
    assert "1 May 2026" in answer.text
    assert pauses(clockwork) == [date(2026, 5, 1)]


def test_staff_of_another_organization_get_404(signed, make):
    signed.sign_in(make.staff("gbmp"))

    assert signed.client.get(PAGE).status_code == 404


def test_after_a_no_for_capacity_a_paused_program_is_not_the_next(signed, clockwork, make):
    id_ = clockwork.asked("massmep-cnc", to=Status.DECLINED, region="western", audience="sme")

    def offered() -> list[str]:
        return [p.service.slug for p in next_best(db.session.get_one(Referral, id_))]

    before = clockwork.read(offered)
    signed.sign_in(make.manager())
    signed.send(f"/staff/services/{before[0]}/intake", until=IN_MAY, do="pause")

    assert before[0] not in clockwork.read(offered)


def test_managers_set_the_days_of_a_program_with_a_trail(signed, clockwork, make):
    signed.sign_in(make.manager())

    signed.send("/manage/limits", program=LEAN, response_days="4", contact_days="9")

    assert "Answer: 4 business days. Contact: 9." in signed.get("/manage/limits").text
    query = select(AuditEvent.object_id).where(AuditEvent.action == "limits:set")
    assert clockwork.read(lambda: list(db.session.scalars(query))) == [LEAN]


@pytest.mark.parametrize("days", ["0", "31", "two", ""])
def test_days_that_cannot_be_are_refused(signed, make, days):
    signed.sign_in(make.manager())

    answer = signed.send("/manage/limits", program=LEAN, response_days=days, contact_days="5")

    assert answer.status_code == 400
    assert "Type a whole number from 1 to 30." in answer.text
    assert "Not a valid" not in answer.text
