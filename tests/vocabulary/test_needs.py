"""Needs of the wizard: other words, other topics, retired and new ones; codes never change."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from portal.database import write_unit
from portal.directory.models import Service
from portal.directory.operations import mark_catalogue_changed
from portal.extensions import db
from portal.wizard.needs import NEEDS
from portal.wizard.offered_needs import SHIPPED, need_from, needs_with
from tests.browser import Browser
from tests.vocabulary.editing import WORDS, preview, publish

CONTENT = {
    "label": "Scrap!",
    "label_es": "",
    "label_pt": "",
    "short": "scrap",
    "short_es": "",
    "short_pt": "",
    "hint": "",
    "group": "process-improvement",
    "other_forms": ["marketing"],
    "topics": ["lean", "waste"],
    "is_common": False,
    "is_offered": True,
    "position": "",
}


def codes(page) -> list[str]:
    return [tag["value"] for tag in page.select("#needs input[name=need]")]


def test_without_a_change_the_needs_are_those_that_ship():
    assert needs_with({}) is SHIPPED


def test_a_changed_need_keeps_its_code_and_its_place():
    needs = needs_with({"scrap": CONTENT})

    assert [need.code for need in needs.all] == [need.code for need in NEEDS]
    rule = needs.rule_of("scrap")
    assert rule.forms == {"process-improvement", "marketing"}
    assert rule.topics == ("lean", "waste")


@pytest.mark.parametrize(("position", "place"), [("1", 0), ("3", 2), ("28", 27), ("", 27)])
def test_a_new_need_stands_where_it_is_put(position, place):
    needs = needs_with({"zorble": {**CONTENT, "position": position}})

    expected = place + (1 if not position else 0)
    assert [need.code for need in needs.all].index("zorble") == expected


def test_a_retired_need_is_known_and_not_offered():
    needs = needs_with({"scrap": {**CONTENT, "is_offered": False}})

    assert "scrap" not in [need.code for need in needs.offered]
    assert needs.knows("scrap")


def test_a_blank_english_text_is_the_shipped_one():
    need = need_from("scrap", {**CONTENT, "label": ""})

    assert str(need.label) == "Scrap or rework is too high"


def test_new_words_are_read_in_three_languages_english_where_one_lacks(manager, writable_app):
    publish(
        manager,
        "needs/scrap",
        label="Too much goes into the bin",
        label_es="Demasiado va a la basura",
        label_pt="",
        hint="Bad parts, chips, do-overs",
    )
    visitor = Browser(writable_app)

    english, spanish, portuguese = (
        visitor.get(f"{prefix}/find/need").select_one("label[for=need-scrap]")
        for prefix in ("", "/es", "/pt")
    )

    assert "Too much goes into the bin" in english.get_text()
    assert "Bad parts, chips, do-overs" in english.get_text()
    assert "Demasiado va a la basura" in spanish.get_text()
    assert portuguese.select_one("[lang=en]").get_text() == "Too much goes into the bin"


def test_other_topics_change_whom_the_need_leads_to(manager, writable_app):
    visitor = Browser(writable_app)
    before = visitor.json("/find/results.json?need=scrap")["results"]
    page = preview(manager, "needs/scrap", topics="cmmc", group="marketing")
    first = [li.get_text() for li in page.select("tbody tr")[0].select("td")[1].select("li")]

    publish(manager, "needs/scrap", topics="cmmc", group="marketing")

    after = visitor.json("/find/results.json?need=scrap")["results"]
    assert [r["slug"] for r in after[:5]] != [r["slug"] for r in before[:5]]
    names = [visitor.get(f"/services/{r['slug']}").heading for r in after[:5]]
    assert first == names


def test_a_retired_need_is_not_asked_for_and_its_old_link_still_opens(manager, writable_app):
    publish(manager, "needs/scrap", is_offered=None)
    visitor = Browser(writable_app)

    assert "scrap" not in codes(visitor.get("/find/need"))
    plan = visitor.get("/find/results?need=scrap&v=1")
    assert "less scrap" in plan.heading
    assert visitor.json("/find/results.json?need=scrap")["notices"] == []
    assert "not offered" in manager.get(f"{WORDS}/needs?words=scrap").text


def test_a_new_need_gets_a_code_from_its_words_and_leads_to_programs(manager, writable_app):
    publish(
        manager,
        "needs/new",
        label="Make zorbles",
        short="zorbles",
        group="marketing",
        topics="export",
        position="1",
    )
    visitor = Browser(writable_app)

    assert "make-zorbles" in codes(visitor.get("/find/need"))
    assert "zorbles" in visitor.get("/find/results?need=make-zorbles").heading
    reasons = str(visitor.json("/find/results.json?need=make-zorbles")["results"][0])
    assert "Make zorbles" in reasons


def test_topics_that_hardly_any_program_names_are_warned_of(manager):
    page = preview(manager, "needs/scrap", topics="qwertzuiop")

    assert "Fewer than three programs name one of its topics." in page.text
    assert page.select_one("button[value=publish]") is not None


def test_a_need_that_leads_nowhere_cannot_be_published(manager, writable_app):
    with writable_app.app_context(), write_unit():
        db.session.execute(update(Service).values(status="inactive"))
        mark_catalogue_changed()
        db.session.commit()
        db.session.remove()

    page = preview(manager, "needs/scrap", topics="cmmc")

    assert page.status == 422
    assert "it would lead nowhere" in page.text
    assert page.select_one("button[value=publish]") is None


@pytest.mark.parametrize("label", ["marketing", "None", "not sure", "…"])
def test_a_need_takes_no_code_that_means_something_else(manager, label):
    page = preview(manager, "needs/new", label=label, short="x", topics="export")

    assert page.status == 400
