"""Reasons say what is so: what a program names, where it works, in words and never in codes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal.directory.rounds import applications
from portal.wizard.answers import Answers
from portal.wizard.candidates import Candidate, columns
from portal.wizard.matching import match
from portal.wizard.offered_needs import SHIPPED
from portal.wizard.places import Places
from portal.wizard.profile import CompanyProfile
from portal.wizard.reasons import Situation, criteria_of
from portal.wizard.wording import plan_title
from tests.wizard.companies import TODAY

PROGRAM = Candidate(
    "p",
    forms=("process-improvement", "marketing"),
    regions=("central", "western"),
    topics=("ISO 9001",),
    industries=("332999",),
    costs=("grant",),
    delivery=("online",),
)
NAMES = {"central": "Central", "western": "Western"}


@pytest.fixture(autouse=True)
def in_a_request(catalogue_app):
    with catalogue_app.test_request_context("/find"):
        yield


def reason(criterion: str, program: Candidate = PROGRAM, **answers: object) -> str:
    profile = CompanyProfile(**answers)
    found = match(profile, columns([program]), today=TODAY)
    situation = Situation(
        profile, "Worcester County", NAMES, lambda p: applications(p.seasons, TODAY)
    )
    one = next(iter([*found.results, *found.not_now]))
    return next(c.reason for c in criteria_of(one, situation) if c.name == criterion)


def test_a_program_helps_with_a_need_only_if_it_names_one_of_its_topics():
    certificate, scrap = SHIPPED.rule_of("quality-certificate"), SHIPPED.rule_of("scrap")

    named = reason("need", needs=(certificate, scrap))
    by_form = reason("need", needs=(scrap,))

    assert named == "Helps with: A customer wants ISO 9001, AS9100 or ISO 13485."
    assert by_form.startswith("It gives ")
    assert by_form.endswith(", the kind of help you asked for.")
    assert "Marketing" not in by_form


def test_regions_are_named_and_for_a_yes_only_the_shared_ones():
    assert reason("region", regions=("central",)) == "It works in Central, where you are."
    assert "It works in Central, Western; you are in Worcester County" in reason(
        "region", regions=("southeast",)
    )


def title(**answers: object) -> str:
    return plan_title(Answers(**answers), Places({}, {}, {}))


def test_a_title_reads_well_with_any_number():
    assert title(audience="sme", employees="18") == "Plan for a manufacturer with 18 people"
    assert title(audience="startup", employees="1") == "Plan for a startup with 1 person"
    assert title(employees="1200") == "Plan for a company with 1,200 people"
    assert title() == "Plan for your company"


def test_a_title_that_is_cut_keeps_the_own_words():
    needs = ("export", "robots", "scrap")

    assert title(need=needs[:1], topic=("welding",)).endswith(": export, welding")
    assert title(need=needs, topic=("welding",)).endswith(": welding, export, robots …")


def test_an_industry_that_the_catalogue_does_not_name_is_called_by_its_branch():
    told = reason("industry", industry="332721")

    assert "(332999)" in told
    assert "(332721)" in told
    assert reason("industry", replace(PROGRAM, industries=("any",))).endswith("manufacturing.")


def test_money_comes_whatever_the_way():
    assert reason("delivery", delivery="on-site") == "Money: it comes to you whatever the way."
    fee = replace(PROGRAM, costs=("fee",))
    assert reason("delivery", fee, delivery="on-site").endswith("Ask.")
