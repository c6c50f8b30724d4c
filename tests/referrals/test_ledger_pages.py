"""The ledger's pages: what they count, who may decide, and that nobody overwrites anybody."""

from __future__ import annotations

import csv
import io
import uuid
from datetime import date

import pytest
from sqlalchemy import select

from portal import clock
from portal.accounts.models import AuditEvent, Navigator
from portal.directory.models import Organization
from portal.extensions import db
from portal.referrals.models import Referral
from portal.referrals.moving import SYSTEM
from portal.referrals.states import Status
from portal.search.models import SearchDemand
from portal.wizard.models import PlanDemand
from tests.referrals.courses import ACCEPTED, DECLINED

UNMET = (Status.CLOSED_UNMET, SYSTEM, {"unmet": "wait_too_long"})
GROUP = {"form": "marketing", "industry": "332710", "region": "central"}
PATH = "/manage/unmet-needs/group?form=marketing&industry=332710&region=central"

# What a browser sends of a form that nobody has filled in.
BLANK = {"status": "open", "owner": "", "answered_by": "", "answer": "", "note": ""}


@pytest.fixture
def manager(signed, make):
    signed.sign_in(make.manager())
    return signed


@pytest.fixture
def closed(course, at) -> uuid.UUID:
    """A request that was declined and closed unmet 14 days later."""
    id_ = course.asked(*DECLINED, **GROUP)
    at(14)
    course.moved(id_, UNMET)
    return id_


def cells(page, number: int = 0) -> list[str]:
    row = page.select("table tbody tr")[number]
    return [" ".join(cell.text.split()) for cell in row.select("th, td")]


def test_a_request_closed_unmet_is_a_group_with_a_link_to_its_course(manager, closed):
    page = manager.get("/manage/unmet-needs")

    assert cells(page) == [
        "New customers and markets Machine shops · Central",
        "1",
        "0",
        "0",
        "0",
        "Open",
    ]
    group = manager.get(page.select_one("table a")["href"])
    assert group.select_one(f"a[href='/manage/requests/{closed}']")


def test_a_need_that_another_program_of_the_request_meets_is_not_unmet(manager, course, at, closed):
    other = course.asked(*ACCEPTED, slug="massmep-cnc")

    def same_request() -> None:
        episode_id = db.session.get_one(Referral, closed).episode_id
        db.session.get_one(Referral, other).episode_id = episode_id

    course.write(same_request)

    assert not manager.get("/manage/unmet-needs").select("table")


def visitors(course, plans: int, searches: int) -> None:
    def change() -> None:
        db.session.add(
            PlanDemand(
                id=uuid.uuid4(),
                day=date(2026, 3, 1),
                kind="no-dedicated",
                need="export",
                count=plans,
                **GROUP,
            )
        )
        db.session.add(
            SearchDemand(
                id=uuid.uuid4(),
                day=date(2026, 3, 1),
                words="gold plating",
                kind="zero",
                near="",
                facets="form=marketing;industry=332710;region=central",
                count=searches,
            )
        )

    course.write(change)


def test_small_counts_of_visitors_are_hidden_on_the_page(manager, course):
    visitors(course, plans=10, searches=11)

    page = manager.get("/manage/unmet-needs")

    assert cells(page)[1:5] == ["0", "c", "0", "11"]
    assert "gold" not in page.text


def test_the_file_hides_small_counts_of_requests_too(manager, course, closed):
    visitors(course, plans=3, searches=12)

    text = manager.client.get("/manage/unmet-needs/export.csv").text

    (row,) = csv.DictReader(io.StringIO(text))
    assert row == GROUP | {
        "requests": "c",
        "plans": "c",
        "none_of_these": "0",
        "searches": "12",
        "status": "open",
        "owner": "",
        "answered_by": "",
    }


def test_what_is_older_than_a_year_is_no_group_any_more(manager, course, closed, at):
    visitors(course, plans=20, searches=20)
    at(14 + 366)

    assert not manager.get("/manage/unmet-needs").select("table")


def test_a_group_is_assigned_and_then_answered_and_keeps_its_history(signed, make, closed, course):
    boss = make.manager()
    signed.sign_in(boss)
    owned = BLANK | {"owner": str(boss.id)}
    signed.send(PATH, **owned | {"status": "assigned", "note": "Ask the colleges"})
    signed.send(PATH, **owned | {"status": "answered", "answered_by": "massmep-lean"})

    page = signed.get(PATH)
    history = [" ".join(each.text.split()) for each in page.select(".timeline li")]
    assert len(history) == 2
    assert history[0].startswith("Answered · owner: Manager Person · answered by")
    assert "Ask the colleges" in history[1]
    assert cells(signed.get("/manage/unmet-needs"))[5].startswith("Answered: ")
    actions = course.read(lambda: db.session.scalars(select(AuditEvent.action)).all())
    assert actions.count("unmet-need:change") == 2


@pytest.mark.parametrize("fields", [{"status": "assigned"}, {"status": "answered"}, {"status": ""}])
def test_a_status_needs_its_owner_or_its_answer(manager, closed, fields):
    answer = manager.send(PATH, **BLANK | {"note": "kept"} | fields)

    assert answer.status_code == 400
    assert "kept" in answer.text
    assert "Nobody has taken it on yet" in manager.get(PATH).text


def test_who_decides_on_an_old_page_sees_both_texts(signed, make, closed):
    first, second = make.manager(), make.manager()
    signed.sign_in(second)
    page = signed.get(PATH)
    signed.sign_in(first)
    answered = BLANK | {"status": "answered"}
    signed.send(PATH, **answered | {"answer": "A college in Holyoke begins in May"})
    signed.sign_in(second)

    fields = answered | {"answer": "Nothing to do", "csrf_token": token_of(signed)}
    stale = signed.send_from(page, PATH, **fields)

    assert stale.status_code == 409
    assert "A college in Holyoke begins in May" in stale.text
    assert "Nothing to do" in stale.text
    assert len(signed.get(PATH).select(".timeline li")) == 1


def token_of(signed) -> str:
    return signed.get(PATH).select_one("main [name=csrf_token]")["value"]


def test_the_navigator_keeps_the_ledger_too_and_other_staff_do_not(signed, make, course, closed):
    navigator, other = make.staff("massmep"), make.staff("gbmp")

    def name() -> None:
        organization = db.session.scalars(select(Organization).filter_by(slug="massmep")).one()
        db.session.add(Navigator(id=1, organization_id=organization.id, named_at=clock.now()))

    course.write(name)
    signed.sign_in(navigator)
    page = signed.get(PATH)
    assert page.select_one(f"option[value='{navigator.id}']")
    assert not page.select_one(f"a[href='/manage/requests/{closed}']")
    signed.sign_in(other)
    assert signed.client.get(PATH).status_code == 403


@pytest.mark.parametrize("query", ["form=fame", "industry=1", "region=moon"])
def test_a_group_of_words_that_the_catalogue_does_not_have_is_not_found(manager, closed, query):
    assert manager.client.get(f"/manage/unmet-needs/group?{query}").status_code == 404


@pytest.mark.parametrize("query", ["?page=99", "?status=fame", "?source=x", "?form=%00"])
def test_an_address_that_makes_no_sense_opens_or_is_refused(manager, closed, query):
    assert manager.client.get(f"/manage/unmet-needs{query}").status_code in (200, 400)
