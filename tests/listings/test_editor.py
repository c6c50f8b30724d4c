"""The editor: what staff may change, what is kept as typed, what is refused and says why."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from portal.directory.exporting import stored_catalogue
from portal.listings.content import ORGANIZATION, SERVICE, content_of, edited
from portal.listings.forms import OrganizationForm, ServiceForm, typed_organization, typed_service
from portal.listings.models import DISCARDED, DRAFT, WAITING
from portal.listings.targets import organization_choices, service_choices
from tests.browser import Page
from tests.directory.catalogues import dump_of
from tests.listings.editing import LEAN, changes, filled, revisions, row, send, service

NEW = "/staff/services/new?organization=massmep"
NO_CSRF = {"csrf": False}


def test_every_listing_goes_through_its_form_unchanged(catalogue_app):
    with catalogue_app.test_request_context():
        choices, catalogue = service_choices(), stored_catalogue()
        for program in catalogue.programs:
            content = content_of(program, rounds=[], story="", replaced_by="")
            typed = MultiDict(typed_service(content, choices))
            form = ServiceForm(formdata=typed, choices=choices, own=program.id, meta=NO_CSRF)
            assert form.validate(), (program.id, form.errors)
            assert form.content(content) == edited(SERVICE, content), program.id
        offered = organization_choices()
        for organization in catalogue.organizations:
            content = content_of(organization)
            typed = MultiDict(typed_organization(content))
            form = OrganizationForm(formdata=typed, choices=offered, this_year=2026, meta=NO_CSRF)
            assert form.validate(), (organization.id, form.errors)
            assert form.content(content) == edited(ORGANIZATION, content), organization.id


def test_home_shows_what_needs_somebody_oldest_first_each_with_one_button(signed, make):
    signed.sign_in(make.staff("massmep"))

    page = signed.get("/staff")

    assert page.heading == "What needs you"
    assert len(page.select(".tasks li")) == len(page.select(".tasks li a")) == 1
    assert "Nobody has confirmed 7 programs; the oldest source is of October 2016." in page.text
    assert page.select_one(".tasks a")["href"] == "/staff/organizations/massmep/confirm"
    assert len(page.select(".listings li")) == 7


def test_home_names_the_one_listing_that_is_not_confirmed(signed, make):
    signed.sign_in(make.staff("nelc"))

    page = signed.get("/staff")

    (task,) = page.select(".tasks li")
    assert task.select_one("strong").get_text() == page.select_one(".listings a").get_text()
    assert "Nobody has confirmed it; its source is of" in page.text
    assert task.a["href"] == "/staff/organizations/nelc/confirm#listing-nelc-tours"


def test_managers_see_all_listings_paged_and_searched(signed, make):
    signed.sign_in(make.manager())

    assert "208 listings" in signed.get("/staff").text
    assert len(signed.get("/staff?page=5").select(".listings li")) == 8
    found = signed.get("/staff?q=Lean").select(".listings li")
    assert 0 < len(found) < 50
    for odd in ("page=1e9", "page=0", "page=99999", "q=%25%5C_"):
        assert signed.get(f"/staff?{odd}").status == 200


def test_what_staff_send_waits_for_a_manager(signed, make, writable_app):
    signed.sign_in(make.staff("massmep"))
    before = row(writable_app)

    answer = send(signed, LEAN, short_description="We walk your floor.", reason="Plainer")

    assert answer.status_code == 302
    assert row(writable_app) == before
    (change,) = changes(writable_app)
    assert (change.status, change.reason) == (WAITING, "Plainer")
    page = signed.get(LEAN)
    assert "Your change waits for a manager" in page.text
    assert page.select_one("ins").get_text()


def test_a_draft_is_kept_as_typed_even_when_it_is_wrong(signed, make, writable_app):
    signed.sign_in(make.staff("massmep"))

    answer = send(signed, LEAN, do="save", url="not an address", phone="call us")

    assert answer.status_code == 302
    page = signed.get(LEAN)
    assert page.select_one("#url")["value"] == "not an address"
    assert "This is your draft" in page.text
    assert any("is not sent yet" in need.text for need in signed.get("/staff").select(".tasks li"))
    assert changes(writable_app)[0].status == DRAFT


def test_the_script_keeps_drafts_and_is_told_what_the_meter_says(signed, make, writable_app):
    signed.sign_in(make.staff("massmep"))
    data = filled(signed.get(LEAN))

    answer = signed.client.post(
        f"{LEAN}/draft.json", data={**data, "industries": ["311", "312", "313", "314"]}
    )

    assert answer.json["saved"].startswith("Draft saved")
    assert any("made for 4 industries" in line for line in answer.json["meter"])
    assert len(changes(writable_app)) == 1


def test_a_draft_can_be_thrown_away(signed, make, writable_app):
    signed.sign_in(make.staff("massmep"))
    send(signed, LEAN, do="save", name="Other")
    page = signed.get(LEAN)

    signed.send_from(page, LEAN, form="form[action$=discard]")

    assert changes(writable_app)[0].status == DISCARDED
    assert signed.get(LEAN).select_one("#name")["value"] != "Other"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Please fill this in."),
        ("short_description", "x" * 161, "at most 160 characters"),
        ("url", "javascript:alert(1)", "Write the whole address"),
        ("email", "nobody", "Write one e-mail address"),
        ("phone", "call us", "Write a phone number"),
        ("max_employees", "5", "less than the fewest"),
        ("min_employees", "-3", "whole number"),
        ("regions", ["statewide", "Greater Boston"], "not both"),
        ("topics", "Lean\nlean", "the same topic"),
        ("industries", [], "Choose at least one."),
        ("cost_kind", "gold", "Choose one."),
        ("rounds-0-opens", "soon", "Write a date like"),
        ("pathway_next-0", "No such program", "There is no program"),
        ("pathway_next-0", "massmep-lean", "does not come after itself"),
        ("story", "They grew.", "Ask the company first"),
    ],
)
def test_what_cannot_be_taken_is_refused_beside_its_field_and_kept(
    signed, make, writable_app, field, value, said
):
    signed.sign_in(make.staff("massmep"))

    answer = send(signed, LEAN, **{field: value})

    page = Page(answer)
    assert answer.status_code == 400
    assert not page.faults()
    assert said in page.text
    if isinstance(value, str) and field not in ("cost_kind",):
        shown = page.select_one(f"#{field}")
        assert (shown.get("value") or shown.get_text().strip()) == value
    assert [change.status for change in changes(writable_app)] == [DRAFT]


def test_an_unchanged_form_is_not_sent(signed, make):
    signed.sign_in(make.staff("massmep"))

    answer = send(signed, LEAN)

    assert answer.status_code == 400
    assert "Nothing is different yet." in answer.text


@pytest.mark.parametrize("path", [LEAN, f"{LEAN}/history", f"{LEAN}/close"])
def test_a_listing_of_somebody_else_is_not_found_and_a_denied_write_changes_nothing(
    signed, make, writable_app, path
):
    signed.sign_in(make.staff("massmep"))
    data = filled(signed.get(LEAN))
    signed.sign_in(make.staff("gbmp"))
    signed.get("/staff")
    before = dump_of(writable_app)

    assert signed.client.get(path).status_code == 404
    for target in (LEAN, f"{LEAN}/draft.json", f"{LEAN}/preview", f"{LEAN}/clone", f"{LEAN}/close"):
        data["csrf_token"] = signed.get("/account").select_one("input[name=csrf_token]")["value"]
        answer = signed.client.post(target, data={**data, "name": "Mine", "do": "send"})
        assert answer.status_code == 404, target
    assert dump_of(writable_app) == before


def test_staff_cannot_open_what_managers_decide(signed, make):
    signed.sign_in(make.staff("massmep"))

    for path in ("/manage/changes", "/manage/organizations/massmep"):
        assert signed.client.get(path).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        LEAN,
        f"{LEAN}/draft.json",
        f"{LEAN}/preview",
        f"{LEAN}/clone",
        f"{LEAN}/close",
        f"{LEAN}/history/0/restore",
        "/staff/organizations/massmep",
        "/manage/organizations/massmep",
        "/manage/changes/00000000-0000-4000-8000-000000000000/approve",
    ],
)
def test_no_form_is_taken_without_its_token(signed, make, path):
    signed.sign_in(make.manager())

    answer = signed.client.post(path, data={"name": "X", "do": "send"})

    assert answer.status_code == 400


def test_fields_that_nobody_offered_change_nothing(signed, make, writable_app):
    make_at_once(signed, make)
    before = service(writable_app)

    send(
        signed,
        LEAN,
        name="Lean, plainly",
        assured_date="2026-03-12",
        assurer_email="x@example.org",
        organization_id="gbmp",
        slug="mine",
        id="mine",
        evidence="knowledge",
        source_url="https://evil.example",
        position="0",
        level="system-level",
        replaced_by="gbmp-shingo",
    )

    after = service(writable_app)
    assert after.name == "Lean, plainly"
    for column in ("assured_date", "assurer_email", "organization_id", "evidence", "source_url"):
        assert getattr(after, column) == getattr(before, column)
    assert row(writable_app).level == "point-solution"


def make_at_once(signed, make) -> None:
    """Let MassMEP publish at once and sign its staff in."""
    signed.sign_in(make.manager())
    signed.send("/manage/organizations/massmep", form="form.editor", mode="at-once")
    signed.sign_in(make.staff("massmep"))


def test_a_new_program_is_described_kept_and_sent(signed, make, writable_app):
    make_at_once(signed, make)
    path = signed.get(NEW).response.request.full_path
    new = {
        "name": "Robot try-out days",
        "short_description": "Try a robot on your own parts for a day.",
        "description": "Bring a part.",
        "main_form": "technology-cluster",
        "audiences": "sme",
        "industries": "332710",
        "regions": "Greater Boston",
        "delivery": "in-person",
        "cost_kind": "free",
        "url": "https://example.org/robots",
        "topics": "robot try-out",
    }
    kept = send(signed, path, do="save", **new)
    assert signed.get(kept.location).select_one("#name")["value"] == "Robot try-out days"

    answer = send(signed, kept.location, **new)

    assert answer.location == "/staff?done=published"
    page = signed.get("/services/robot-try-out-days")
    assert page.heading == "Robot try-out days"
    source = page.select_one("section[aria-labelledby=source]").get_text()
    assert "entered here in" in source
    assert "A public page" not in source
    results = signed.json("/services.json?q=%22robot+try-out%22&industry=332710")["results"]
    assert [(r["slug"], r["dedicated"]) for r in results] == [("robot-try-out-days", True)]


def test_nobody_opens_a_draft_of_somebody_else(signed, make, writable_app):
    signed.sign_in(make.staff("massmep"))
    address = send(signed, signed.get(NEW).response.request.full_path, do="save", name="X").location
    signed.sign_in(make.staff("massmep"))

    assert signed.client.get(address).status_code == 404


def test_an_organization_is_edited_like_a_program(signed, make, writable_app):
    make_at_once(signed, make)
    path = "/staff/organizations/massmep"
    assert send(signed, path, founded_year="3026").status_code == 400

    answer = send(signed, path, short_name="MMEP", founded_year="1998", city="Boston")

    assert answer.status_code == 302
    assert "1998" in signed.get("/organizations/massmep").text
    assert [revision.number for revision in revisions(writable_app)] == [0, 1]


def test_pages_stay_out_of_caches_and_their_forms_can_say_where_they_are_from(signed, make):
    signed.sign_in(make.staff("massmep"))

    headers = signed.get(LEAN).response.headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"
