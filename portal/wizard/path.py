"""Which questions are asked: only those that can still change what a company is shown (pure)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from portal.wizard.answers import STEPS, Answers
from portal.wizard.candidates import ANY, NO_LIMIT, STATEWIDE, Candidates, Flags

Fitting = Callable[[Answers], Flags]
"""Answers → which programs no criterion excludes."""


@dataclass(frozen=True, slots=True)
class Path:
    """The questions that are asked with some answers.

    `needless` were answered and change nothing; `fitting` counts the programs that still fit.
    """

    steps: tuple[str, ...]
    needless: tuple[str, ...]
    fitting: int

    def next_step(self, answers: Answers) -> str | None:
        """Return the first question that is asked and not answered; None when all are."""
        return next((step for step in self.steps if not answers.has(step)), None)

    def number_of(self, step: str) -> int:
        """Return the number of a question, from 1."""
        return self.steps.index(step) + 1


def path_of(answers: Answers, services: Candidates, fitting: Fitting) -> Path:
    """Walk the questions in their order.

    A question stands on the path if some program that fits the answers before it could yet be
    told apart by its answers. Later answers never decide whether an earlier question is asked.

    Args:
        answers: so far.
        services: the programs.
        fitting: the quick part of the matching.
    """
    steps: list[str] = []
    for step in STEPS:
        if can_change(step, services, fitting(answers.only(steps))):
            steps.append(step)
    kept = answers.only(steps)
    needless = tuple(step for step in answers.answered if step not in steps)
    return Path(tuple(steps), needless, int(fitting(kept).sum()))


def can_change(step: str, services: Candidates, left: Flags) -> bool:
    """Whether the answers to a question can tell some of the programs left apart.

    Args:
        step: the question.
        services: the programs.
        left: those that still fit.
    """
    return bool(left.any()) and _TELLS_APART[step](services, left)


def _need(_services: Candidates, _left: Flags) -> bool:
    return True  # what a company wants is always the first question


def _company(services: Candidates, left: Flags) -> bool:
    kinds = services.having["audience"].values()
    limited = (services.minimum > 1) | (services.maximum < NO_LIMIT)
    return any((left & ~kind).any() for kind in kinds) or bool((left & limited).any())


def _place(services: Candidates, left: Flags) -> bool:
    return bool((left & ~services.naming("region", [STATEWIDE])).any())


def _industry(services: Candidates, left: Flags) -> bool:
    return bool((left & ~services.naming("industry", [ANY])).any())


def _means(services: Candidates, left: Flags) -> bool:
    return any(_varies(services.having[facet], left) for facet in ("cost", "delivery"))


def _varies(having: Mapping[str, Flags], left: Flags) -> bool:
    return any(len(np.unique(column[left])) > 1 for column in having.values())


_TELLS_APART: Mapping[str, Callable[[Candidates, Flags], bool]] = {
    "need": _need,
    "company": _company,
    "place": _place,
    "industry": _industry,
    "means": _means,
}
