"""Synonyms: added, changed and taken away; the preview says what searches find then."""

from __future__ import annotations

import re
import uuid

import pytest

from portal.database import write_unit
from portal.directory.operations import load_catalog
from portal.extensions import db
from portal.search.models import SearchDemand
from tests.conftest import DATA, NOON
from tests.vocabulary.editing import WORDS, preview, publish


def found(browser, words: str) -> list[str]:
    return [r["slug"] for r in browser.json(f"/services.json?q={words}")["results"]]


def names(browser, words: str) -> list[str]:
    """The names of the programs on the page of results, in their order."""
    found = browser.get(f"/services?q={words}").select(".result h3")
    return [" ".join(tag.get_text().split()) for tag in found]


def programs(cell) -> int:
    return int(re.search(r"(\d+) program", cell.get_text()).group(1))


def test_a_new_word_is_tried_first_and_found_once_it_is_published(manager):
    assert found(manager, "zorble") == []
    page = preview(manager, "synonyms/new", term="zorble", synonyms="cmmc")
    row = next(r for r in page.select("tbody tr") if r.th.get_text() == "zorble")
    before, after = map(programs, row.select("td"))
    assert before == 0
    assert found(manager, "zorble") == []

    publish(manager, "synonyms/new", term="zorble", synonyms="cmmc")

    total = manager.json("/services.json?q=zorble")["total"]
    assert total == after > 0
    assert set(found(manager, "zorble")) <= set(found(manager, "cmmc"))
    first = [name.get_text() for name in row.select("td")[1].select("li")]
    assert first == names(manager, "zorble")[:5]


def test_a_word_that_is_taken_away_is_kept_in_the_versions_and_comes_back(manager):
    publish(manager, "synonyms/new", term="zorble", synonyms="cmmc")

    publish(manager, "synonyms/zorble", is_removed="y")

    assert found(manager, "zorble") == []
    assert "taken away" in manager.get(f"{WORDS}/synonyms?words=zorble").text
    assert (
        "In this version it was not there."
        in manager.get(f"{WORDS}/synonyms/zorble/versions/2").text
    )
    publish(manager, "synonyms/new", term="Zorble", synonyms="cmmc")
    assert found(manager, "zorble")
    assert len(manager.get(f"{WORDS}/synonyms/zorble/versions").select("ol.listings li")) == 4


def test_a_word_that_exists_is_not_added_twice(manager):
    data = {"term": "CNC", "synonyms": "zorble", "do": "preview"}
    token = manager.get(f"{WORDS}/synonyms/new").select_one("input[name=csrf_token]")["value"]

    answer = manager.client.post(f"{WORDS}/synonyms/new", data={**data, "csrf_token": token})

    assert answer.status_code == 409
    assert b"machining" in answer.data


def test_what_no_program_says_is_pointed_out(manager):
    page = preview(manager, "synonyms/new", term="zorble", synonyms="cmmc\nqwertzuiop")

    assert "No program says “qwertzuiop”." in page.text


@pytest.mark.parametrize(("count", "is_tried"), [(11, True), (10, False)])
def test_recorded_searches_of_more_than_ten_are_tried_too(manager, writable_app, count, is_tried):
    with writable_app.app_context(), write_unit():
        db.session.add(
            SearchDemand(
                id=uuid.uuid4(),
                day=NOON.date(),
                words="help zorble",
                facets="",
                near="",
                kind="zero",
                count=count,
            )
        )
        db.session.commit()
        db.session.remove()

    page = preview(manager, "synonyms/new", term="zorble", synonyms="cmmc")

    assert ("help zorble" in page.text) is is_tried


@pytest.mark.parametrize(
    ("term", "synonyms", "said"),
    [
        ("", "cmmc", "Write a word that owners type."),
        ("the", "cmmc", "Write a word that owners type."),
        ("new", "cmmc", "Write a word that owners type."),
        ("one two three four five", "cmmc", "Use at most 4 words."),
        ("zorble", " \n", "Write at least one word that programs use."),
        ("zorble", "the", "has no word to look for"),
    ],
)
def test_words_that_cannot_work_are_refused(manager, term, synonyms, said):
    page = preview(manager, "synonyms/new", term=term, synonyms=synonyms)

    assert page.status == 400
    assert said in page.text


def test_a_load_of_the_catalogue_is_seen_as_a_version_of_its_own(manager, writable_app):
    publish(manager, "synonyms/cnc", synonyms="milling")
    with writable_app.app_context(), write_unit():
        load_catalog(DATA, state_code="MA", now=NOON)
        db.session.commit()
        db.session.remove()

    assert "computer numerical control" in manager.get(f"{WORDS}/synonyms/cnc").text
    publish(manager, "synonyms/cnc", synonyms="turning")

    labels = [li.get_text() for li in manager.get(f"{WORDS}/synonyms/cnc/versions").select("li")]
    assert len([text for text in labels if "as it stood before" in text]) == 2
