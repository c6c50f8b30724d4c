"""The queue of managers: oldest first, in pages, of everybody or of one organization."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.database import write_unit
from portal.directory.models import Organization
from portal.extensions import db
from portal.listings.models import WAITING, ListingChange
from tests.listings.editing import changes, send

FIRST = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
QUEUE = "/manage/changes"


@pytest.fixture
def wait(writable_app, make):
    """Makes changes that wait, each sent a minute after the one before."""
    author = make.staff("massmep")

    def wait(number: int, of: str = "massmep", title: str = "Change {}") -> None:
        with writable_app.app_context(), write_unit():
            organization = db.session.scalars(
                select(Organization.id).where(Organization.slug == of)
            ).one()
            # The last first, so that the order in which they lie is not that in which they came.
            for each in reversed(range(number)):
                at = FIRST + timedelta(minutes=each)
                db.session.add(
                    ListingChange(
                        id=uuid.uuid4(),
                        kind="service",
                        listing_id=None,
                        organization_id=organization,
                        author_id=author.id,
                        title=title.format(each + 1),
                        status=WAITING,
                        base_number=0,
                        typed_json="{}",
                        content_json="{}",
                        reason="",
                        note="",
                        created_at=at,
                        updated_at=at,
                        sent_at=at,
                        decided_at=None,
                        decided_by_id=None,
                    )
                )
                db.session.flush()
            db.session.commit()
            db.session.remove()

    return wait


def titles(page) -> list[str]:
    return [tag.get_text() for tag in page.select(".tasks strong")]


def test_26_changes_are_two_pages_the_oldest_on_top(signed, make, wait):
    wait(26)
    signed.sign_in(make.manager())

    first, second = signed.get(QUEUE), signed.get(f"{QUEUE}?page=2")

    assert titles(first) == [f"Change {number}" for number in range(1, 26)]
    assert titles(second) == ["Change 26"]
    assert "26 changes wait, the oldest since 3 March 2026" in first.text
    assert "26 changes wait, the oldest since 3 March 2026" in second.text
    assert first.select_one("a[rel=next]")["href"] == f"{QUEUE}?page=2"
    assert second.select_one(".usa-pagination [aria-current=page]").get_text() == "2"


def test_25_changes_are_one_page_and_a_page_beyond_is_that_page(signed, make, wait):
    wait(25)
    signed.sign_in(make.manager())

    page = signed.get(f"{QUEUE}?page=7")

    assert len(titles(page)) == 25
    assert not page.select(".usa-pagination")


def test_the_queue_is_narrowed_to_one_organization_page_by_page(signed, make, wait):
    wait(27)
    wait(2, of="gbmp", title="Theirs {}")
    signed.sign_in(make.manager())

    narrowed = signed.get(f"{QUEUE}?organization=gbmp")
    second = signed.get(f"{QUEUE}?organization=massmep&page=2")

    assert titles(narrowed) == ["Theirs 1", "Theirs 2"]
    assert "2 changes wait, the oldest since" in narrowed.text
    assert titles(second) == ["Change 26", "Change 27"]
    assert second.select_one("a[rel=prev]")["href"] == f"{QUEUE}?organization=massmep&page=1"
    choices = [option.get_text() for option in narrowed.select("#organization option")]
    assert choices == [
        "All organizations (29)",
        "GBMP (Greater Boston Manufacturing Partnership) (2)",
        "Massachusetts Manufacturing Extension Partnership (27)",
    ]
    assert narrowed.select_one("option[selected]")["value"] == "gbmp"


def test_one_change_alone_is_said_in_the_singular(signed, make, wait):
    wait(1)
    signed.sign_in(make.manager())

    assert "1 change waits, sent 3 March 2026" in signed.get(QUEUE).text


def test_nothing_to_narrow_where_nothing_waits(signed, make):
    signed.sign_in(make.manager())

    page = signed.get(QUEUE)

    assert "No change waits." in page.text
    assert not page.select("#organization")


def test_an_organization_without_a_change_says_so_and_leads_back_to_all(signed, make, wait):
    wait(1)
    signed.sign_in(make.manager())

    page = signed.get(f"{QUEUE}?organization=gbmp")

    assert "No change of GBMP (Greater Boston Manufacturing Partnership) waits." in page.text
    assert page.select_one("option[selected]")["value"] == "gbmp"
    assert page.select(f"main a[href='{QUEUE}']")


def test_an_organization_that_is_not_there_is_not_found(signed, make):
    signed.sign_in(make.manager())

    assert signed.client.get(f"{QUEUE}?organization=nobody").status_code == 404


def test_who_narrowed_the_queue_comes_back_to_it_after_a_decision(signed, make, writable_app):
    signed.sign_in(make.staff("gbmp"))
    send(signed, "/staff/services/gbmp-consulting", short_description="Shorter words.")
    [change] = changes(writable_app)
    signed.sign_in(make.manager())
    path = signed.get(f"{QUEUE}?organization=gbmp").select_one(".tasks a")["href"]

    answer = signed.send(path, form="form[action*=return]", note="Say more.")

    assert path == f"{QUEUE}/{change.id}?organization=gbmp"
    assert answer.location == f"{QUEUE}?organization=gbmp&done=returned"


def test_the_longest_names_are_shown_whole(signed, make, wait):
    wait(1, title="Wide " + "x" * 290 + "{}")
    signed.sign_in(make.manager())

    assert titles(signed.get(QUEUE)) == ["Wide " + "x" * 290 + "1"]
