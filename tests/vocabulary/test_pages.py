"""Managers edit the portal's words: form, preview, publication, versions, two at a time."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from portal.accounts.models import AuditEvent
from portal.directory.fallback import fallback_contact
from portal.extensions import db
from portal.vocabulary.models import VocabularyRevision
from tests.browser import Browser, Page
from tests.listings.editing import filled
from tests.vocabulary.editing import WORDS, confirm, preview, publish

CONTACT = "contact/fallback"


def versions(app) -> list[tuple[int, str, str]]:
    with app.app_context():
        query = select(VocabularyRevision).order_by(VocabularyRevision.number)
        found = [(r.number, r.author_label, r.reason) for r in db.session.scalars(query)]
        db.session.remove()
    return found


def slugs(browser, query: str) -> list[str]:
    return [found["slug"] for found in browser.json(f"/services.json?{query}")["results"]]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/synonyms",
        "/topics",
        "/needs",
        "/pathways",
        "/synonyms/new",
        "/needs/new",
        "/topics/new",
    ],
)
def test_every_page_opens_in_each_language(manager, path):
    for prefix in ("", "/es", "/pt"):
        assert manager.get(f"{prefix}{WORDS}{path}").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "contact/other",
        "synonyms/no-such-word",
        "topics/none",
        "needs/none",
        "pathways/none",
        "pathways/new",
        "contact/new",
        "synonyms/cnc/versions/7",
    ],
)
def test_what_is_not_there_is_not_found(manager, path):
    assert manager.get(f"{WORDS}/{path}").status == 404


def test_staff_may_not_edit_the_words(signed, make):
    signed.sign_in(make.staff())

    assert signed.get(WORDS).status == 403
    assert signed.get(f"{WORDS}/{CONTACT}").status == 403


def test_a_new_contact_is_named_on_every_page_the_plan_and_in_json(manager, writable_app):
    visitor = Browser(writable_app)
    assert "MassHire BizWorks" in visitor.get("/privacy").text
    page = preview(manager, CONTACT, name="Ada at the Works", phone="508-555-0142", hours="9 to 5")
    assert "508-555-0142" in page.text
    assert "MassHire BizWorks" in visitor.get("/privacy").text

    confirm(manager, page)

    footer = visitor.get("/privacy").select_one("footer")
    assert "Ada at the Works" in footer.get_text()
    assert visitor.json("/find/results.json?need=scrap")["fallback"] == {
        "name": "Ada at the Works",
        "phone": "508-555-0142",
        "url": "https://www.mass.gov/bizworks",
    }
    assert "9 to 5" in visitor.get("/find/results?need=scrap").select_one(".person").get_text()
    assert versions(writable_app) == [(0, "", ""), (1, "Manager Person", "")]


def test_hours_that_were_not_translated_are_marked_as_english(manager, writable_app):
    publish(manager, CONTACT, hours="9 to 5", hours_pt="das 9 às 17")
    visitor = Browser(writable_app)

    spanish = visitor.get("/es/find/results?need=scrap").select_one(".person")
    portuguese = visitor.get("/pt/find/results?need=scrap").select_one(".person")

    assert spanish.select_one("[lang=en]").get_text() == "9 to 5"
    assert "das 9 às 17" in portuguese.get_text()
    assert portuguese.select_one("[lang=en]") is None


def test_a_contact_whom_nobody_can_reach_is_refused(manager):
    page = preview(manager, CONTACT, phone="", url="")

    assert page.status == 400
    assert "people need a way out" in page.text


def test_going_back_to_the_shipped_contact_leaves_no_override(manager, writable_app):
    publish(manager, CONTACT, name="Ada")
    path = f"{WORDS}/{CONTACT}"
    assert "Back to the shipped value" in manager.get(path).text

    data = filled(manager.get(f"{path}?from=shipped"))
    page = Page(manager.client.post(path, data={**data, "do": "preview"}))
    confirm(manager, page)

    assert "MassHire BizWorks" in manager.get("/privacy").text
    assert "Back to the shipped value" not in manager.get(path).text
    assert [number for number, *_ in versions(writable_app)] == [0, 1, 2]


def test_an_earlier_version_comes_back_through_the_preview(manager, writable_app):
    publish(manager, CONTACT, name="Ada", reason="New person")
    publish(manager, CONTACT, name="Grace")
    path = f"{WORDS}/{CONTACT}"
    assert "New person" in manager.get(f"{path}/versions").text
    version = manager.get(f"{path}/versions/1")
    assert version.select_one("ins").get_text() == "Ada"

    link = version.select_one("a.usa-button")["href"]
    data = filled(manager.get(link))
    page = Page(manager.client.post(path, data={**data, "do": "preview"}))
    confirm(manager, page)

    assert "Ada" in Browser(writable_app).get("/privacy").select_one("footer").get_text()


def test_two_managers_at_once_lose_nothing(manager, writable_app):
    path = f"{WORDS}/{CONTACT}"
    first, second = filled(manager.get(path)), filled(manager.get(path))
    manager.client.post(path, data={**first, "name": "Ada", "do": "publish"})

    answer = manager.client.post(path, data={**second, "name": "Grace", "do": "publish"})

    assert answer.status_code == 409
    page = Page(answer)
    assert "Ada" in page.select_one(".diff").get_text()
    assert page.select_one("#name")["value"] == "Grace"
    assert "Ada" in manager.get("/privacy").text
    data = {**filled(page), "do": "publish"}
    manager.client.post(path, data=data)
    assert "Grace" in manager.get("/privacy").text
    assert [number for number, *_ in versions(writable_app)] == [0, 1, 2]


def test_a_form_without_the_number_of_a_version_publishes_nothing(manager, writable_app):
    path = f"{WORDS}/{CONTACT}"
    data = {**filled(manager.get(path)), "name": "Ada", "do": "publish", "base": ""}

    assert manager.client.post(path, data=data).status_code == 409
    assert versions(writable_app) == []


def test_the_trail_says_who_published_what(manager, writable_app):
    publish(manager, CONTACT, name="Ada")

    with writable_app.app_context():
        event = db.session.scalars(select(AuditEvent)).one()
        db.session.remove()
    assert (event.action, event.object_kind, event.object_id) == (
        "vocabulary:publish",
        "contact",
        "fallback",
    )
    assert json.loads(event.details) == {"revision": 1}


def test_a_preview_of_nothing_offers_no_publication(manager):
    page = preview(manager, CONTACT)

    assert "Nothing is different." in page.text
    assert page.select_one("button[value=publish]") is None


def test_a_database_that_fails_still_leaves_a_person_to_call(writable_app):
    with writable_app.test_request_context("/"):
        known = fallback_contact()
    with writable_app.app_context():
        db.session.connection().exec_driver_sql("PRAGMA query_only = 0")
        db.session.connection().exec_driver_sql("DROP TABLE vocabulary_override")
        found = fallback_contact()
        db.session.rollback()

    assert found == known
    assert found.phone == "800-252-1591"
