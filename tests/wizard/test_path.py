"""A question is asked only while it can change what is shown; later answers never decide that."""

from __future__ import annotations

from dataclasses import replace

from portal.wizard.answers import STEPS, Answers, profile_of
from portal.wizard.candidates import Candidate, columns
from portal.wizard.criteria import fitting
from portal.wizard.offered_needs import SHIPPED
from portal.wizard.path import Path, path_of
from tests.wizard.companies import TODAY

FOR_ALL = Candidate(
    "for-all",
    audiences=("sme", "startup", "oem", "university"),
    forms=("marketing",),
    regions=("statewide",),
    delivery=("online",),
    costs=("free",),
    industries=("any",),
)


def walk(answers: Answers, *programs: Candidate) -> Path:
    services = columns(programs)

    def fits(some: Answers):
        rules = {code: rule for code in some.need if (rule := SHIPPED.rule_of(code))}
        return fitting(profile_of(some, rules=rules, regions=("central",)), services, TODAY)

    return path_of(answers, services, fits)


def test_a_program_that_is_for_all_leaves_nothing_to_ask_but_the_need():
    assert walk(Answers(), FOR_ALL).steps == ("need",)


def test_each_question_is_asked_when_some_program_depends_on_its_answer():
    depends = {
        "company": {"audiences": ("sme",)},
        "place": {"regions": ("central",)},
        "industry": {"industries": ("332710",)},
        "means": {"costs": ("fee",)},
    }
    for step, facts in depends.items():
        other = replace(FOR_ALL, slug="other", **facts)
        assert walk(Answers(), FOR_ALL, other).steps == ("need", step)
    limited = replace(FOR_ALL, slug="other", maximum=100)
    assert walk(Answers(), FOR_ALL, limited).steps == ("need", "company")


def test_an_answer_that_leaves_only_equal_programs_makes_the_others_needless():
    for_shops = replace(
        FOR_ALL, slug="other", forms=("workforce-training",), industries=("332710",)
    )
    answers = Answers(need=("marketing",), industry="332710")

    path = walk(answers, FOR_ALL, for_shops)

    assert path.steps == ("need",)
    assert path.needless == ("industry",)
    assert path.fitting == 1


def test_a_later_answer_never_takes_an_earlier_question_away():
    other = replace(FOR_ALL, slug="other", audiences=("sme",), industries=("332710",))
    before = walk(Answers(), FOR_ALL, other).steps

    after = walk(Answers(industry="311"), FOR_ALL, other).steps

    assert before == after == ("need", "company", "industry")


def test_where_nothing_fits_nothing_more_is_asked():
    assert walk(
        Answers(need=("export",)), replace(FOR_ALL, forms=("workforce-training",))
    ).steps == ("need",)


def test_the_next_question_is_the_first_without_an_answer():
    path = Path(STEPS, (), 5)

    assert path.next_step(Answers()) == "need"
    assert path.next_step(Answers(need=("scrap",), county="Essex")) == "company"
    full = Answers(
        need=("scrap",), audience="sme", county="Essex", industry="any", budget="not-sure"
    )
    assert path.next_step(full) is None
