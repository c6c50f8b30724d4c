"""/suggestions.json over the real catalogue."""

from __future__ import annotations

import gzip
import string

import pytest

from portal.assets import built_file
from tests.conftest import ROOT

STATIC = ROOT / "portal" / "static"


def lines(browser, typed: str) -> list[dict]:
    return browser.json(f"/suggestions.json?q={typed}")["suggestions"]


def test_a_line_has_kind_label_and_address(browser):
    found = lines(browser, "massmep")

    assert found[0] == {
        "kind": "listing",
        "label": "Lean and operational excellence projects",
        "url": "/services/massmep-lean",
    }
    assert {
        "kind": "organization",
        "label": "Massachusetts Manufacturing Extension Partnership",
        "url": "/organizations/massmep",
    } in found


def test_a_topic_leads_to_its_search_and_the_search_finds_something(browser):
    topic = lines(browser, "as9100")[0]

    assert topic["kind"] == "topic"
    assert topic["url"] == "/services?topic=as9100"
    assert browser.json("/services.json?topic=as9100")["total"] > 0


def test_a_misspelled_word_is_corrected_and_said_so(browser):
    answer = browser.json("/suggestions.json?q=machning")

    assert answer["corrected"] == "machining"
    assert answer["suggestions"]


def test_every_suggested_page_is_there(browser):
    urls = {line["url"] for typed in ("ma", "co", "lean", "cyb") for line in lines(browser, typed)}

    assert len(urls) > 15
    assert {browser.client.get(url).status_code for url in urls} == {200}


def test_the_same_names_are_suggested_in_each_language(browser):
    def names(prefix: str) -> list[tuple[str, str]]:
        answer = browser.json(f"{prefix}/suggestions.json?q=train")
        assert all(line["url"].startswith(f"{prefix}/") for line in answer["suggestions"])
        return [(line["kind"], line["label"]) for line in answer["suggestions"]]

    assert names("") == names("/es") == names("/pt") != []


def test_no_answer_is_longer_than_eight_lines_and_five_kilobytes(browser):
    for first in string.ascii_lowercase:
        for second in " aeiou":
            answer = browser.client.get(f"/suggestions.json?q={first}{second}")
            assert len(answer.get_json()["suggestions"]) <= 8
            assert len(answer.data) <= 5_000


def test_an_answer_may_be_kept_a_minute_and_asked_for_again_for_nothing(browser):
    first = browser.client.get("/suggestions.json?q=lean")
    again = browser.client.get(
        "/suggestions.json?q=lean", headers={"If-None-Match": first.headers["ETag"]}
    )

    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert (again.status_code, again.data) == (304, b"")


def test_an_etag_of_a_packed_answer_holds_too(browser):
    asked = {"Accept-Encoding": "gzip"}
    first = browser.client.get("/suggestions.json?q=ma", headers=asked)
    again = browser.client.get(
        "/suggestions.json?q=ma", headers={**asked, "If-None-Match": first.headers["ETag"]}
    )

    assert first.headers["Content-Encoding"] == "gzip"
    assert again.status_code == 304


@pytest.mark.parametrize("query", ["q=" + "a" * 301, "q=%00"])
def test_what_cannot_be_typed_is_a_problem_document(browser, query):
    answer = browser.client.get(f"/suggestions.json?{query}")

    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"


def test_nothing_typed_suggests_nothing(browser):
    assert browser.json("/suggestions.json") == {"corrected": None, "suggestions": []}


def test_the_boxes_of_home_and_search_page_say_where_suggestions_come_from(browser):
    for path, base in (("/", ""), ("/services", ""), ("/es/services?q=cnc", "/es")):
        page = browser.get(path)
        box = page.select_one("main input[name=q]")
        assert box["data-suggestions"] == f"{base}/suggestions.json"
        assert "role" not in box.attrs  # only the script makes it a combobox
        assert page.select("script[src*=app]")


def test_the_script_of_the_suggestions_weighs_five_kilobytes_at_most(context):
    script = gzip.compress((STATIC / "js" / "suggestions.js").read_bytes())
    travelling = gzip.compress(built_file("app.js").read_bytes())  # with all our other scripts

    assert len(script) <= len(travelling) <= 5_000
