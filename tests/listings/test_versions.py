"""Versions, approval, two people editing, closing and cloning: nothing is lost, all is written."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.accounts.models import AuditEvent
from portal.directory.exporting import stored_catalogue, write_catalogue
from portal.directory.models import Round
from portal.extensions import db
from portal.listings.models import PUBLISHED, RETURNED
from tests.browser import Page
from tests.conftest import DATA
from tests.directory.catalogues import dump_of, load
from tests.listings.editing import LEAN, changes, filled, revisions, row, send, service


@pytest.fixture
def manager(signed, make):
    """A manager, signed in."""
    person = make.manager()
    signed.sign_in(person)
    return person


def actions(app) -> list[str]:
    with app.app_context():
        found = list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))
        db.session.remove()
    return found


def waiting_path(signed) -> str:
    return signed.get("/manage/changes").select_one(".tasks a")["href"]


def test_a_change_is_approved_and_the_next_search_finds_it(signed, make, writable_app):
    signed.get("/services?q=lean")
    before = service(writable_app)
    signed.sign_in(make.staff("massmep"))
    send(signed, LEAN, short_description="Zwieback coaching.", reason="New words")
    signed.sign_in(make.manager())
    path = waiting_path(signed)
    page = signed.get(path)
    assert "New words" in page.text
    assert any("Zwieback" in ins.get_text() for ins in page.select("ins"))

    signed.send_from(page, path, form="form[action$=approve]")

    assert [r["slug"] for r in signed.json("/services.json?q=zwieback")["results"]] == [
        "massmep-lean"
    ]
    after = service(writable_app)
    assert after.last_modified > before.last_modified
    assert after.assured_date is None
    first, second = revisions(writable_app)
    assert (first.author_label, second.author_label) == ("", "Staff Person")
    assert first.content["short_description"] == before.short_description
    assert changes(writable_app)[0].status == PUBLISHED
    assert actions(writable_app) == ["listing:send", "listing:publish", "listing:approve"]


def test_a_change_is_returned_with_a_note_mended_and_sent_again(signed, make, writable_app):
    staff, boss = make.staff("massmep"), make.manager()
    signed.sign_in(staff)
    send(signed, LEAN, short_description="Best ever!")
    signed.sign_in(boss)
    path = waiting_path(signed)
    assert signed.send(path, form="#return", note="").status_code == 400
    signed.send(path, form="#return", note="Say what they get.")
    signed.sign_in(staff)
    home = signed.get("/staff")
    assert "A manager returned your change" in home.text
    assert "Say what they get." in home.text
    page = signed.get(LEAN)
    assert page.select_one("#short_description")["value"] == "Best ever!"
    assert changes(writable_app)[0].status == RETURNED

    send(signed, LEAN, short_description="We walk your floor.")

    signed.sign_in(boss)
    assert len(signed.get("/manage/changes").select(".tasks a")) == 1


def test_a_change_that_waits_can_be_taken_back(signed, make):
    signed.sign_in(make.staff("massmep"))
    send(signed, LEAN, short_description="Too early.")

    signed.send(LEAN, form="form[action$=take-back]")

    assert signed.get(LEAN).select_one("#short_description")["value"] == "Too early."


def test_two_people_editing_get_both_texts_and_lose_nothing(signed, manager, writable_app):
    mine = {**filled(signed.get(LEAN)), "do": "send", "short_description": "My words."}
    send(signed, LEAN, short_description="Their words.", phone="508-555-0100")

    answer = signed.client.post(LEAN, data=mine)

    page = Page(answer)
    assert answer.status_code == 409
    assert not page.faults()
    beside = page.select_one(".diff").get_text()
    assert "Their words." in beside
    assert "My words." in beside
    assert page.select_one("#short_description")["value"] == "My words."
    assert row(writable_app).short_description == "Their words."
    again = signed.get(LEAN)
    assert again.select_one("#short_description")["value"] == "My words."
    sent = signed.client.post(LEAN, data={**filled(page), "do": "send"})
    assert sent.status_code == 302
    assert row(writable_app).short_description == "My words."


def test_a_change_that_went_stale_while_it_waited_is_not_published(signed, make, writable_app):
    signed.sign_in(make.staff("massmep"))
    send(signed, LEAN, short_description="Staff's words.")
    signed.sign_in(make.manager())
    path = waiting_path(signed)
    page = signed.get(path)
    send(signed, LEAN, short_description="Manager's words.")

    answer = signed.send_from(page, path, form="form[action$=approve]")

    assert answer.status_code == 409
    assert "The listing changed since this was sent" in answer.text
    assert row(writable_app).short_description == "Manager's words."


def test_a_version_shows_its_differences_and_is_gone_back_to(signed, manager, writable_app):
    before = row(writable_app)
    send(signed, LEAN, short_description="Other words.", name="Lean, plainly")
    page = signed.get(f"{LEAN}/history")
    assert [link.get_text() for link in page.select(".listings a")] == ["Version 1", "Version 0"]
    assert "Other" in signed.get(f"{LEAN}/history/1").select_one("dl.diff").get_text()
    assert "The public sees this version now." in signed.get(f"{LEAN}/history/1").text

    signed.send(f"{LEAN}/history/0", form="form[action$=restore]")

    after = row(writable_app)
    assert after.short_description == before.short_description
    assert after.name == before.name
    assert revisions(writable_app)[-1].reason == "Back to version 0"
    assert signed.client.get(f"{LEAN}/history/9").status_code == 404


def test_a_former_name_is_kept_and_found(signed, manager, writable_app):
    old = row(writable_app).name

    send(signed, LEAN, name="Zwieback works")

    assert old in row(writable_app).alternate_name
    found = signed.json(f"/services.json?q={old.replace(' ', '+')}")["results"]
    assert found[0]["slug"] == "massmep-lean"


def test_an_edited_listing_goes_out_and_in_again_unchanged(signed, manager, writable_app, tmp_path):
    before = service(writable_app)
    send(
        signed,
        LEAN,
        industries=["332710", "336412"],
        regions=["Greater Boston"],
        topics="lean\nflow lines",
        max_employees="100",
        phone="508-555-0100",
        **{
            "pathway_next-0": "gbmp-shingo",
            "rounds-0-opens": "2027-01-01",
            "rounds-0-closes": "2027-02-01",
            "rounds-0-recurs": "yearly",
        },
        story="They **grew**.",
        story_consented="y",
    )
    assert service(writable_app).id == before.id
    page = signed.get("/services/massmep-lean")
    assert "Dedicated to" in page.text
    assert "from 1 January 2027" in page.text
    assert page.select_one(".story strong").get_text() == "grew"
    stood = dump_of(writable_app)
    with writable_app.app_context():
        write_catalogue(stored_catalogue(), tmp_path / "out")
        db.session.remove()

    report = load(writable_app, tmp_path / "out")

    assert not report.has_changed
    assert dump_of(writable_app) == stood
    with writable_app.app_context():
        assert len(db.session.scalars(select(Round)).all()) == 1


def test_a_load_since_counts_as_a_version_that_nobody_overwrites(signed, manager, writable_app):
    send(signed, LEAN, short_description="First.")
    data = {**filled(signed.get(LEAN)), "do": "send", "short_description": "Third."}
    load(writable_app, DATA)

    assert signed.client.post(LEAN, data=data).status_code == 409
    send(signed, LEAN, short_description="Fourth.")
    assert [r.number for r in revisions(writable_app)] == [0, 1, 2, 3]


def test_a_closed_program_leads_to_the_one_that_replaces_it(signed, manager, writable_app):
    page = signed.get(f"{LEAN}/close")
    data = filled(page)
    wrong = signed.client.post(f"{LEAN}/close", data={**data, "replaced_by": "massmep-lean"})
    assert wrong.status_code == 400

    answer = signed.client.post(f"{LEAN}/close", data={**data, "replaced_by": "gbmp-shingo"})

    assert answer.status_code == 302
    moved = signed.client.get("/services/massmep-lean")
    assert (moved.status_code, moved.location) == (301, "/services/gbmp-shingo")
    assert signed.client.get("/es/services/massmep-lean").location == "/es/services/gbmp-shingo"
    send(signed, LEAN, status="active")
    assert signed.get("/services/massmep-lean").status == 200


def test_a_program_closed_without_a_successor_is_not_found(signed, manager):
    signed.client.post(f"{LEAN}/close", data=filled(signed.get(f"{LEAN}/close")))

    assert signed.client.get("/services/massmep-lean").status_code == 404
    assert "Closed" in signed.get("/staff?q=Lean+and+operational").text


def test_a_clone_begins_as_a_draft_of_a_new_program(signed, manager, writable_app):
    answer = signed.send(LEAN, form="form[action$=clone]")

    page = signed.get(answer.location)
    assert page.select_one("#name")["value"].startswith("Copy of ")
    assert page.select_one("#url")["value"] == row(writable_app).url
    sent = send(signed, answer.location, name="Lean for bakers")
    assert sent.location == "/staff?done=published"
    assert signed.get("/services/lean-for-bakers").status == 200


def test_a_successor_that_was_replaced_in_turn_leads_on_and_a_ring_leads_nowhere(signed, manager):
    for slug, successor in (("massmep-lean", "massmep-quality"), ("massmep-quality", "ampitup")):
        path = f"/staff/services/{slug}/close"
        signed.client.post(path, data={**filled(signed.get(path)), "replaced_by": successor})

    assert signed.client.get("/services/massmep-lean").location == "/services/ampitup"
    path = "/staff/services/ampitup/close"
    signed.client.post(path, data={**filled(signed.get(path)), "replaced_by": "massmep-lean"})
    assert signed.client.get("/services/massmep-lean").status_code == 404
