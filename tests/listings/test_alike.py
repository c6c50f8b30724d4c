"""While a listing is written the editor says what may be there already, and never refuses it."""

from __future__ import annotations

from tests.listings.editing import filled, send
from tests.merging.twice import make_twice

NEW = "/staff/services/new?organization=gbmp"
TWIN = "Lean and operational excellence project"
REAL = "Lean and operational excellence projects"


def new_draft(browser):
    """Return the address of a new program with its draft."""
    return browser.client.get(NEW).location


def test_a_new_program_named_like_one_that_is_there_is_said_with_its_reason(signed, make):
    signed.sign_in(make.staff("gbmp"))

    answer = signed.client.get(
        f"/staff/services/new/look-alikes.json?organization=gbmp&name={TWIN}"
    )

    # project/projects share 14 of 15 letters, the other words all of their 50: 64 of 65.
    assert answer.get_json() == {
        "lines": [
            {"name": REAL, "reason": "names 98 % alike", "url": "/services/massmep-lean"},
        ]
    }


def test_without_javascript_the_saved_draft_says_it(signed, make):
    signed.sign_in(make.staff("gbmp"))

    path = new_draft(signed)
    assert signed.get(path).select_one("[data-found]").has_attr("hidden")

    saved = send(signed, path, do="save", name=TWIN)

    page = signed.get(saved.location)
    found = page.select_one("[data-found]")
    assert not found.has_attr("hidden")
    assert REAL in found.get_text()


def test_the_preview_says_it_too(signed, make):
    signed.sign_in(make.staff("gbmp"))
    data = {**filled(signed.get(new_draft(signed))), "name": TWIN}

    page = signed.client.post("/staff/services/new/preview?organization=gbmp", data=data)

    assert page.status_code == 200
    assert "Looks like something that is there already:" in page.text
    assert REAL in page.text


def test_a_listing_that_did_not_become_another_is_not_compared(writable_app, signed, make):
    make_twice(writable_app)
    signed.sign_in(make.staff("massmep"))
    address = "/staff/services/massmep-lean/look-alikes.json"

    assert signed.client.get(f"{address}?name={REAL}").get_json() == {"lines": []}
    (line,) = signed.client.get(f"{address}?name={TWIN}").get_json()["lines"]
    assert line["url"] == "/services/lean-projects"


def test_an_organization_is_compared_by_name_and_website(writable_app, signed, make):
    make_twice(writable_app)
    signed.sign_in(make.staff("gbmp"))
    address = "/staff/organizations/gbmp/look-alikes.json"

    found = signed.client.get(f"{address}?name=MassMEP&url=https://massmep.org/x").get_json()

    assert "/organizations/massmep" in [line["url"] for line in found["lines"]]


def test_staff_ask_only_about_their_own_listings(signed, make):
    signed.sign_in(make.staff("gbmp"))

    for path in (
        "/staff/services/massmep-lean/look-alikes.json",
        "/staff/organizations/massmep/look-alikes.json",
        "/staff/services/new/look-alikes.json?organization=massmep",
        "/staff/services/new/look-alikes.json",
    ):
        assert signed.client.get(path).status_code == 404, path


def test_odd_text_finds_nothing_and_breaks_nothing(signed, make):
    signed.sign_in(make.staff("gbmp"))
    address = "/staff/services/new/look-alikes.json?organization=gbmp"

    for odd in ("&name=", "&name=ab", "&name=%F0%9F%99%82%F0%9F%99%82%F0%9F%99%82", "&phone=1", ""):
        assert signed.client.get(address + odd).get_json() == {"lines": []}, odd


def test_the_editor_of_a_merged_organization_leads_to_the_one_it_is_part_of(
    writable_app, signed, make
):
    make_twice(writable_app)
    signed.sign_in(make.manager())
    path = "/manage/merge/organizations/massmep/mass-mep"
    signed.send(path, form="main form.editor", do="merge", sure="y")

    answer = signed.client.get("/staff/organizations/mass-mep")

    assert answer.location == "/staff/organizations/massmep"
    assert signed.client.get("/staff/services/new?organization=mass-mep").status_code == 404
