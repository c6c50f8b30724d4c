"""Packages and full objects of HSDS become rows of the catalogue, the same ones each time."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from portal.directory.exporting import stored_catalogue
from portal.directory.models import Organization
from portal.extensions import db
from tests.imports.sending import as_csv, as_zip, confirmed, previewed, sum_of

OWNER = "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"
SERVICE = "ac148810-d857-441c-9679-408f346de14b"


@pytest.fixture
def manager(signed, make):
    """Somebody who may import, signed in."""
    signed.sign_in(make.manager())


def uuid_of(signed, slug):
    with signed.client.application.app_context():
        found = db.session.scalars(select(Organization.id).where(Organization.slug == slug)).one()
        db.session.remove()
    return str(found)


def package(**tables):
    entries = {f"{name}.csv": as_csv(rows) for name, rows in tables.items()}
    return as_zip({"datapackage.json": json.dumps({"profile": "tabular-data-package"}), **entries})


def full(owner):
    """A service with all that the catalogue asks, in the tables of HSDS 3.0."""
    terms = {
        "form": ("process-improvement", "Process improvement"),
        "audience": ("sme", "SME"),
        "industry": ("any", "Any"),
        "delivery": ("on-site", "On site"),
        "topic": ("zebra", "zebra"),
    }
    return {
        "services": [
            {
                "id": SERVICE,
                "organization_id": owner,
                "name": "Zebra striping",
                "description": "A coach paints the stripes. With you.",
                "url": "https://massmep.org/zebra",
                "status": "active",
                "fees_description": "By project",
                "last_modified": "2025-06-10T10:00:00Z",
                "licenses": "none",
            }
        ],
        "phones": [{"id": "p1", "service_id": SERVICE, "number": "617-555-0100"}],
        "service_areas": [{"id": "a1", "service_id": SERVICE, "name": "statewide"}],
        "cost_options": [{"id": "c1", "service_id": SERVICE, "option": "fee"}],
        "taxonomies": [{"id": f"x-{facet}", "name": facet} for facet in terms],
        "taxonomy_terms": [
            {"id": f"t-{facet}", "code": code, "name": name, "taxonomy_id": f"x-{facet}"}
            for facet, (code, name) in terms.items()
        ],
        "attributes": [
            {
                "id": f"m-{facet}",
                "link_id": SERVICE,
                "link_entity": "service",
                "taxonomy_term_id": f"t-{facet}",
            }
            for facet in terms
        ],
        "schedules": [{"id": "s1", "service_id": SERVICE, "description": "Mondays"}],
    }


def detailed(term, names):
    """Return a term as the API shows it, with its taxonomy inside."""
    own = {column: cell for column, cell in term.items() if column != "taxonomy_id"}
    return {**own, "taxonomy_detail": names[term["taxonomy_id"]]}


def zebra_of(signed):
    with signed.client.application.app_context():
        programs = stored_catalogue().programs
        db.session.remove()
    return next(row for row in programs if row.name.startswith("Zebra"))


def test_a_package_is_imported_and_the_same_package_again_changes_nothing(signed, manager):
    data = package(**full(uuid_of(signed, "massmep")))

    page = previewed(signed, package_zip=data)

    assert sum_of(page).startswith("Rows read: 1 = 1 added"), page.text
    assert "licenses" in page.text
    assert "schedules.csv" in page.text
    confirmed(signed, page)
    row = zebra_of(signed)
    assert row.id.startswith("zebra-striping-")
    assert row.organization_id == "massmep"
    assert row.short_description == "A coach paints the stripes."
    assert (row.phone, row.regions, row.cost_kind) == ("617-555-0100", ("statewide",), "fee")
    assert (row.as_of, row.topics, row.cost_note) == ("2025-06", ("zebra",), "By project")
    again = previewed(signed, package_zip=data)
    assert sum_of(again) == "Rows read: 1 = 0 added + 0 changed + 1 unchanged + 0 rejected"


def test_a_new_name_is_a_change_of_the_same_program(signed, manager):
    tables = full(uuid_of(signed, "massmep"))
    confirmed(signed, previewed(signed, package_zip=package(**tables)))
    tables["services"][0]["name"] = "Zebra painting"

    page = previewed(signed, package_zip=package(**tables))

    assert sum_of(page) == "Rows read: 1 = 0 added + 1 changed + 0 unchanged + 0 rejected"


def test_what_hsds_does_not_say_is_kept_and_a_new_row_without_it_is_rejected(signed, manager):
    tables = {"services": full(uuid_of(signed, "massmep"))["services"]}

    page = previewed(signed, package_zip=package(**tables))

    assert sum_of(page) == "Rows read: 1 = 0 added + 0 changed + 0 unchanged + 1 rejected"
    assert "forms is empty and must not be" in page.text
    link = page.select_one(".import-rejected a")["href"]
    text = signed.client.get(link).data.decode("utf-8-sig")
    assert "point-solution,supply" in text


def test_a_package_of_which_more_than_a_fifth_dangles_is_refused_whole(signed, manager):
    tables = full(uuid_of(signed, "massmep"))
    tables["phones"] += [
        {"id": f"p{n}", "service_id": "nowhere", "number": "617-555-0100"} for n in range(2, 8)
    ]

    page = previewed(signed, package_zip=package(**tables))

    assert page.heading == "Import refused"
    assert "6 of the 26 references in this package lead nowhere" in page.text


def test_full_objects_of_the_api_are_taken_apart(signed, manager):
    tables = full(OWNER)
    terms = {row["id"]: row for row in tables["taxonomy_terms"]}
    names = {row["id"]: row for row in tables["taxonomies"]}
    service = {
        **tables["services"][0],
        "organization": {
            "id": OWNER,
            "name": "Zebra Center",
            "description": "Paints.",
            "website": "https://zebra.example",
        },
        "phones": tables["phones"],
        "service_areas": tables["service_areas"],
        "cost_options": tables["cost_options"],
        "attributes": [
            {"id": row["id"], "taxonomy_term": detailed(terms[row["taxonomy_term_id"]], names)}
            for row in tables["attributes"]
        ],
    }
    data = json.dumps({"total_items": 1, "contents": [service]}).encode()

    page = previewed(signed, services_json=data)

    # The organization lacks its kind, which HSDS does not know; so the program lacks its owner.
    assert sum_of(page) == "Rows read: 2 = 0 added + 0 changed + 0 unchanged + 2 rejected"
    assert "kind is empty and must not be" in page.text
    assert "organization_id “" in page.text
    assert page.text.count("is empty and must not be") == 1


def test_a_package_of_the_first_versions_is_understood_by_its_old_names(signed, manager):
    tables = full(uuid_of(signed, "massmep"))
    service = tables["services"][0]
    service["fees"] = service.pop("fees_description")
    tables["service_areas"] = [{"id": "a1", "service_id": SERVICE, "service_area": "statewide"}]
    entries = {f"{name}.csv": as_csv(rows) for name, rows in tables.items()}

    page = previewed(signed, package_zip=as_zip(entries))

    assert sum_of(page).startswith("Rows read: 1 = 1 added"), page.text
    confirmed(signed, page)
    assert zebra_of(signed).cost_note == "By project"
