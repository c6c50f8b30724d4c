"""A city is placed at the ZIP code that stands for it best."""

from __future__ import annotations

from portal.directory.places import Gazetteer, Place, places_of


def place(code: str, city: str, county: str, *others: str, standard: bool = True) -> Place:
    return Place(code, city, county, 42.0, -71.0, standard, others)


def test_the_zip_codes_of_a_state_come_with_counties_without_their_suffix():
    places = {found.postal_code: found for found in places_of("MA")}

    assert (places["01002"].city, places["01002"].county) == ("Amherst", "Hampshire")
    assert list(places) == sorted(places)
    assert all(code.isdigit() and len(code) == 5 for code in places)


def test_a_state_that_does_not_exist_has_none():
    assert places_of("XX") == ()


def test_a_standard_zip_goes_before_a_post_office_box_and_the_lowest_first():
    gazetteer = Gazetteer(
        [
            place("01001", "Lee", "Berkshire", standard=False),
            place("01003", "Lee", "Berkshire"),
            place("01002", "Lee", "Berkshire"),
        ]
    )

    assert gazetteer.find("lee", "Berkshire").postal_code == "01002"


def test_a_zip_named_after_the_city_goes_before_one_that_accepts_its_name():
    gazetteer = Gazetteer(
        [
            place("01001", "Otis", "Berkshire", "Lee"),
            place("01002", "Lee", "Berkshire", standard=False),
        ]
    )

    assert gazetteer.find("Lee", "Berkshire").postal_code == "01002"
    assert gazetteer.find("Otis", "Berkshire").postal_code == "01001"


def test_a_zip_of_the_county_goes_before_one_of_another():
    gazetteer = Gazetteer([place("01001", "Lee", "Essex"), place("01002", "Lee", "Berkshire")])

    assert gazetteer.find("Lee", "Berkshire").postal_code == "01002"
    assert gazetteer.find("Lee", "Dukes").postal_code == "01001"


def test_a_city_that_nobody_knows_has_no_place():
    assert Gazetteer(places_of("MA")).find("Atlantis", "Suffolk") is None


def test_well_known_cities_are_where_they_are():
    gazetteer = Gazetteer(places_of("MA"))

    assert gazetteer.find("Boston", "Suffolk").postal_code == "02108"
    assert gazetteer.find("Worcester", "Worcester").postal_code == "01602"
    assert gazetteer.find("Springfield", "Hampden").postal_code == "01103"
