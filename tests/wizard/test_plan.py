"""First steps, the rest by form, near misses: chosen by hand-made examples."""

from __future__ import annotations

from dataclasses import replace

from portal.wizard.candidates import Candidate
from portal.wizard.criteria import CRITERIA, Outcome
from portal.wizard.matching import Match, Verdict
from portal.wizard.plan import first_steps, near_misses, rest_by_form

FORMS = ("process-improvement", "marketing")


def found(slug: str, *, excluded_by: tuple[str, ...] = (), **facts: object) -> Match:
    outcomes = {name: Outcome.NO if name in excluded_by else Outcome.YES for name in CRITERIA}
    verdict = Verdict.NOT_NOW if excluded_by else Verdict.MATCH
    return Match(Candidate(slug, **facts), verdict, False, outcomes)


def names(steps: list) -> list[tuple[str, bool]]:
    return [(step.match.candidate.slug, step.follows) for step in steps]


def test_the_best_three_are_the_first_steps_when_nothing_else_is_known():
    assert names(first_steps([found(s) for s in "abcd"])) == [
        ("a", False),
        ("b", False),
        ("c", False),
    ]


def test_what_follows_on_the_best_program_is_the_next_step():
    results = [found("a", next_slugs=("d",)), *(found(s) for s in "bcd")]

    assert names(first_steps(results)) == [("a", False), ("d", True), ("b", False)]


def test_a_program_stands_before_the_one_that_follows_on_it():
    results = [found("grant"), found("assessment", next_slugs=("grant",)), found("c")]

    assert names(first_steps(results))[:2] == [("assessment", False), ("grant", True)]


def test_a_wish_that_no_step_names_goes_before_what_follows():
    results = [
        found("a", topics=("lean",), next_slugs=("b",)),
        found("b"),
        found("c", topics=("ISO-9001",)),
    ]

    steps = first_steps(results, [frozenset({"lean"}), frozenset({"iso-9001"})])

    assert {slug for slug, _ in names(steps)} == {"a", "b", "c"}
    assert [slug for slug, _ in names(first_steps(results, [frozenset({"iso-9001"})], most=2))] == [
        "a",
        "c",
    ]


LEAN, ISO = frozenset({"lean"}), frozenset({"iso-9001"})


def possible(slug: str, **facts: object) -> Match:
    return replace(found(slug, **facts), verdict=Verdict.POSSIBLE)


def test_a_program_that_may_have_changed_is_no_step_while_a_sure_one_names_the_wish():
    results = [
        possible("changed", topics=("lean",), is_uncertain=True),
        found("unwished"),
        possible("ask-first", topics=("lean",)),
        possible("also-changed", topics=("iso-9001",), is_uncertain=True),
    ]

    assert names(first_steps(results, [LEAN], most=1)) == [("ask-first", False)]
    assert names(first_steps(results, [LEAN, ISO], most=2)) == [
        ("ask-first", False),
        ("also-changed", False),
    ]


def test_a_program_that_takes_no_new_companies_is_no_step_while_another_names_the_wish():
    results = [found("full", topics=("lean",), is_paused=True), found("free", topics=("lean",))]

    assert names(first_steps(results, [LEAN], most=1)) == [("free", False)]


def test_of_programs_that_name_the_same_wish_one_that_surely_fits_is_the_step():
    results = [
        possible("a", topics=("lean",)),
        possible("b", topics=("iso-9001",)),
        found("c", topics=("iso-9001",)),
        found("d", topics=("lean",)),
    ]

    assert [slug for slug, _ in names(first_steps(results, [LEAN, ISO], most=2))] == ["d", "c"]


def test_what_follows_is_no_step_when_it_may_have_changed():
    results = [found("a", next_slugs=("x",)), possible("x", is_uncertain=True), found("b")]

    assert [slug for slug, _ in names(first_steps(results, most=2))] == ["a", "b"]


def test_where_all_may_have_changed_the_best_of_them_are_the_steps():
    results = [possible(s, topics=("lean",), is_uncertain=True) for s in "ab"]

    assert [slug for slug, _ in names(first_steps(results, [LEAN]))] == ["a", "b"]


def test_nothing_that_fits_gives_no_step():
    assert first_steps([]) == []


def test_the_rest_is_grouped_by_main_form_without_the_steps():
    results = [found(f"m{n}", forms=("marketing",)) for n in range(7)]
    results += [found("p", forms=("process-improvement", "marketing"))]
    steps = first_steps(results, most=1)

    parts = rest_by_form(results, steps, FORMS)

    assert [(p.form, len(p.matches), len(p.named), p.more) for p in parts] == [
        ("process-improvement", 1, 0, 0),
        ("marketing", 4, 2, 0),
    ]


def test_of_very_many_programs_of_a_form_some_are_only_counted():
    results = [found(f"m{n}", forms=("marketing",)) for n in range(50)]

    (part,) = rest_by_form(results, [], FORMS)

    assert (len(part.matches), len(part.named), part.more) == (4, 40, 6)


def test_near_misses_are_those_that_one_changeable_thing_excludes():
    not_now = [
        found("audience", excluded_by=("audience",), topics=("lean",)),
        found("size", excluded_by=("size",), topics=("lean",)),
        found("need", excluded_by=("need",), topics=("lean",)),
        found("industry", excluded_by=("industry",), topics=("lean",)),
        found("unwished", excluded_by=("size",), topics=("export",)),
        found("closed", excluded_by=("open",), topics=("lean",)),
        found("two", excluded_by=("size", "audience"), topics=("lean",)),
    ]

    misses = near_misses(not_now, [frozenset({"lean"})])

    assert [miss.candidate.slug for miss in misses] == ["closed", "size"]


def test_nothing_is_near_where_nothing_is_wished_for():
    not_now = [found("size", excluded_by=("size",), forms=("marketing",), topics=("lean",))]

    assert not near_misses(not_now)
    assert near_misses(not_now, forms=["marketing"]) == not_now
