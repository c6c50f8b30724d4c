"""One request of the wizard: the answers of its address, what still fits, what is asked next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from portal import clock
from portal.wizard.answers import NOT_SURE, STEPS, Answers, parameters, profile_of
from portal.wizard.candidates import Flags
from portal.wizard.criteria import fitting
from portal.wizard.current import current_needs
from portal.wizard.index import Programs, wizard_index
from portal.wizard.offered_needs import Needs
from portal.wizard.path import Path, path_of
from portal.wizard.places import Places
from portal.wizard.profile import CompanyProfile
from portal.wizard.reading import Reading, read_answers

ENOUGH_FOR_A_PLAN = 3  # answered questions


@dataclass(frozen=True, slots=True)
class Inquiry:
    """The answers of an address beside the programs of today."""

    programs: Programs
    reading: Reading
    path: Path

    @property
    def answers(self) -> Answers:
        """The answers that can be used."""
        return self.reading.answers

    @property
    def places(self) -> Places:
        """The places of the state."""
        return self.programs.places

    @property
    def profile(self) -> CompanyProfile:
        """The answers as the matching reads them."""
        return profile_from(self.answers, self.places)

    @property
    def has_a_plan(self) -> bool:
        """Whether enough was answered for a first plan."""
        enough = min(ENOUGH_FOR_A_PLAN, len(self.path.steps))
        return len([s for s in self.path.steps if self.answers.has(s)]) >= enough


def inquire(args: MultiDict[str, str]) -> Inquiry:
    """Read a request."""
    programs = wizard_index().refresh()
    reading = read_answers(args, programs.places)
    return Inquiry(programs, reading, walk(reading.answers, programs))


def walk(answers: Answers, programs: Programs) -> Path:
    """Return which questions are asked with some answers."""
    today = clock.today()

    def fits(some: Answers) -> Flags:
        return fitting(profile_from(some, programs.places), programs.candidates, today)

    return path_of(answers, programs.candidates, fits)


def profile_from(answers: Answers, places: Places, needs: Needs | None = None) -> CompanyProfile:
    """Return answers as the matching reads them, by the present needs unless others are given."""
    needs = needs or current_needs()
    rules = {code: rule for code in answers.need if (rule := needs.rule_of(code))}
    return profile_of(answers, rules=rules, regions=places.regions_of(answers))


def settled(answers: Answers, step: str) -> Answers:
    """Return answers in which what was left blank beside an answer counts as not known.

    Args:
        answers: as read.
        step: the question whose page was sent.
    """
    changes: dict[str, Any] = {}
    if step == "company" and answers.audience and not answers.employees:
        changes["employees"] = NOT_SURE
    if step == "means":
        changes = {f: NOT_SURE for f in ("budget", "delivery") if not getattr(answers, f)}
    if not changes:
        return answers
    values = {field: getattr(answers, field) for field in Answers.__slots__}
    return Answers(**{**values, **changes})


def step_url(step: str, answers: Answers, **more: Any) -> str:
    """Return the address of a question with the answers so far."""
    return url_for("wizard.step", step=step, **parameters(answers), **more)


def results_url(answers: Answers, **more: Any) -> str:
    """Return the address of the plan for some answers."""
    return url_for("wizard.results", **parameters(answers), **more)


def next_url(inquiry: Inquiry) -> str:
    """Return the address of the first question that is still to be asked, or of the plan."""
    step = inquiry.path.next_step(inquiry.answers)
    if step is None:
        return results_url(inquiry.answers)
    return step_url(step, inquiry.answers)


def steps_before(step: str) -> tuple[str, ...]:
    """Return the questions that come before one."""
    return STEPS[: STEPS.index(step)]
