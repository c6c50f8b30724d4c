"""The feed of a search is valid Atom 1.0 (RFC 4287), newest change first, and cheap to poll."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from sqlalchemy import update

from portal.database import write_unit
from portal.directory.identity import stable_id
from portal.directory.models import Service
from portal.directory.operations import load_catalog, mark_catalogue_changed
from portal.extensions import db
from tests.conftest import DATA, NOON, make_app

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
URN = re.compile(r"urn:uuid:[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def feed(client, query: str = "", prefix: str = "") -> ElementTree.Element:
    answer = client.get(f"{prefix}/feeds/services.atom{query}")
    assert answer.status_code == 200
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.data)  # noqa: S314  our own answer


def texts(node: ElementTree.Element, path: str) -> list[str]:
    return [found.text or "" for found in node.findall(path.replace("a:", ATOM))]


@pytest.fixture
def filled(tmp_path):
    """A portal of its own with the real catalogue, for changing it."""
    app = make_app(tmp_path)
    with app.app_context(), write_unit():
        load_catalog(DATA, state_code="MA", now=NOON)
        db.session.commit()
        db.session.remove()
    return app


def change(app, slug: str, moment: datetime, **values: str) -> None:
    with app.app_context(), write_unit():
        changed = update(Service).where(Service.slug == slug)
        db.session.execute(changed.values(last_modified=moment, **values))
        mark_catalogue_changed()
        db.session.commit()
        db.session.remove()


def test_the_feed_has_what_the_standard_requires(browser):
    root = feed(browser.client, "?q=AS9100")

    assert root.tag == f"{ATOM}feed"
    assert root.get(LANG) == "en"
    assert len(texts(root, "a:id")) == 1
    assert URN.fullmatch(texts(root, "a:id")[0])
    assert texts(root, "a:title") == ["Programs for “AS9100”"]
    assert texts(root, "a:updated") == ["2026-03-12T12:00:00Z"]
    assert texts(root, "a:author/a:name") == ["Industrial Commons"]
    links = {link.get("rel"): link for link in root.findall(f"{ATOM}link")}
    assert links["self"].get("href") == "http://localhost/feeds/services.atom?q=AS9100"
    assert links["self"].get("type") == "application/atom+xml"
    assert links["alternate"].get("href") == "http://localhost/services?q=AS9100"
    assert links["alternate"].get("type") == "text/html"


def test_each_entry_has_what_the_standard_requires(browser):
    entries = feed(browser.client, "?q=AS9100").findall(f"{ATOM}entry")

    assert 1 < len(entries) <= 50
    for entry in entries:
        for name in ("id", "title", "updated", "summary"):
            assert len(texts(entry, f"a:{name}")) == 1, name
            assert texts(entry, f"a:{name}")[0].strip(), name
        assert URN.fullmatch(texts(entry, "a:id")[0])
        assert MOMENT.fullmatch(texts(entry, "a:updated")[0])
        assert [link.get("rel") for link in entry.findall(f"{ATOM}link")] == ["alternate"]
    assert len({texts(entry, "a:id")[0] for entry in entries}) == len(entries)


def test_an_entry_tells_of_its_listing(browser):
    entries = feed(browser.client, "?q=AS9100&form=process-improvement").findall(f"{ATOM}entry")
    wanted = f"urn:uuid:{stable_id('service', 'massmep-quality')}"
    entry = next(entry for entry in entries if texts(entry, "a:id") == [wanted])

    assert texts(entry, "a:title") == [
        "Quality system support (ISO 9001, AS9100, ISO 13485) "
        "(Massachusetts Manufacturing Extension Partnership)"
    ]
    assert entry.find(f"{ATOM}link").get("href") == "http://localhost/services/massmep-quality"
    assert texts(entry, "a:summary")[0].startswith("Help building and auditing a quality")
    category = entry.find(f"{ATOM}category")
    assert category.get("term") == "process-improvement"
    assert category.get("label") == "Better processes"
    assert category.get("scheme") == "http://localhost/services#facet-form"


def test_a_feed_holds_the_same_programs_as_its_search(browser):
    query = "?q=cnc&form=workforce-training&region=central"
    found = browser.json(f"/services.json{query}")
    entries = feed(browser.client, query).findall(f"{ATOM}entry")

    assert 0 < found["total"] <= 20
    assert {entry.find(f"{ATOM}link").get("href") for entry in entries} == {
        result["url"] for result in found["results"]
    }


def test_no_more_than_fifty_entries(browser):
    assert len(feed(browser.client).findall(f"{ATOM}entry")) == 50


def test_a_search_that_finds_nothing_is_a_valid_empty_feed(browser, app):
    root = feed(browser.client, "?q=xylophone")

    assert root.findall(f"{ATOM}entry") == []
    assert texts(root, "a:updated") == ["2026-03-12T12:00:00Z"]
    assert texts(feed(app.test_client()), "a:updated") == ["1970-01-01T00:00:00Z"]


def test_the_latest_change_comes_first_and_dates_the_feed(filled):
    change(filled, "massmep-lean", datetime(2026, 5, 1, 8, 30, tzinfo=UTC))
    change(filled, "massmep-quality", datetime(2026, 5, 2, 8, 30, tzinfo=UTC))

    root = feed(filled.test_client())

    assert texts(root, "a:updated") == ["2026-05-02T08:30:00Z"]
    assert texts(root, "a:entry/a:updated")[:3] == [
        "2026-05-02T08:30:00Z",
        "2026-05-01T08:30:00Z",
        "2026-03-12T12:00:00Z",
    ]


def test_what_means_something_in_xml_is_escaped(filled):
    change(filled, "massmep-lean", NOON, name='Lean <5S> & "flow" ]]>')

    assert 'Lean <5S> & "flow" ]]> (Mass' in " ".join(
        texts(feed(filled.test_client(), "?q=lean"), "a:entry/a:title")
    )
    title = texts(feed(filled.test_client(), "?q=%3C%2Ftitle%3E%26"), "a:title")
    assert title == ["Programs for “</title>&”"]


def test_ids_stay_when_language_order_and_page_change_and_differ_between_searches(browser):
    def ids(query: str, prefix: str = "") -> tuple[str, list[str]]:
        root = feed(browser.client, query, prefix)
        return texts(root, "a:id")[0], texts(root, "a:entry/a:id")

    plain = ids("?q=lean")
    assert ids("?q=lean&sort=name&page=1") == plain
    assert ids("?q=lean", "/es")[1] == plain[1]
    assert len({plain[0], ids("?q=lean", "/es")[0], ids("?q=cnc")[0], ids("")[0]}) == 4


@pytest.mark.parametrize(("prefix", "language"), [("/es", "es"), ("/pt", "pt-BR")])
def test_a_feed_keeps_the_language_of_its_address(browser, prefix, language):
    root = feed(browser.client, "?form=marketing", prefix)

    assert root.get(LANG) == language
    urls = [link.get("href") for link in root.iter(f"{ATOM}link")]
    assert all(url.startswith(f"http://localhost{prefix}/") for url in urls)


@pytest.mark.parametrize(
    "query", ["form=nonsense", "near=123", "sort=x", "page=0", "q=" + "a" * 301, "q=%00"]
)
def test_a_bad_search_is_a_problem_document(browser, query):
    answer = browser.client.get(f"/feeds/services.atom?{query}")

    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"


def test_an_unchanged_feed_is_not_sent_again(browser):
    first = browser.client.get("/feeds/services.atom?q=lean")
    by_etag = browser.client.get(
        "/feeds/services.atom?q=lean", headers={"If-None-Match": first.headers["ETag"]}
    )
    by_date = browser.client.get(
        "/feeds/services.atom?q=lean", headers={"If-Modified-Since": first.headers["Last-Modified"]}
    )

    assert first.headers["Last-Modified"] == "Thu, 12 Mar 2026 12:00:00 GMT"
    assert (by_etag.status_code, by_etag.data) == (304, b"")
    assert (by_date.status_code, by_date.data) == (304, b"")


def test_a_packed_feed_can_be_asked_for_again_too(browser):
    asked = {"Accept-Encoding": "gzip"}
    first = browser.client.get("/feeds/services.atom", headers=asked)
    again = browser.client.get(
        "/feeds/services.atom", headers={**asked, "If-None-Match": first.headers["ETag"]}
    )

    assert first.headers["Content-Encoding"] == "gzip"
    assert again.status_code == 304


def test_the_search_page_names_the_feed_in_its_head_and_shows_it(browser):
    page = browser.get("/es/services?q=cnc&form=marketing&sort=name&page=1")
    wanted = "/es/feeds/services.atom?q=cnc&form=marketing"

    assert page.select_one("head link[type='application/atom+xml']")["href"] == wanted
    assert page.select_one("#results a#feed")["href"] == wanted
    assert browser.get("/services?form=nonsense").select_one("#feed") is None
