"""Merging: one stays, everything goes there, the old address leads to it, nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from portal import clock
from portal.accounts.models import Account, AuditEvent, Membership
from portal.database import write_unit
from portal.directory.exporting import stored_catalogue, write_catalogue
from portal.directory.models import Organization, Service
from portal.directory.operations import load_catalog
from portal.extensions import db
from portal.listings.models import ListingRevision
from portal.merging.models import MergedListing
from portal.upkeep import operations as upkeep
from portal.upkeep import suggesting
from portal.upkeep.models import Contact, Suggestion
from tests.listings.editing import send
from tests.merging.twice import ORGANIZATION, make_twice, names, program

BODIES = "/manage/merge/organizations/massmep/mass-mep"
FORM = "main form.editor"
PROGRAMS = "/manage/merge/services/massmep-lean/lean-projects"


def other_body(slug):
    """Return one more organization."""
    return replace(ORGANIZATION, id=slug, name=f"{slug.capitalize()} Guild")


@pytest.fixture
def twice(writable_app):
    """The real catalogue with an organization and a program that are there twice."""
    make_twice(writable_app)
    return writable_app


@pytest.fixture
def boss(twice, signed, make):
    """A manager at a browser."""
    signed.sign_in(make.manager())
    return signed


def merge(browser, path, **chosen):
    """Choose, look at the preview, tick and merge."""
    preview = browser.send(path, form=FORM, do="preview", **chosen)
    assert preview.status_code == 200
    assert "What moves to it" in preview.text
    sure = {**chosen, "do": "merge", "sure": "y", "reason": "The same body"}
    return browser.send(path, form=FORM, **sure)


def all_of(app, query):
    """Return what a query finds, readable afterwards."""
    with app.app_context():
        found = db.session.scalars(query).all()
        db.session.expunge_all()
        db.session.remove()
    return found


def test_the_old_address_of_an_organization_leads_to_the_one_that_stays(boss):
    answer = merge(boss, BODIES)

    assert answer.status_code == 302
    assert "done=merged" in answer.location
    gone = boss.client.get("/organizations/mass-mep")
    assert gone.status_code == 301
    assert gone.location == "/organizations/massmep"
    assert boss.client.get("/es/organizations/mass-mep").location == "/es/organizations/massmep"
    assert boss.client.get("/account/claims/new/mass-mep").location.endswith("/massmep")
    page = boss.get("/organizations/massmep")
    assert "Formerly" in page.text
    assert ORGANIZATION.name in page.text


def test_programs_go_with_their_organization_and_keep_their_addresses(boss, twice):
    merge(boss, BODIES)

    assert names(twice)["lean-projects"].organization_id == "massmep"
    assert boss.get("/services/lean-projects").status == 200
    notes = [r for r in all_of(twice, select(ListingRevision)) if r.kind == "service"]
    assert [(r.number, r.reason) for r in notes] == [(0, ""), (1, "The same body")]
    assert notes[0].content["organization_id"] == "mass-mep"
    assert notes[1].content["organization_id"] == "massmep"


def test_a_blank_is_filled_from_the_other_one_and_the_rest_is_the_kept_ones(boss, twice):
    merge(boss, BODIES)

    kept = names(twice)["massmep"]
    assert kept.founded_year == 1998  # it had none
    assert kept.short_name == "MassMEP"
    assert kept.name == "Massachusetts Manufacturing Extension Partnership"


def test_a_chosen_value_is_the_other_ones(boss, twice):
    merge(boss, BODIES, **{"take-short_name": "gone", "take-founded_year": "kept"})

    kept = names(twice)["massmep"]
    assert kept.short_name == "MMEP"
    assert kept.founded_year is None


def test_the_merged_one_is_listed_and_counted_no_more_but_its_row_stays(boss, twice):
    before = boss.get("/organizations").text
    assert "120 organizations" in before

    merge(boss, BODIES)

    after = boss.get("/organizations")
    assert "119 organizations" in after.text
    assert not after.select("a[href$='/organizations/mass-mep']")
    rows = all_of(twice, select(Organization).where(Organization.slug == "mass-mep"))
    assert len(rows) == 1


def test_the_search_finds_programs_by_the_former_name_of_their_organization(boss, twice):
    make_twice(twice, program("zip", name="Zip", organization_id="quagga"), other_body("quagga"))
    merge(boss, "/manage/merge/organizations/gbmp/quagga")

    assert boss.get("/services?q=quagga").select("#program-zip")
    named = boss.client.get("/suggestions.json?q=quagg").get_json()
    assert "/organizations/gbmp" in str(named)


def test_a_name_that_was_given_up_for_the_other_one_is_still_found(boss, twice):
    make_twice(twice, program("zip", name="Zip", organization_id="quagga"), other_body("quagga"))
    path = "/manage/merge/organizations/quagga/mass-mep"
    merge(boss, path, **{"take-name": "gone"})

    page = boss.get("/organizations/quagga")
    assert page.heading == ORGANIZATION.name
    assert "Quagga Guild" in page.select_one(".facts").get_text()
    assert boss.get("/services?q=quagga+guild").select("#program-zip")


def test_a_line_of_merges_leads_to_its_end_and_a_closed_one_cannot_be_merged(boss, twice):
    make_twice(twice, other_body("quagga"))
    merge(boss, "/manage/merge/organizations/mass-mep/quagga")
    merge(boss, BODIES)

    assert boss.client.get("/organizations/quagga").location == "/organizations/massmep"
    # No circle: whatever is closed can neither stay nor go.
    for path in ("mass-mep/massmep", "massmep/mass-mep", "quagga/massmep", "massmep/massmep"):
        assert boss.client.get(f"/manage/merge/organizations/{path}").status_code == 404


def test_people_go_with_their_organization_once_each(boss, twice, make):
    both = make.account(of=("massmep", "mass-mep"))
    only = make.account(of=("mass-mep",))
    with twice.app_context(), write_unit():
        by = db.session.scalars(select(Account)).first()
        for slug, email in (
            ("massmep", "ann@example.org"),
            ("mass-mep", "ann@example.org"),
            ("mass-mep", "bo@example.org"),
        ):
            upkeep.add_contact(
                db.session.scalars(select(Organization).where(Organization.slug == slug)).one(),
                email=email,
                name="",
                language="en",
                is_alternate=False,
                takes_requests=False,
                now=clock.now(),
                by=by,
            )
        db.session.commit()
        db.session.remove()

    merge(boss, BODIES)

    kept = all_of(twice, select(Organization).where(Organization.slug == "massmep"))[0].id
    staff = all_of(twice, select(Membership).where(Membership.organization_id == kept))
    assert sorted(m.account_id for m in staff) == sorted([both.id, only.id])
    contacts = all_of(twice, select(Contact))
    assert sorted(c.email for c in contacts) == ["ann@example.org", "bo@example.org"]
    assert {c.organization_id for c in contacts} == {kept}


def test_a_merged_program_is_closed_and_its_name_suggestions_and_steps_go_on(boss, twice):
    make_twice(twice, program("before", name="Before", pathway_next=("lean-projects",)))
    with twice.app_context(), write_unit():
        gone = db.session.scalars(select(Service).where(Service.slug == "lean-projects")).one()
        suggesting.suggest(gone, field="phone", after="508-555-0199", note="", now=clock.now())
        db.session.commit()
        db.session.remove()

    merge(boss, PROGRAMS)

    rows = names(twice)
    assert rows["lean-projects"].status == "inactive"
    assert rows["massmep-lean"].alternate_name == (
        "MassMEP lean",
        "Mass MEP",
        "Lean and operational excellence project",
        "Floor walks",
    )
    assert rows["massmep-lean"].phone == "508-555-0143"  # it had none
    assert rows["before"].pathway_next == ("massmep-lean",)
    assert boss.client.get("/services/lean-projects").location == "/services/massmep-lean"
    kept = all_of(twice, select(Service).where(Service.slug == "massmep-lean"))[0]
    assert [s.service_id for s in all_of(twice, select(Suggestion))] == [kept.id]


def test_the_trail_and_the_record_say_who_merged_what_and_why(boss, twice):
    merge(boss, BODIES)

    (record,) = all_of(twice, select(MergedListing))
    assert record.reason == "The same body"
    assert list(record.moved) == ["services"]
    done = [e.action for e in all_of(twice, select(AuditEvent)) if e.action == "listing:merge"]
    assert done == ["listing:merge"]


def test_a_merge_needs_the_tick_and_says_before_that_it_cannot_be_undone(boss, twice):
    page = boss.get(BODIES)
    answer = boss.send_from(page, BODIES, form=FORM, do="merge")

    assert answer.status_code == 400
    assert b"Please tick this first." in answer.data
    assert b"cannot be undone" in answer.data
    assert all_of(twice, select(MergedListing)) == []


def test_a_listing_changed_meanwhile_is_not_merged_unseen(boss, twice):
    page = boss.get(BODIES)
    send(boss, "/staff/organizations/mass-mep", description="It does more now.")

    answer = boss.send_from(page, BODIES, form=FORM, do="merge", sure="y")

    assert answer.status_code == 409
    assert b"One of the two was changed meanwhile" in answer.data
    assert all_of(twice, select(MergedListing)) == []


def test_values_that_do_not_go_together_are_refused(boss, twice):
    make_twice(twice, program(min_employees=900))

    page = boss.get(PROGRAMS)
    chosen = {"take-min_employees": "gone", "do": "preview"}
    answer = boss.send_from(page, PROGRAMS, form=FORM, **chosen)

    assert answer.status_code == 400  # massmep-lean takes at most 500
    assert b"This is less than the fewest employees." in answer.data


def test_versions_of_the_merged_one_can_still_be_read(boss):
    merge(boss, BODIES)

    page = boss.get("/staff/organizations/mass-mep/history")

    assert "The same body" in page.text


def test_staff_neither_see_duplicates_nor_merge(twice, signed, make):
    signed.sign_in(make.staff("massmep"))

    assert signed.client.get("/manage/duplicates").status_code == 403
    assert signed.client.get(BODIES).status_code == 403
    assert signed.client.post(BODIES).status_code in (400, 403)


def test_the_version_of_a_moved_program_says_where_it_went(boss):
    merge(boss, BODIES)

    page = boss.get("/staff/services/lean-projects/history/1")

    assert page.select_one(".diff del").get_text() == "mass-mep"
    assert page.select_one(".diff ins").get_text() == "massmep"


def test_a_file_that_still_names_the_merged_organization_moves_nothing_back(boss, twice, tmp_path):
    with twice.app_context():
        write_catalogue(stored_catalogue(), tmp_path)
        db.session.remove()
    merge(boss, BODIES, **{"take-founded_year": "kept"})

    with twice.app_context(), write_unit():
        report = load_catalog(tmp_path, state_code="MA", now=clock.now())
        db.session.commit()
        db.session.remove()

    assert not report.has_changed
    assert names(twice)["lean-projects"].organization_id == "massmep"
