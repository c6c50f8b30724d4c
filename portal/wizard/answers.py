"""The answers of one company as an address carries them: checked, in one way of writing (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from portal.wizard.profile import CompanyProfile, NeedRule

VERSION = "1"  # of the questions; grows when a code changes its meaning
NOT_SURE = "not-sure"  # asked, and the company does not know
NONE_OF_THESE = "none"  # asked, and no need of the list is theirs
ANY_INDUSTRY = "any"  # how an address says "not sure" of an industry

# Which parameters each question fills, in the order of the questions.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "need": ("need", "topic"),
    "company": ("audience", "employees"),
    "place": ("zip", "county"),
    "industry": ("industry",),
    "means": ("budget", "delivery"),
}
STEPS = tuple(FIELDS)
STEP_OF = {field: step for step, fields in FIELDS.items() for field in fields}

# Version of the questions → codes of needs that it had and what they are called now.
RENAMED: Mapping[str, Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered; blank: not asked yet. Only checked values get in here.

    `need` holds codes of needs, keys of forms, or one of NONE_OF_THESE and NOT_SURE alone.
    `employees` is digits or NOT_SURE. Every other value is a code or NOT_SURE.
    """

    need: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    audience: str = ""
    employees: str = ""
    zip: str = ""
    county: str = ""
    industry: str = ""
    budget: str = ""
    delivery: str = ""

    def of(self, field: str) -> tuple[str, ...]:
        """Return the values of a parameter."""
        value: str | tuple[str, ...] = getattr(self, field)
        if isinstance(value, tuple):
            return value
        return (value,) if value else ()

    def has(self, step: str) -> bool:
        """Whether a question was answered."""
        return any(self.of(field) for field in FIELDS[step])

    def without(self, steps: Iterable[str]) -> Answers:
        """Return the answers without those to some questions."""
        blank = Answers()
        gone: Any = {f: getattr(blank, f) for step in steps for f in FIELDS[step]}
        return replace(self, **gone)

    def only(self, steps: Iterable[str]) -> Answers:
        """Return the answers to some questions."""
        return self.without([step for step in STEPS if step not in set(steps)])

    @property
    def answered(self) -> tuple[str, ...]:
        """The questions that were answered, in their order."""
        return tuple(step for step in STEPS if self.has(step))

    @property
    def has_none_of_these(self) -> bool:
        """Whether no need of the list is theirs."""
        return self.need == (NONE_OF_THESE,)


def parameters(answers: Answers) -> dict[str, Any]:
    """Return the answers as an address carries them: sorted, with the version of the questions."""
    named = {field: sorted(answers.of(field)) for field in STEP_OF} | {"v": [VERSION]}
    return {name: values for name, values in sorted(named.items()) if values}


def profile_of(
    answers: Answers,
    *,
    rules: Mapping[str, NeedRule],
    regions: tuple[str, ...],
) -> CompanyProfile:
    """Return the answers as the matching reads them.

    Args:
        answers: checked.
        rules: code of a need or key of a form → what meets it.
        regions: the codes of the regions that the company's place may lie in.
    """
    known = {f: "" if getattr(answers, f) == NOT_SURE else getattr(answers, f) for f in _SINGLE}
    return CompanyProfile(
        audience=known["audience"],
        employees=int(answers.employees) if answers.employees.isdigit() else None,
        industry="" if known["industry"] == ANY_INDUSTRY else known["industry"],
        regions=regions,
        delivery=known["delivery"],
        needs=tuple(rules[code] for code in sorted(answers.need) if code in rules),
        topics=tuple(topic for topic in sorted(answers.topic) if topic != NOT_SURE),
        budget=known["budget"],
    )


_SINGLE = ("audience", "industry", "delivery", "budget")
