"""The preview: the listing as its page would show it; whole or beside the editor, kept nowhere."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup

from tests.browser import Page
from tests.directory.catalogues import dump_of
from tests.listings.editing import LEAN, changes, send


def test_a_preview_shows_what_was_typed_and_keeps_nothing(signed, make, writable_app):
    signed.sign_in(make.staff("massmep"))

    answer = send(
        signed,
        LEAN,
        to=f"{LEAN}/preview",
        name="Lean <b>now</b>",
        story="**They** [grew](javascript:alert(1)) <script>alert(2)</script>",
    )

    page = Page(answer)
    assert not page.faults()
    assert page.heading == "Lean <b>now</b>"
    assert page.select_one(".story strong").get_text() == "They"
    assert not page.select(".story script, .story a")
    assert changes(writable_app) == []


def test_a_listing_that_nobody_changed_is_previewed_word_for_word_as_its_page_shows_it(
    signed, make
):
    signed.sign_in(make.staff("massmep"))
    shown = signed.get("/services/massmep-lean")
    for leading_away in shown.select("#source ~ p:has(a[href*=suggest], a[href*=freshness])"):
        leading_away.decompose()
    for similar in shown.select("section[aria-labelledby=similar]"):
        similar.decompose()

    previewed = Page(send(signed, LEAN, to=f"{LEAN}/preview"))

    for part in (".listing__facts", ".listing__body"):
        assert words(previewed.select_one(part)) == words(shown.select_one(part))


def words(tag) -> str:
    return re.sub(r"\s+", " ", tag.get_text(" ")).strip()


def test_the_part_beside_the_editor_shares_no_id_with_it_and_keeps_nothing(
    signed, make, writable_app
):
    signed.sign_in(make.staff("massmep"))
    editor = signed.get(LEAN)
    before = dump_of(writable_app)

    answer = send(signed, LEAN, to=f"{LEAN}/preview?beside=1", name="Lean, beside", story="Grown.")

    part = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    assert part.select_one("[data-live-listing] h3").get_text() == "Lean, beside"
    assert not part.select("html, h1, h2")
    ids = {tag["id"] for tag in part.select("[id]")}
    assert "live-story" in ids
    assert not ids & {tag["id"] for tag in editor.select("[id]")}
    assert dump_of(writable_app) == before


def test_the_part_beside_the_editor_of_somebody_elses_listing_is_not_found(signed, make):
    signed.sign_in(make.staff("gbmp"))
    token = signed.get("/account").select_one("input[name=csrf_token]")["value"]

    answer = signed.client.post(
        f"{LEAN}/preview?beside=1", data={"csrf_token": token, "name": "Not mine"}
    )

    assert answer.status_code == 404
