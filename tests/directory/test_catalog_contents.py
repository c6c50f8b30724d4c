"""What the rows of a catalogue become in the database."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.database import write_unit
from portal.directory.identity import stable_id
from portal.directory.models import (
    Attribute,
    County,
    Location,
    Organization,
    PostalPlace,
    Service,
    Synonym,
    Taxonomy,
    TaxonomyTerm,
)
from portal.directory.operations import load_catalog
from portal.directory.vocabulary import FACETS
from portal.extensions import db
from tests.conftest import DATA, NOON
from tests.directory.catalogues import (
    load,
    read,
    small,
    write,
)
from tests.directory.stored import attributes, aware, count, service, terms

# The real catalogue


def test_the_real_catalogue_loads_whole(catalogue_app):
    with catalogue_app.app_context():
        assert count(Organization) == len(read(DATA, "organizations")) == 119
        assert count(Service) == len(read(DATA, "programs")) == 208
        assert count(County) == len(read(DATA, "regions")) == 14
        assert count(Synonym) == len(read(DATA, "synonyms")) == 112


def test_every_facet_of_the_real_catalogue_holds_what_the_rows_name(catalogue_app):
    columns = {
        "form": "forms",
        "audience": "audiences",
        "cost": "cost_kind",
        "delivery": "delivery",
        "connects": "connects",
        "level": "level",
        "side": "side",
        "industry": "industries",
    }
    rows = read(DATA, "programs")

    with catalogue_app.app_context():
        query = (
            select(Taxonomy.slug, Service.slug, TaxonomyTerm.code)
            .select_from(Attribute)
            .join(Attribute.taxonomy_term)
            .join(TaxonomyTerm.taxonomy)
            .join(Service, Attribute.service_id == Service.id)
            .order_by(Attribute.position)
        )
        found: dict[tuple[str, str], list[str]] = {}
        for facet, slug, code in db.session.execute(query):
            found.setdefault((facet, slug), []).append(code)

    for facet, column in columns.items():
        for row in rows:
            named = row[column].split("|") if row[column] else []
            assert found.get((facet, row["id"]), []) == named


def test_every_office_in_the_state_has_coordinates_and_no_other_one(catalogue_app):
    rows = read(DATA, "organizations")

    with catalogue_app.app_context():
        places = {
            place.organization_id: place for place in db.session.scalars(select(Location)).all()
        }

    for row in rows:
        place = places.get(stable_id("organization", row["id"]))
        if not row["city"]:
            assert place is None
            continue
        assert place.city == row["city"]
        assert place.is_approximate
        if row["county"]:
            assert place.state_province == "MA"
            assert 41 < place.latitude < 43
            assert -74 < place.longitude < -69
            assert place.postal_code.startswith("0")
        else:
            assert (place.state_province, place.postal_code) == ("", "")
            assert (place.latitude, place.longitude) == (None, None)


def test_every_zip_code_of_the_state_is_kept_with_its_county(catalogue_app):
    counties = {row["county"] for row in read(DATA, "regions")}

    with catalogue_app.app_context():
        places = db.session.scalars(select(PostalPlace)).all()
        boston = db.session.get(PostalPlace, "02108")

    assert len(places) > 600
    assert {place.county for place in places} == counties
    assert (boston.city, boston.county) == ("Boston", "Suffolk")


# What a row becomes


def test_an_organization_becomes_its_hsds_columns(empty_context, tmp_path):
    load(empty_context, write(tmp_path / "in"))

    found = db.session.scalars(select(Organization)).one()

    assert found.id == stable_id("organization", "acme-center")
    assert (found.slug, found.name, found.alternate_name) == ("acme-center", "Acme Center", "AC")
    assert (found.website, found.year_incorporated) == ("https://acme.example", 1998)
    assert (found.county, found.kind, found.position) == ("Worcester", "nonprofit", 0)
    assert aware(found.last_modified) == NOON
    place = found.locations[0]
    assert (place.city, place.state_province, place.postal_code) == ("Worcester", "MA", "01602")
    assert place.location_type == "physical"


def test_a_program_becomes_a_service_with_its_details(empty_context, tmp_path):
    load(empty_context, write(tmp_path / "in"))

    found = service("acme-lean")

    assert found.id == stable_id("service", "acme-lean")
    assert found.organization.slug == "acme-center"
    assert found.alternate_names == ["Acme Lean", "AL"]
    assert (found.fees_description, found.eligibility_description) == (
        "Project fee",
        "Manufacturers",
    )
    assert (found.minimum_employees, found.maximum_employees) == (10, 49)
    assert found.evidence_as_of == "2025-06"
    assert (found.assured_date, found.assurer_email, found.rounds) == (None, None, [])
    assert [(phone.number, phone.type) for phone in found.phones] == [("617-555-0100", "voice")]
    assert [area.name for area in found.service_areas] == ["Central"]
    assert [option.option for option in found.cost_options] == ["fee"]
    assert [step.next_service.slug for step in found.next_steps] == ["acme-grant"]
    assert aware(found.last_modified) == NOON


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("332710", [("332710", "dedicated")]),
        ("332|332710", [("332", "dedicated"), ("332710", "dedicated")]),
        ("any", [("any", "open")]),
        ("332710|any", [("332710", "open"), ("any", "open")]),
    ],
)
def test_an_industry_is_dedicated_unless_the_listing_takes_any(
    empty_context, tmp_path, cell, expected
):
    catalogue = small()
    catalogue["programs"][0]["industries"] = cell

    load(empty_context, write(tmp_path / "in", catalogue))

    assert attributes("acme-lean", "industry") == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("statewide", [("statewide", "open")]),
        ("Western|Central", [("western", "dedicated"), ("central", "dedicated")]),
    ],
)
def test_a_named_region_is_dedicated_and_the_whole_state_open(
    empty_context, tmp_path, cell, expected
):
    catalogue = small()
    catalogue["programs"][0]["regions"] = cell

    load(empty_context, write(tmp_path / "in", catalogue))

    assert attributes("acme-lean", "region") == expected


@pytest.mark.parametrize(
    ("low", "high", "codes", "value"),
    [
        ("10", "49", ["10-19", "20-49"], "dedicated"),
        ("250", "500", ["250-499"], "open"),
        ("500", "", ["500-plus"], "dedicated"),
        ("", "4", ["1-4"], "dedicated"),
    ],
)
def test_a_size_is_dedicated_when_the_limits_say_small_or_large(
    empty_context, tmp_path, low, high, codes, value
):
    catalogue = small()
    catalogue["programs"][0] |= {"min_employees": low, "max_employees": high}

    load(empty_context, write(tmp_path / "in", catalogue))

    assert attributes("acme-lean", "size") == [(code, value) for code in codes]


def test_without_limits_a_program_is_open_to_all_eight_sizes(empty_context, tmp_path):
    load(empty_context, write(tmp_path / "in"))

    assert attributes("acme-grant", "size") == [
        (code, "open")
        for code in (
            "1-4", "5-9", "10-19", "20-49", "50-99", "100-249", "250-499", "500-plus",
        )
    ]  # fmt: skip


def test_the_order_in_a_cell_is_kept_and_the_first_is_the_main_one(empty_context, tmp_path):
    catalogue = small()
    catalogue["programs"][0]["forms"] = "marketing|process-improvement|workforce-training"

    load(empty_context, write(tmp_path / "in", catalogue))

    assert attributes("acme-lean", "form") == [
        ("marketing", ""),
        ("process-improvement", ""),
        ("workforce-training", ""),
    ]


def test_each_facet_is_a_taxonomy_in_the_order_of_the_vocabulary(empty_context, tmp_path):
    load(empty_context, write(tmp_path / "in"))

    taxonomies = db.session.scalars(select(Taxonomy).order_by(Taxonomy.position)).all()

    assert [taxonomy.slug for taxonomy in taxonomies] == list(FACETS)
    assert taxonomies[0].name == "Kind of help"
    assert all(taxonomy.is_facet for taxonomy in taxonomies)


def test_vocabularies_are_named_in_english_whatever_language_is_served(app, tmp_path):
    folder = write(tmp_path / "in")

    with (
        app.test_request_context("/", environ_overrides={"portal.language": "es"}),
        write_unit(),
    ):
        load_catalog(folder, state_code="MA", now=NOON)
        names = [term.name for term in terms("audience")]
        db.session.rollback()
        db.session.remove()

    assert names == [
        "Small or medium manufacturer",
        "Startup",
        "Large manufacturer",
        "University or laboratory",
    ]


def test_industries_know_their_parents_and_any_comes_last(empty_context, tmp_path):
    load(empty_context, write(tmp_path / "in"))

    found = terms("industry")

    assert [term.code for term in found] == ["332710", "332", "any"]
    assert found[0].parent_id == found[1].id
    assert found[0].aliases == "job shop|machinist"
    assert [term.covers_all for term in found] == [False, False, True]


def test_regions_come_in_order_of_appearance_and_the_whole_state_last(empty_context, tmp_path):
    load(empty_context, write(tmp_path / "in"))

    assert [(term.code, term.name, term.covers_all) for term in terms("region")] == [
        ("central", "Central", False),
        ("western", "Western", False),
        ("statewide", "Whole state", True),
    ]
    hampden = db.session.scalars(select(County).where(County.name == "Hampden")).one()
    assert (hampden.region, hampden.also_regions) == ("western", "central")


def test_two_spellings_of_a_topic_are_one_term_and_keep_their_spelling(empty_context, tmp_path):
    catalogue = small()
    catalogue["programs"][0]["topics"] = "iso-9001"
    catalogue["programs"][1]["topics"] = "ISO 9001"

    load(empty_context, write(tmp_path / "in", catalogue))

    assert [(term.code, term.name) for term in terms("topic")] == [("iso-9001", "iso-9001")]
    labels = [
        [a.label for a in service(slug).attributes if a.taxonomy_term.code == "iso-9001"]
        for slug in ("acme-lean", "acme-grant")
    ]
    assert labels == [[""], ["ISO 9001"]]


def test_a_city_outside_the_state_has_neither_state_nor_coordinates(empty_context, tmp_path):
    catalogue = small()
    catalogue["organizations"][0] |= {"city": "Worcester", "county": ""}

    load(empty_context, write(tmp_path / "in", catalogue))

    place = db.session.scalars(select(Location)).one()
    assert (place.city, place.state_province, place.latitude) == ("Worcester", "", None)


def test_a_city_that_is_not_found_has_no_coordinates(empty_context, tmp_path):
    catalogue = small()
    catalogue["organizations"][0]["city"] = "Atlantis"

    load(empty_context, write(tmp_path / "in", catalogue))

    place = db.session.scalars(select(Location)).one()
    assert (place.city, place.state_province, place.postal_code) == ("Atlantis", "MA", "")
    assert (place.latitude, place.longitude) == (None, None)


def test_an_organization_without_a_city_has_no_location(empty_context, tmp_path):
    catalogue = small()
    catalogue["organizations"][0]["city"] = ""

    load(empty_context, write(tmp_path / "in", catalogue))

    assert count(Location) == 0
