"""The matching: five criteria exclude, each alone; four only order; what is unknown never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.directory.rounds import Season
from portal.wizard.candidates import Candidate, columns
from portal.wizard.criteria import CRITERIA, EXCLUDING, Outcome
from portal.wizard.matching import Match, Verdict, match
from portal.wizard.profile import CompanyProfile, NeedRule
from tests.wizard.companies import NEEDS, TODAY, catalogues, excluded_by, profiles

BLANK = CompanyProfile()
FIELDS = ("audience", "employees", "industry", "regions", "delivery", "needs", "topics", "budget")

# A program, and a company for which every criterion says yes.
PROGRAM = Candidate(
    slug="lean",
    audiences=("sme",),
    forms=("process-improvement",),
    regions=("central",),
    delivery=("on-site",),
    costs=("free",),
    industries=("332710",),
    topics=("lean",),
    minimum=10,
    maximum=100,
    seasons=(Season(closes_on=TODAY),),
)
COMPANY = CompanyProfile(
    audience="sme",
    employees=25,
    industry="332710",
    regions=("central",),
    delivery="on-site",
    needs=(NEEDS[0],),
    topics=("lean",),
    budget="free-only",
)
# Criterion → a change by which it alone says no.
UNFIT_COMPANY = {
    "audience": {"audience": "startup"},
    "size": {"employees": 120},
    "industry": {"industry": "311"},
    "need": {"needs": (NEEDS[1],)},
    "region": {"regions": ("western",)},
    "topic": {"topics": ("welding",)},
    "delivery": {"delivery": "online"},
}
UNFIT_PROGRAM = {
    "cost": {"costs": ("fee",)},
    "open": {"seasons": (Season(closes_on=TODAY - timedelta(days=1)),)},
}


def only(profile: CompanyProfile, program: Candidate) -> Match:
    """What the matching says of one program."""
    matching = match(profile, columns([program]), today=TODAY)
    return next(iter([*matching.results, *matching.not_now]))


def slugs(profile: CompanyProfile, programs: tuple[Candidate, ...]) -> set[str]:
    return set(match(profile, columns(programs), today=TODAY).results.slugs)


def test_a_program_that_fits_in_everything_is_a_match():
    found = only(COMPANY, PROGRAM)

    assert found.verdict is Verdict.MATCH
    assert set(found.outcomes.values()) == {Outcome.YES}
    assert found.dedicated


@pytest.mark.parametrize("criterion", EXCLUDING)
def test_each_excluding_criterion_excludes_alone(criterion):
    company = replace(COMPANY, **UNFIT_COMPANY.get(criterion, {}))
    program = replace(PROGRAM, **UNFIT_PROGRAM.get(criterion, {}))

    found = only(company, program)

    assert found.verdict is Verdict.NOT_NOW
    assert found.excluded_by == (criterion,)


@pytest.mark.parametrize("criterion", [c for c in CRITERIA if c not in EXCLUDING])
def test_each_other_criterion_makes_a_program_possible_and_is_to_be_asked(criterion):
    company = replace(COMPANY, **UNFIT_COMPANY.get(criterion, {}))
    program = replace(PROGRAM, **UNFIT_PROGRAM.get(criterion, {}))

    found = only(company, program)

    assert found.verdict is Verdict.POSSIBLE
    assert found.to_ask == (criterion,)


def test_a_program_that_may_have_changed_is_possible_at_most():
    assert only(COMPANY, replace(PROGRAM, is_uncertain=True)).verdict is Verdict.POSSIBLE


@given(profiles, catalogues)
def test_programs_are_excluded_by_exactly_the_rules_that_say_so(profile, programs):
    matching = match(profile, columns(programs), today=TODAY)

    for found in [*matching.results, *matching.not_now]:
        assert set(found.excluded_by) == excluded_by(profile, found.candidate)
    assert {m.candidate.slug for m in matching.results} == {
        program.slug for program in programs if not excluded_by(profile, program)
    }


@given(profiles, catalogues, st.sampled_from(FIELDS))
def test_answering_one_more_question_never_adds_results(profile, programs, field):
    asked_less = replace(profile, **{field: getattr(BLANK, field)})

    assert slugs(profile, programs) <= slugs(asked_less, programs)


@given(profiles, catalogues)
def test_a_second_choice_among_needs_only_adds(profile, programs):
    more = replace(profile, needs=tuple(NEEDS))

    if profile.needs:
        assert slugs(profile, programs) <= slugs(more, programs)


@given(catalogues)
def test_what_is_unknown_never_excludes(programs):
    matching = match(BLANK, columns(programs), today=TODAY)

    closed = {p.slug for p in programs if "open" in excluded_by(BLANK, p)}
    assert set(matching.results.slugs) == {p.slug for p in programs} - closed


@given(profiles, catalogues, st.randoms())
def test_the_order_of_answers_and_of_programs_does_not_matter(profile, programs, draw):
    shuffled = replace(
        profile,
        needs=tuple(draw.sample(profile.needs, len(profile.needs))),
        topics=tuple(draw.sample(profile.topics, len(profile.topics))),
        regions=tuple(draw.sample(profile.regions, len(profile.regions))),
    )

    one = match(profile, columns(programs), today=TODAY)
    other = match(shuffled, columns(programs), today=TODAY)

    assert one.results.slugs == other.results.slugs
    assert one.not_now.slugs == other.not_now.slugs


@given(profiles, catalogues)
def test_every_criterion_is_answered_for_every_program(profile, programs):
    matching = match(profile, columns(programs), today=TODAY)

    for found in [*matching.results, *matching.not_now]:
        assert tuple(found.outcomes) == CRITERIA
    assert len(matching.results) + len(matching.not_now) == len(programs)


@pytest.mark.parametrize(
    ("industries", "said", "outcome"),
    [
        (("any",), "311", Outcome.YES),
        (("332710",), "332710", Outcome.YES),
        (("332",), "332710", Outcome.YES),
        (("332",), "332721", Outcome.YES),
        (("332710",), "332", Outcome.UNKNOWN),
        (("332710",), "336412", Outcome.NO),
        (("332710",), "", Outcome.UNKNOWN),
        (("any",), "", Outcome.YES),
    ],
)
def test_an_industry_is_taken_by_its_code_its_parent_or_any(industries, said, outcome):
    found = only(CompanyProfile(industry=said), Candidate("p", industries=industries))

    assert found.outcomes["industry"] is outcome


@pytest.mark.parametrize(
    ("employees", "outcome"),
    [(9, Outcome.NO), (10, Outcome.YES), (100, Outcome.YES), (101, Outcome.NO)],
)
def test_size_limits_belong_to_what_fits(employees, outcome):
    found = only(CompanyProfile(employees=employees), PROGRAM)

    assert found.outcomes["size"] is outcome


@pytest.mark.parametrize(
    ("budget", "cost", "outcome"),
    [
        ("free-only", "free", Outcome.YES),
        ("free-only", "grant", Outcome.YES),
        ("free-only", "subsidized", Outcome.NO),
        ("limited", "subsidized", Outcome.YES),
        ("limited", "fee", Outcome.UNKNOWN),
        ("flexible", "fee", Outcome.YES),
        ("", "fee", Outcome.UNKNOWN),
        ("", "free", Outcome.YES),
    ],
)
def test_what_a_company_can_spend_is_held_against_the_cost(budget, cost, outcome):
    found = only(CompanyProfile(budget=budget), Candidate("p", costs=(cost,)))

    assert found.outcomes["cost"] is outcome


@pytest.mark.parametrize(
    ("wanted", "way", "outcome"),
    [
        ("on-site", "on-site", Outcome.YES),
        ("on-site", "hybrid", Outcome.UNKNOWN),
        ("on-site", "online", Outcome.NO),
        ("online", "online", Outcome.YES),
        ("hybrid", "online", Outcome.YES),
        ("in-person", "on-site", Outcome.YES),
        ("", "online", Outcome.UNKNOWN),
    ],
)
def test_how_a_company_wants_it_is_held_against_how_it_comes(wanted, way, outcome):
    found = only(CompanyProfile(delivery=wanted), Candidate("p", delivery=(way,)))

    assert found.outcomes["delivery"] is outcome


@pytest.mark.parametrize(
    ("costs", "outcome"),
    [(("grant",), Outcome.UNKNOWN), (("loan", "tax-credit"), Outcome.UNKNOWN)]
    + [((*costs, "fee"), Outcome.NO) for costs in ((), ("grant",))],
)
def test_the_way_says_nothing_against_money(costs, outcome):
    program = Candidate("p", delivery=("online",), costs=costs)

    assert only(CompanyProfile(delivery="on-site"), program).outcomes["delivery"] is outcome


def test_a_need_is_met_by_a_topic_of_a_program_with_another_form():
    program = Candidate("p", forms=("marketing",), topics=("lean",))
    need = NeedRule("scrap", frozenset({"process-improvement"}), ("lean",))

    assert only(CompanyProfile(needs=(need,)), program).outcomes["need"] is Outcome.YES


def test_dedicated_is_told_for_the_company_and_for_some_industry_when_nothing_is_known():
    for_shops = Candidate("p", industries=("332710",))
    for_small = Candidate("p", industries=("any",), maximum=50)

    assert only(CompanyProfile(), for_shops).dedicated
    assert not only(CompanyProfile(), for_small).dedicated
    assert only(CompanyProfile(employees=20), for_small).dedicated
    assert not only(CompanyProfile(employees=60), for_small).dedicated
    assert not only(CompanyProfile(industry="336412"), for_shops).dedicated
