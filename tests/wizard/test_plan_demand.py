"""What plans lacked is counted in codes alone, once a plan, and never keeps a plan from anybody."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from portal.database import write_unit
from portal.extensions import db
from portal.wizard import operations
from portal.wizard.answers import Answers
from portal.wizard.demand import Hole, holes_of
from portal.wizard.models import PlanDemand
from portal.wizard.offered_needs import SHIPPED
from portal.wizard.profile import CompanyProfile
from tests.browser import Browser

DAY = date(2026, 3, 12)
SHOP = CompanyProfile(audience="sme", employees=25, industry="332710", regions=("central",))


def counted(app) -> list[tuple]:
    columns = (
        PlanDemand.kind,
        PlanDemand.need,
        PlanDemand.form,
        PlanDemand.industry,
        PlanDemand.region,
        PlanDemand.count,
    )
    with app.app_context():
        return sorted(tuple(row) for row in db.session.execute(select(*columns)))


@pytest.mark.parametrize(
    ("answers", "profile", "has_dedicated", "holes"),
    [
        (
            Answers(need=("none",)),
            SHOP,
            True,
            [Hole("none-of-these", "", "", "332710", "central")],
        ),
        (
            Answers(need=("scrap", "marketing"), topic=("our secret press",)),
            SHOP,
            False,
            [
                Hole("no-dedicated", "marketing", "marketing", "332710", "central"),
                Hole("no-dedicated", "scrap", "process-improvement", "332710", "central"),
            ],
        ),
        (Answers(need=("scrap",)), SHOP, True, []),
        (Answers(need=("not-sure",)), SHOP, False, []),
        # Neither industry nor size is known: nothing can be dedicated, so nothing is missing.
        (Answers(need=("scrap",)), CompanyProfile(regions=("central",)), False, []),
        # A place in several regions is counted in none of them.
        (
            Answers(need=("scrap",)),
            CompanyProfile(industry="311", regions=("central", "metro-west")),
            False,
            [Hole("no-dedicated", "scrap", "process-improvement", "311", "")],
        ),
    ],
)
def test_a_plan_lacks_what_nobody_is_dedicated_to_and_what_is_none_of_these(
    answers, profile, has_dedicated, holes
):
    found = holes_of(answers, profile, has_dedicated=has_dedicated, form_of=SHIPPED.form_of)

    assert found == holes


NONE = "/find/results?county=Worcester&industry=332710&need=none&topic=secret+press&v=1"


def test_plans_of_a_day_that_lack_the_same_share_a_row_and_set_no_cookie(writable_app):
    browser = Browser(writable_app)
    for _ in range(2):
        answer = browser.client.get(NONE, buffered=True)
        browser.client.get(
            "/find/results?county=Worcester&industry=332710&need=none&v=1", buffered=True
        )

    assert "Set-Cookie" not in answer.headers
    ((kind, need, form, industry, _region, count),) = counted(writable_app)
    assert (kind, need, form, industry, count) == ("none-of-these", "", "", "332710", 4)


@pytest.mark.parametrize(
    ("method", "headers"), [("head", {}), ("get", {"Sec-Purpose": "prefetch;prerender"})]
)
def test_a_page_that_nobody_looks_at_is_not_counted(writable_app, method, headers):
    getattr(writable_app.test_client(), method)(NONE, headers=headers, buffered=True)

    assert counted(writable_app) == []


def test_a_plan_is_shown_while_somebody_else_writes(writable_app):
    path = writable_app.config["PORTAL"].instance / "portal.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as other, capture_logs() as logs:
        other.execute("begin immediate")
        answer = writable_app.test_client().get(NONE, buffered=True)

    assert answer.status_code == 200
    assert [line["event"] for line in logs] == ["holes of a plan not recorded"]


def test_a_day_takes_no_more_different_rows_than_are_allowed(writable_app, monkeypatch):
    monkeypatch.setattr(operations, "MOST_ROWS_A_DAY", 1)
    first, second = (Hole("none-of-these", "", "", code, "") for code in ("311", "312"))
    with writable_app.app_context(), write_unit():
        for holes in ([first], [second], [first]):
            operations.record_holes(holes, day=DAY)
        db.session.commit()

    assert [(row[3], row[5]) for row in counted(writable_app)] == [("311", 2)]
