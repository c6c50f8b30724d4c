"""How far each organization has come: invited, claimed, signed in, confirmed, answering."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from portal import clock
from portal.accounts import claims
from portal.database import write_unit
from portal.directory.models import Organization, Service
from portal.extensions import db
from portal.work import work_of

ONBOARDING = "/manage/onboarding"


def line_of(page, slug: str) -> list[str]:
    """Return the cells of an organization's line."""
    row = page.select_one(f"table a[href='/organizations/{slug}']").find_parent("tr")
    return [" ".join(cell.get_text().split()) for cell in row.select("td")]


def stages(page) -> dict[str, int]:
    """Return how many organizations have come how far."""
    pairs = [link.get_text().split(" · ") for link in page.select(".stages a")]
    return {name: int(number) for name, number in pairs}


@pytest.fixture
def as_manager(signed, make):
    signed.sign_in(make.manager())
    return signed


@pytest.fixture
def some_have_come(as_manager, make):
    """MassMEP has staff and one confirmed listing of seven, GBMP staff, two are before that."""
    make.staff("massmep")
    make.staff("gbmp")
    as_manager.send(
        "/manage/accounts/invite",
        form="form.question",
        email="pat@example.org",
        role="staff",
        organization="nelc",
    )
    with as_manager.client.application.app_context(), write_unit():
        lab = db.session.scalar(select(Organization).where(Organization.slug == "wpi"))
        host = lab.website.partition("//")[2].partition("/")[0].removeprefix("www.")
        token = claims.ask(lab, f"kim@{host}", now=clock.now())
        claims.confirm(token, now=clock.now())
        db.session.execute(
            update(Service).where(Service.slug == "massmep-lean").values(assured_date=clock.today())
        )
        db.session.commit()
        db.session.remove()
    return as_manager


def test_each_organization_is_counted_at_its_furthest_step(some_have_come):
    page = some_have_come.get(ONBOARDING)

    assert stages(page) == {
        "all": 119,
        "nobody yet": 115,
        "invited": 1,
        "claimed": 1,
        "signs in": 1,
        "has confirmed": 1,
        "answers requests": 0,
    }
    assert "2 of 119 organizations have somebody who signs in." in page.text
    assert len(page.select("table tbody tr")) == 119


def test_a_line_says_how_many_are_invited_claim_sign_in_and_confirmed(some_have_come):
    page = some_have_come.get(ONBOARDING)

    assert line_of(page, "massmep") == ["0", "0", "1", "1 of 7", "not yet", ""]
    assert line_of(page, "nelc")[:4] == ["1", "0", "0", "0 of 1"]
    assert line_of(page, "wpi")[:3] == ["0", "1", "0"]


@pytest.mark.parametrize(
    ("stage", "slug"),
    [("confirmed", "massmep"), ("joined", "gbmp"), ("claimed", "wpi"), ("invited", "nelc")],
)
def test_one_stage_shows_those_that_have_come_just_so_far(some_have_come, stage, slug):
    page = some_have_come.get(f"{ONBOARDING}?stage={stage}")

    links = page.select("table tbody th a")
    assert [link["href"] for link in links] == [f"/organizations/{slug}"]


def test_a_stage_that_nobody_is_at_says_so_and_an_unknown_one_shows_all(as_manager):
    empty = as_manager.get(f"{ONBOARDING}?stage=confirmed")
    unknown = as_manager.get(f"{ONBOARDING}?stage=nonsense")

    assert empty.select("table") == []
    assert "No organization has come just this far." in empty.text
    assert len(unknown.select("table tbody tr")) == 119


def test_a_feature_that_knows_who_answers_fills_the_column(as_manager):
    app = as_manager.client.application
    with app.app_context():
        answers = db.session.scalar(select(Organization.id).where(Organization.slug == "massmep"))
        db.session.remove()
    work_of(app).answering = lambda: frozenset({answers})

    page = as_manager.get(ONBOARDING)

    assert line_of(page, "massmep")[4] == "yes"
    assert line_of(page, "gbmp")[4] == "not yet"
