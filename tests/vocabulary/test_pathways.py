"""Pathways: what comes after a program, changed with a look at the plans that change."""

from __future__ import annotations

from tests.browser import Browser
from tests.listings.editing import row
from tests.vocabulary.editing import WORDS, preview, publish

LEAN = "pathways/massmep-lean"


def test_a_new_next_step_is_shown_at_the_program_and_kept_in_the_catalogue(manager, writable_app):
    publish(manager, LEAN, next=two(writable_app))

    following = row(writable_app).pathway_next
    assert len(following) == 2
    page = Browser(writable_app).get("/services/massmep-lean")
    assert all(page.select(f"a[href*='/services/{slug}']") for slug in following)


def two(app) -> str:
    """Two programs to come next, one on each line."""
    return "\n".join(slugs(app)[:2])


def slugs(app) -> list[str]:
    found = Browser(app).json("/services.json?q=export&form=marketing")["results"]
    return [result["slug"] for result in found if result["slug"] != "massmep-lean"]


def test_the_preview_names_needs_whose_first_programs_change_or_says_that_none_does(
    manager, writable_app
):
    page = preview(manager, LEAN, next=two(writable_app))

    assert page.select("tbody tr") or "The same programs as before" in page.text
    assert row(writable_app).pathway_next != tuple(slugs(writable_app)[:2])


def test_the_shipped_pathway_comes_back(manager, writable_app):
    before = row(writable_app).pathway_next
    publish(manager, LEAN, next="")
    assert row(writable_app).pathway_next == ()

    form = manager.get(f"{WORDS}/{LEAN}?from=shipped").select_one("#next")
    publish(manager, LEAN, next=form.get_text().strip())

    assert row(writable_app).pathway_next == before


def test_a_program_comes_neither_after_itself_nor_out_of_nowhere(manager):
    for text in ("massmep-lean", "no such program"):
        assert preview(manager, LEAN, next=text).status == 400
