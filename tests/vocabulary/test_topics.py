"""Topics: renamed, merged, no longer offered; old addresses work, no program is left alone."""

from __future__ import annotations

import pytest

from portal.directory.topic_names import NO_CHANGES, TopicNames
from tests.browser import Browser
from tests.listings.editing import row
from tests.vocabulary.editing import WORDS, preview, publish

MERGED = {"a": {"merged_into": "b"}, "b": {"label": "Bee", "merged_into": "c"}, "c": {}}


def facet(browser, query: str = "") -> dict[str, dict]:
    values = browser.json(f"/services.json?{query}")["facets"]["topic"]
    return {value["value"]: value for value in values}


def slugs(browser, query: str) -> set[str]:
    found, page = set(), 1
    while True:
        answer = browser.json(f"/services.json?{query}&page={page}")
        found |= {result["slug"] for result in answer["results"]}
        if page >= answer["pages"]:
            return found
        page += 1


def test_without_a_change_a_topic_is_what_the_catalogue_says():
    assert NO_CHANGES.label("lean", "lean") == "lean"
    assert list(NO_CHANGES.codes(["lean"])) == ["lean"]
    assert NO_CHANGES.words(["lean"]) == []
    assert NO_CHANGES.is_offered("lean")


def test_topics_merged_one_after_the_other_are_all_one():
    topics = TopicNames(MERGED)

    assert topics.target("a") == "c"
    assert set(topics.codes(["a"])) == set(topics.codes(["c"])) == {"a", "b", "c"}
    assert [topics.is_offered(code) for code in "abc"] == [False, False, True]


def test_a_circle_does_not_hang():
    topics = TopicNames({"a": {"merged_into": "b"}, "b": {"merged_into": "a"}})

    assert topics.target("a") in ("a", "b")


def test_a_new_name_is_read_everywhere_and_found_while_the_address_stays(manager, writable_app):
    visitor = Browser(writable_app)
    before = slugs(visitor, "topic=cmmc")

    publish(manager, "topics/cmmc", label="Zorble certificate")

    assert facet(visitor)["cmmc"]["label"] == "Zorble certificate"
    assert slugs(visitor, "topic=cmmc") == before
    assert before <= slugs(visitor, "q=zorble")
    assert "Zorble certificate" in visitor.get(f"/services/{min(before)}").text
    suggested = visitor.json("/suggestions.json?q=zorb")
    assert "Zorble certificate" in str(suggested)


def test_merged_topics_are_one_choice_and_the_old_address_finds_both(manager, writable_app):
    visitor = Browser(writable_app)
    both = slugs(visitor, "topic=cmmc&topic=cybersecurity")
    only = slugs(visitor, "topic=cmmc")
    assert only < both
    page = preview(manager, "topics/cmmc", merged_into="cybersecurity")
    assert f"After: {len(both)} programs" in page.text

    publish(manager, "topics/cmmc", merged_into="cybersecurity")

    values = facet(visitor)
    assert "cmmc" not in values
    assert values["cybersecurity"]["count"] == len(both)
    assert slugs(visitor, "topic=cmmc") == slugs(visitor, "topic=cybersecurity") == both
    old = visitor.get("/services?topic=cmmc")
    assert old.status == 200
    assert facet(visitor, "topic=cmmc")["cmmc"]["selected"]
    assert "now one with “cybersecurity”" in manager.get(f"{WORDS}/topics?words=cmmc").text


def test_a_merge_is_undone_by_going_back(manager, writable_app):
    visitor = Browser(writable_app)
    before = facet(visitor)["cybersecurity"]["count"]
    publish(manager, "topics/cmmc", merged_into="cybersecurity")

    publish(manager, "topics/cmmc", merged_into="")

    assert facet(visitor)["cybersecurity"]["count"] == before
    assert "cmmc" in facet(visitor)


def test_a_retired_topic_is_not_offered_and_its_old_link_still_filters(manager, writable_app):
    visitor = Browser(writable_app)
    before = slugs(visitor, "topic=cmmc")

    publish(manager, "topics/cmmc", is_retired="y")

    assert "cmmc" not in facet(visitor)
    assert slugs(visitor, "topic=cmmc") == before
    assert "topic=cmmc" not in str(visitor.json("/suggestions.json?q=cmmc"))


def test_the_last_topic_of_a_program_stays(manager, writable_app):
    visitor = Browser(writable_app)
    slug = min(slugs(visitor, "topic=cmmc"))
    own = [code for code in facet(visitor) if slug in slugs(visitor, f"topic={code}&q={slug}")] or [
        code for code in facet(visitor) if slug in slugs(visitor, f"topic={code}")
    ]
    for code in own[:-1]:
        publish(manager, f"topics/{code}", is_retired="y")

    page = preview(manager, f"topics/{own[-1]}", is_retired="y")

    assert page.status == 422
    assert "would be left without any topic" in page.text
    assert page.select_one("button[value=publish]") is None


@pytest.mark.parametrize("label", ["cybersecurity", "CyberSecurity"])
def test_two_topics_of_one_name_are_refused(manager, label):
    page = preview(manager, "topics/cmmc", label=label)

    assert page.status == 422
    assert "Merge the two instead." in page.text


def test_a_topic_is_not_merged_into_itself_or_nowhere(manager):
    for code in ("cmmc", "no-such-topic"):
        assert preview(manager, "topics/cmmc", merged_into=code).status == 400


TWO = "massmep-lean\nmassmep-quality"


def test_a_new_topic_stands_in_the_listings_that_it_was_given(manager, writable_app):
    visitor = Browser(writable_app)
    page = preview(manager, "topics/new", label="Zorble making", programs=TWO)
    assert "After: 2 programs" in page.text
    assert "zorble-making" not in facet(visitor)

    publish(manager, "topics/new", label="Zorble making", programs=TWO)

    assert facet(visitor)["zorble-making"]["count"] == 2
    assert slugs(visitor, "topic=zorble-making") == set(TWO.split())
    assert "Zorble making" in row(writable_app).topics
    assert "Zorble making" in manager.get("/staff/services/massmep-lean").text


def test_a_topic_goes_from_one_listing_to_another_and_back(manager, writable_app):
    visitor = Browser(writable_app)
    before, topics = slugs(visitor, "topic=cmmc"), row(writable_app).topics

    publish(manager, "topics/cmmc", programs="massmep-lean")

    assert slugs(visitor, "topic=cmmc") == {"massmep-lean"}
    assert row(writable_app).topics == (*topics, "cmmc")
    form = manager.get(f"{WORDS}/topics/cmmc?from=shipped").select_one("#programs")
    publish(manager, "topics/cmmc", programs=form.get_text().strip())
    assert slugs(visitor, "topic=cmmc") == before
    assert row(writable_app).topics == topics


def test_a_topic_without_a_program_is_refused(manager):
    assert preview(manager, "topics/new", label="Zorble", programs="").status == 400
    page = preview(manager, "topics/cmmc", programs="")

    assert page.status == 422
    assert "No program has this topic" in page.text


def test_a_topic_that_exists_is_not_added_twice(manager):
    page = preview(manager, "topics/new", label="CMMC", programs="massmep-lean")

    assert page.status == 409
