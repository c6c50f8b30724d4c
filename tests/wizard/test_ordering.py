"""The order of a plan: dedicated, needs, topics, near, cost, fresh, each with all else equal."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from portal.wizard.candidates import Candidate, columns
from portal.wizard.matching import match
from portal.wizard.profile import CompanyProfile, NeedRule
from portal.wizard.weights import WEIGHTS
from tests.wizard.companies import TODAY

LEAN = NeedRule("scrap", frozenset({"process-improvement"}), ("lean",))
TRAIN = NeedRule("train", frozenset({"workforce-training"}), ("training",))
COMPANY = CompanyProfile(
    audience="sme",
    employees=25,
    industry="332710",
    regions=("central",),
    delivery="on-site",
    needs=(LEAN, TRAIN),
    topics=("welding",),
    budget="free-only",
)
# "a" would come first by its slug; it must lose by one thing alone.
PLAIN = Candidate(
    slug="a",
    audiences=("sme",),
    forms=("process-improvement",),
    regions=("western",),
    delivery=("online",),
    costs=("fee",),
    industries=("any",),
)
BETTER = {
    "made for the industry": {"industries": ("332710",)},
    "made for the size": {"maximum": 50},
    "more needs met": {"forms": ("process-improvement", "workforce-training")},
    "names a wish": {"topics": ("welding",)},
    "local": {"regions": ("central",)},
    "statewide": {"regions": ("statewide",)},
    "affordable": {"costs": ("free",)},
    "comes the way it was asked for": {"delivery": ("on-site",)},
    "confirmed lately": {"assured_on": TODAY.toordinal() - 5},
}


def order(*programs: Candidate, company: CompanyProfile = COMPANY, **more: object) -> list[str]:
    return match(company, columns(programs), today=TODAY, **more).results.slugs


@pytest.mark.parametrize("reason", BETTER)
def test_a_program_that_is_better_in_one_thing_comes_first(reason):
    better = replace(PLAIN, slug="b", **BETTER[reason])

    assert order(PLAIN, better) == ["b", "a"]


def test_a_local_program_comes_before_a_statewide_one():
    assert order(
        replace(PLAIN, regions=("statewide",)), replace(PLAIN, slug="b", regions=("central",))
    ) == ["b", "a"]


def test_a_program_that_may_have_changed_comes_later():
    assert order(replace(PLAIN, is_uncertain=True), replace(PLAIN, slug="b")) == ["b", "a"]


def test_a_program_that_takes_no_new_companies_comes_later():
    assert order(replace(PLAIN, is_paused=True), replace(PLAIN, slug="b")) == ["b", "a"]


def test_words_of_the_listing_count_where_its_topics_are_silent():
    def words(text: str) -> np.ndarray | None:
        return np.array([0.0, 1.0], np.float32) if "welding" in text else None

    assert order(PLAIN, replace(PLAIN, slug="b"), words=words) == ["b", "a"]


def test_what_an_adviser_suggests_after_the_best_program_is_pulled_along():
    best = replace(PLAIN, slug="best", topics=("welding",), next_slugs=("z",))

    found = order(best, replace(PLAIN, slug="m"), replace(PLAIN, slug="z"))

    assert found == ["best", "z", "m"]


def test_programs_that_repeat_those_above_make_room_for_other_needs():
    company = CompanyProfile(needs=(LEAN, TRAIN), regions=("central",))
    lean = [
        Candidate(
            f"lean-{n}", forms=("process-improvement",), topics=("lean",), regions=("central",)
        )
        for n in range(3)
    ]
    training = Candidate("training", forms=("workforce-training",), topics=("training",))
    plain = replace(WEIGHTS, variety=0.0, form_variety=0.0)

    assert order(*lean, training, company=company, weights=plain)[-1] == "training"
    assert order(*lean, training, company=company)[:2] == ["lean-0", "training"]


def test_a_plan_is_the_same_each_time():
    programs = [replace(PLAIN, slug=f"p{n}") for n in range(40)]

    assert order(*programs) == order(*programs)
