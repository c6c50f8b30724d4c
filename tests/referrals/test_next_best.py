"""Which programs are offered next; each rule on programs that differ in nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from portal.referrals.next_best import next_best
from portal.wizard.candidates import Candidate, columns
from portal.wizard.matching import match
from portal.wizard.profile import CompanyProfile, NeedRule

COMPANY = CompanyProfile(
    employees=25,
    industry="332",
    regions=("western",),
    needs=(NeedRule("process-improvement", frozenset({"process-improvement"})),),
)


def program(slug: str, **facts: object) -> Candidate:
    plain: dict[str, object] = {
        "forms": ("process-improvement",),
        "regions": ("statewide",),
        "industries": ("any",),
        "costs": ("fee",),
    }
    return Candidate(slug, **(plain | facts))  # type: ignore[arg-type]


def offered(*programs: Candidate, company: CompanyProfile = COMPANY, **facts: object) -> list[str]:
    results = match(company, columns(programs), today=date(2026, 3, 2)).results
    chosen: dict[str, object] = {"reason": "", "asked": ()}
    return [m.candidate.slug for m in next_best(results, **(chosen | facts))]  # type: ignore[arg-type]


def test_at_most_three_are_offered_and_none_that_was_asked():
    programs = [program(slug) for slug in "abcde"]

    assert offered(*programs, asked={"a", "c"}) == ["b", "d", "e"]
    assert offered(*programs, asked=set("abcde")) == []


def test_a_program_that_gives_other_help_is_never_offered():
    assert offered(program("a", forms=("marketing",)), program("b")) == ["b"]


@pytest.mark.parametrize(
    ("reason", "unsure"),
    [
        ("not_eligible_industry", program("a", industries=())),
        ("not_eligible_region", program("a", regions=())),
        ("not_eligible_region", program("a", regions=("northeast",))),
    ],
)
def test_the_criterion_of_a_decline_must_be_a_sure_yes(reason, unsure):
    sure = program("b")

    assert set(offered(unsure, sure)) == {"a", "b"}
    assert offered(unsure, sure, reason=reason) == ["b"]


def test_a_size_that_is_not_known_is_no_sure_yes_unless_any_size_is_taken():
    company = CompanyProfile(needs=COMPANY.needs)
    limited, unlimited = program("a", minimum=50, maximum=200), program("b")

    found = offered(limited, unlimited, company=company, reason="not_eligible_size")

    assert found == ["b"]


def test_who_could_not_pay_is_offered_what_is_free_or_subsidized_first():
    programs = [program("a"), program("b", costs=("subsidized",)), program("c", costs=("free",))]

    assert offered(*programs, reason="cost")[-1] == "a"


def test_after_a_no_for_capacity_only_programs_that_take_companies_are_offered():
    programs = [program("a"), program("b")]

    assert offered(*programs, reason="capacity", paused={"a"}) == ["b"]
    assert offered(*programs, reason="other", paused={"a"}) == ["b", "a"]


def test_an_introduction_goes_only_to_programs_that_make_such_ones():
    assert offered(program("a"), program("b"), only={"b"}) == ["b"]
