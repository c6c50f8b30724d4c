"""What becomes of drafts and waiting changes when their listing is merged or moves."""

from __future__ import annotations

from portal.listings.models import DISCARDED, DRAFT, PUBLISHED
from tests.listings.editing import changes, send
from tests.merging.twice import make_twice, names

BODIES = "/manage/merge/organizations/massmep/mass-mep"
FORM = "main form.editor"


def merge(browser, make):
    """Merge the two organizations as a manager."""
    browser.sign_in(make.manager())
    browser.send(BODIES, form=FORM, do="merge", sure="y")


def test_a_waiting_change_of_a_program_that_moves_can_still_be_published(
    writable_app, signed, make
):
    make_twice(writable_app)
    signed.sign_in(make.staff("mass-mep"))
    send(signed, "/staff/services/lean-projects", cost_note="Half price.")

    merge(signed, make)
    (change,) = changes(writable_app)
    signed.send(f"/manage/changes/{change.id}", form="form[action$=approve]")

    assert names(writable_app)["lean-projects"].cost_note == "Half price."
    assert names(writable_app)["lean-projects"].organization_id == "massmep"
    assert [change.status for change in changes(writable_app)] == [PUBLISHED]


def test_staff_go_on_with_a_draft_of_a_program_that_moved(writable_app, signed, make):
    make_twice(writable_app)
    person = make.staff("mass-mep")
    signed.sign_in(person)
    send(signed, "/staff/services/lean-projects", do="save", cost_note="Half price.")

    merge(signed, make)

    signed.sign_in(person)
    page = signed.get("/staff/services/lean-projects")
    assert page.select_one("#cost_note").get_text().strip() == "Half price."
    assert "Somebody else published a change meanwhile" not in page.text
    assert [change.status for change in changes(writable_app)] == [DRAFT]


def test_a_draft_about_the_organization_that_goes_is_thrown_away_as_the_preview_said(
    writable_app, signed, make
):
    make_twice(writable_app)
    signed.sign_in(make.staff("mass-mep"))
    send(signed, "/staff/organizations/mass-mep", do="save", city="Boston")
    signed.sign_in(make.manager())

    preview = signed.send(BODIES, form=FORM, do="preview")
    signed.send(BODIES, form=FORM, do="merge", sure="y")

    assert "1 draft or waiting change of “Mass. Manufacturing" in preview.text
    assert [change.status for change in changes(writable_app)] == [DISCARDED]
