"""A contact opens the link of a letter and says with one click that twenty listings are correct."""

from __future__ import annotations

import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from portal.accounts.tokens import digest_of, new_token
from tests.journeys.addresses import in_language
from tests.journeys.live_portal import LivePortal
from tests.journeys.looking import drawn_width

LISTINGS = 20
TIME = "%Y-%m-%d %H:%M:%S.%f"


@pytest.fixture
def token(live_portal: LivePortal) -> Iterator[str]:
    """The link of a contact of an organization that has LISTINGS listings while the test runs."""
    token, now = new_token(), datetime.now(UTC)
    with closing(sqlite3.connect(live_portal.instance / "portal.sqlite3", timeout=10)) as database:
        (owner,) = database.execute("select id from organization where slug = 'massmep'").fetchone()
        before = database.execute(
            "select id, organization_id from service where status != 'inactive' and "
            "organization_id != ? order by slug limit ? - (select count(*) from service "
            "where organization_id = ? and status != 'inactive')",
            (owner, LISTINGS, owner),
        ).fetchall()
        database.executemany(
            "update service set organization_id = ? where id = ?",
            [(owner, service) for service, _ in before],
        )
        database.execute(
            "insert into upkeep_link values (?, 'confirm', ?, 'contact@example.org', ?, ?, null)",
            (
                digest_of(token),
                owner,
                now.strftime(TIME),
                (now + timedelta(days=1)).strftime(TIME),
            ),
        )
        database.commit()
        yield token
        database.executemany(
            "update service set organization_id = ? where id = ?",
            [(organization, service) for service, organization in before],
        )
        database.execute("update service set assured_date = null, assurer_email = null")
        database.execute("update catalogue_generation set number = number + 1")
        database.execute("delete from suggestion")
        database.commit()


def confirmed(portal: LivePortal) -> int:
    with closing(sqlite3.connect(portal.instance / "portal.sqlite3")) as database:
        query = "select count(*) from service where assured_date is not null"
        return int(database.execute(query).fetchone()[0])


@pytest.mark.parametrize("page", [{}, {"javascript": False}], indirect=True)
def test_twenty_listings_are_confirmed_from_the_link_within_a_minute(
    page: Page, live_portal: LivePortal, token: str
):
    began = time.monotonic()
    page.goto(f"/confirm/{token}")
    expect(page.locator(".upkeep__listings > li")).to_have_count(LISTINGS)
    assert confirmed(live_portal) == 0  # as a mail scanner would have left it

    page.locator("main button.action").click()

    expect(page.locator(".usa-alert--success")).to_be_visible()
    seconds = time.monotonic() - began
    print(f"\n{LISTINGS} listings confirmed from the link: {seconds:.1f} s")  # noqa: T201
    assert confirmed(live_portal) == LISTINGS
    assert seconds <= 60


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", [1280, 320])
def test_pages_of_the_link_keep_the_access_rules(open_page, axe, token, language, width):
    page = open_page(width=width, locale=language)
    slug = "massmep-lean"
    for path in (
        f"/confirm/{token}",
        f"/confirm/{token}/{slug}/fix?field=email",
        f"/confirm/{token}/{slug}/end",
        f"/services/{slug}/suggest",
    ):
        page.goto(in_language(path, language))
        axe(page)
        assert drawn_width(page) <= width, path


def test_a_contact_corrects_a_field_from_the_link(page: Page, token: str):
    text = f"Free, says {uuid.uuid4().hex}."
    page.goto(f"/confirm/{token}")
    page.locator("#listing-massmep-lean a[href$='/fix']").click()
    page.locator("summary").wait_for()
    page.locator("a[href$='field=fees_description#form']").click()
    page.locator("#after").fill(text)

    page.locator("main button.action").click()

    expect(page.locator(".usa-alert--success")).to_contain_text("Thank you, it was sent")
    page.goto("/services/massmep-lean")
    expect(page.locator("main")).not_to_contain_text(text)
