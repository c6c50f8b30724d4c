"""The fixed vocabularies are the contract that addresses and JSON rest on."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.directory.vocabulary import (
    FACETS,
    FIXED_TERMS,
    INDUSTRY_LABELS,
    ORGANIZATION_KINDS,
    SIZE_BANDS,
    english,
    is_dedicated_to_size,
    label_of,
    size_bands,
    slug_of,
)
from tests.conftest import DATA

EMPLOYEES = st.one_of(st.none(), st.integers(1, 2_000))


def test_the_six_forms_stand_in_their_order():
    assert [term.code for term in FIXED_TERMS["form"]] == [
        "process-improvement",
        "workforce-training",
        "technology-cluster",
        "engineering-support",
        "management-education",
        "marketing",
    ]


def test_the_facets_are_those_of_the_contract():
    assert list(FACETS) == [
        "form", "industry", "region", "audience", "cost", "delivery", "size", "connects", "topic",
        "level", "side",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("facet", "codes"),
    [
        ("audience", "sme startup oem university"),
        ("cost", "free subsidized fee grant tax-credit loan membership"),
        ("delivery", "on-site in-person online hybrid"),
        ("size", "1-4 5-9 10-19 20-49 50-99 100-249 250-499 500-plus"),
        ("level", "point-solution system-level"),
        ("side", "supply demand both"),
        (
            "connects",
            "sme-startup sme-oem sme-university startup-oem startup-university oem-university",
        ),
    ],
)
def test_the_values_of_a_facet_are_those_of_the_contract(facet, codes):
    assert [term.code for term in FIXED_TERMS[facet]] == codes.split()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Greater Boston", "greater-boston"),
        ("Metro South/West", "metro-south-west"),
        ("Cape & Islands", "cape-islands"),
        ("statewide", "statewide"),
        ("iso-9001", "iso-9001"),
        ("  CO2 – lasers ", "co2-lasers"),
        ("???", ""),
    ],
)
def test_a_name_has_a_slug_for_addresses(name, slug):
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    ("low", "high", "codes"),
    [
        (None, None, "1-4 5-9 10-19 20-49 50-99 100-249 250-499 500-plus"),
        (1, 50, "1-4 5-9 10-19 20-49 50-99"),
        (5, 9, "5-9"),
        (9, 10, "5-9 10-19"),
        (10, 500, "10-19 20-49 50-99 100-249 250-499"),
        (10, 501, "10-19 20-49 50-99 100-249 250-499 500-plus"),
        (500, 500, "500-plus"),
        (500, None, "500-plus"),
        (499, None, "250-499 500-plus"),
        (None, 1, "1-4"),
        (1, 499, "1-4 5-9 10-19 20-49 50-99 100-249 250-499"),
    ],
)
def test_a_size_band_belongs_if_it_overlaps_the_limits(low, high, codes):
    assert size_bands(low, high) == codes.split()


@given(low=EMPLOYEES, high=EMPLOYEES, size=st.integers(1, 2_000))
def test_a_company_within_the_limits_finds_its_band(low, high, size):
    if (low or 1) > size or (high is not None and size > high):
        return
    band = next(
        code for code, first, last in SIZE_BANDS if first <= size and (last is None or size <= last)
    )

    # "Up to 500" is how programs say SME: it ends below 500-plus.
    assert band in size_bands(low, high) or (size == high == 500 and (low or 1) < 500)


@pytest.mark.parametrize(
    ("low", "high", "dedicated"),
    [
        (None, None, False),
        (1, 499, True),
        (1, 500, False),
        (None, 20, True),
        (499, None, False),
        (500, None, True),
        (500, 5_000, True),
        (10, 1_000, False),
    ],
)
def test_dedicated_to_a_size_is_below_500_at_most_or_500_at_least(low, high, dedicated):
    assert is_dedicated_to_size(low, high) is dedicated


def test_every_industry_of_the_catalogue_has_a_plain_name():
    with (DATA / "industries.csv").open(encoding="utf-8", newline="") as file:
        codes = {row["code"] for row in csv.DictReader(file)}

    assert codes | {"any"} == set(INDUSTRY_LABELS)


def test_every_kind_of_organization_of_the_catalogue_has_a_name():
    with (DATA / "organizations.csv").open(encoding="utf-8", newline="") as file:
        assert {row["kind"] for row in csv.DictReader(file)} == set(ORGANIZATION_KINDS)


@pytest.mark.parametrize(
    ("facet", "code", "name", "label"),
    [
        ("form", "marketing", "x", "New customers and markets"),
        ("industry", "332710", "Machine shops", "Machine shops"),
        ("industry", "111", "Crop production", "Crop production"),
        ("region", "statewide", "x", "Whole state"),
        ("region", "central", "Central", "Central"),
        ("topic", "lean", "Lean", "Lean"),
        ("language", "es", "Spanish", "Spanish"),
    ],
)
def test_a_term_is_shown_by_its_plain_label_or_the_catalogues_name(facet, code, name, label):
    assert english(label_of(facet, code, name)) == label


def test_no_label_of_a_facet_is_used_twice():
    for terms in FIXED_TERMS.values():
        labels = [english(term.label) for term in terms]

        assert len(set(labels)) == len(labels)
