"""Every question, answer and the programs behind it: the same data, for those who curate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from portal import clock
from portal.directory.vocabulary import AUDIENCES, DELIVERY, FORMS, SIZE_BANDS, SIZES
from portal.wizard.answers import STEPS, Answers
from portal.wizard.candidates import Candidate
from portal.wizard.criteria import Outcome, outcomes_of
from portal.wizard.index import Programs
from portal.wizard.inquiry import profile_from
from portal.wizard.labels import industry_label, need_label
from portal.wizard.questions import BUDGET_TERMS, QUESTIONS, Question
from portal.wizard.wishes import wishes_of

FEW = 3  # an answer with fewer programs is flagged
SHOWN_FIRST = 10
NAMED = 3


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer: how many programs say yes to it, and the first of them.

    `by_name` counts the programs that name a topic of a need of the list; None for other answers.
    """

    label: str
    code: str
    count: int
    by_name: int | None
    first: tuple[Candidate, ...]

    @property
    def is_thin(self) -> bool:
        """Whether it leads to fewer programs than it should."""
        return self.count < FEW

    @property
    def is_thin_by_name(self) -> bool:
        """Whether fewer programs than it should be speak of the need itself."""
        return self.by_name is not None and self.by_name < FEW


@dataclass(frozen=True, slots=True)
class QuestionTable:
    """A question with all its answers."""

    question: Question
    lines: tuple[AnswerLine, ...]

    @property
    def has_names(self) -> bool:
        """Whether some of its answers are met by name."""
        return any(line.by_name is not None for line in self.lines)


@dataclass(frozen=True, slots=True)
class Coverage:
    """All questions, and the programs that answers hardly reach.

    `never` are in no plan of any need for any kind of visitor; `never_first` are in some, and in
    none of them among the first SHOWN_FIRST.
    """

    tables: tuple[QuestionTable, ...]
    never: tuple[Candidate, ...]
    never_first: tuple[Candidate, ...]
    shown_first: int = SHOWN_FIRST
    few: int = FEW


def coverage_of(programs: Programs) -> Coverage:
    """Measure what the questions reach."""
    named, first = reached(programs)
    records = programs.candidates.records
    return Coverage(
        tables=tuple(
            QuestionTable(QUESTIONS[step], tuple(_lines(step, programs))) for step in STEPS
        ),
        never=tuple(r for r in records if r.slug not in named),
        never_first=tuple(r for r in records if r.slug in named and r.slug not in first),
    )


def _lines(step: str, programs: Programs) -> Iterator[AnswerLine]:
    for criterion, label, code, answers in _ANSWERS[step](programs):
        profile = profile_from(answers, programs.places)
        wishes = wishes_of(profile, programs.candidates, programs.words)
        outcomes = outcomes_of(profile, programs.candidates, wishes, clock.today())
        yes = outcomes[criterion] == Outcome.YES
        matching = programs.match(profile)
        first = [p for p in matching.order.tolist() if yes[p] and not matching.excluded[p]]
        records = programs.candidates.records
        need = programs.needs.by_code.get(code) if step == "need" else None
        by_name = int(programs.candidates.on_topic(need.topics).sum()) if need else None
        yield AnswerLine(
            label, code, int(yes.sum()), by_name, tuple(records[p] for p in first[:NAMED])
        )


Asked = Iterator[tuple[str, str, str, Answers]]
"""(criterion, label, code, answers) for each answer of a question."""


def _needs(programs: Programs) -> Asked:
    for code in (*(n.code for n in programs.needs.offered), *(f.code for f in FORMS)):
        yield "need", need_label(code), code, Answers(need=(code,))


def _companies(_programs: Programs) -> Asked:
    for term in AUDIENCES:
        yield "audience", str(term.label), term.code, Answers(audience=term.code)
    for term, (_code, least, _most) in zip(SIZES, SIZE_BANDS, strict=True):
        yield "size", str(term.label), term.code, Answers(employees=str(least))


def _counties(programs: Programs) -> Asked:
    for county in sorted(programs.places.regions_of_county):
        yield "region", county, county, Answers(county=county)


def _industries(programs: Programs) -> Asked:
    for code in programs.industries:
        if code.isdigit():
            yield "industry", industry_label(code), code, Answers(industry=code)


def _means(_programs: Programs) -> Asked:
    for term in BUDGET_TERMS:
        yield "cost", str(term.label), term.code, Answers(budget=term.code)
    for term in DELIVERY:
        yield "delivery", str(term.label), term.code, Answers(delivery=term.code)


_ANSWERS = {
    "need": _needs,
    "company": _companies,
    "place": _counties,
    "industry": _industries,
    "means": _means,
}


@lru_cache(maxsize=2)
def reached(programs: Programs) -> tuple[frozenset[str], frozenset[str]]:
    """Return the programs of some plan, and those among the first of some plan."""
    named: set[str] = set()
    first: set[str] = set()
    for need in programs.needs.offered:
        for term in AUDIENCES:
            answers = Answers(need=(need.code,), audience=term.code)
            profile = profile_from(answers, programs.places, programs.needs)
            slugs = programs.match(profile).results.slugs
            named.update(slugs)
            first.update(slugs[:SHOWN_FIRST])
    return frozenset(named), frozenset(first)
