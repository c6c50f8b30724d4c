"""Rows of a comparison: in which of them programs differ, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from portal.directory.facts import NamedTerm, facts_from
from portal.directory.models import Phone, Round, Service
from portal.shortlist.comparison import ANSWERS, Program, compared

TERMS = [
    NamedTerm("form", "marketing", "marketing", False, ""),
    NamedTerm("industry", "332710", "Machine shops", False, "dedicated"),
    NamedTerm("audience", "sme", "SME", False, ""),
    NamedTerm("audience", "oem", "OEM", False, ""),
    NamedTerm("cost", "free", "Free", False, ""),
    NamedTerm("delivery", "online", "Online", False, ""),
    NamedTerm("region", "central", "Central", False, "dedicated"),
]


def program(terms=TERMS, minimum=None, maximum=None, phones=(), rounds=(), **columns) -> Program:
    service = Service(
        **{
            "short_description": "Finds buyers.",
            "eligibility_description": "",
            "fees_description": "",
            "application_url": "",
            "url": "https://acme.example",
            "email": "",
            "evidence": "page",
            "source_url": "",
            "evidence_as_of": "2025-06",
            **columns,
        },
        minimum_employees=minimum,
        maximum_employees=maximum,
        phones=[Phone(number=number) for number in phones],
    )
    return Program(service, facts_from(terms, minimum, maximum), tuple(rounds))


def differing(*programs: Program) -> set[str]:
    return {row.name for row in compared(programs) if row.differs}


def test_a_comparison_asks_thirteen_questions_in_the_order_of_a_listing(context):
    rows = compared([program(), program()])

    assert [row.name for row in rows] == [
        "form",
        "what",
        "size",
        "industry",
        "audience",
        "conditions",
        "cost",
        "delivery",
        "where",
        "start",
        "rounds",
        "contact",
        "source",
    ]
    assert set(ANSWERS) == {row.name for row in rows}


def test_equal_programs_differ_in_nothing(context):
    assert differing(program(), program(), program()) == set()


def test_one_that_differs_among_four_makes_the_row_differ(context):
    assert differing(program(), program(), program(), program(maximum=50)) == {"size"}


def test_each_answer_differs_in_its_own_row(context):
    columns = {
        "what": {"short_description": "Trains."},
        "conditions": {"eligibility_description": "Members"},
        "cost": {"fees_description": "No charge"},
        "start": {"application_url": "https://acme.example/apply"},
        "contact": {"email": "help@acme.example"},
        "source": {"assured_date": date(2026, 3, 1)},
    }
    for name, changed in columns.items():
        assert differing(program(), program(**changed)) == {name}
    assert differing(program(), program(phones=["617-555-0100"])) == {"contact"}
    opens = Round(opens_on=date(2026, 1, 1), closes_on=None, recurs="yearly")
    assert differing(program(), program(rounds=[opens])) == {"rounds"}


def test_each_term_differs_in_the_row_of_its_facet(context):
    rows = ["form", "industry", "audience", "audience", "cost", "delivery", "where"]
    for number, name in enumerate(rows):
        others = [term for place, term in enumerate(TERMS) if place != number]
        assert differing(program(), program(others)) == {name}


def test_the_order_in_which_terms_are_named_is_no_difference(context):
    assert differing(program(), program(TERMS[::-1])) == set()


def test_one_employee_is_no_lower_limit(context):
    assert differing(program(minimum=None), program(minimum=1)) == set()
    assert differing(program(minimum=None), program(minimum=2)) == {"size"}


def test_dedicated_to_an_industry_differs_from_best_known_in_it(context):
    best_known = [
        replace(term, value="open") if term.facet == "industry" else term for term in TERMS
    ]

    assert differing(program(), program(best_known)) == {"industry"}
