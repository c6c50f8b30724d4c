"""One plan, ready to be shown: the same value feeds the page, paper, the PDF and the mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal import clock
from portal.directory.labels import shown_label
from portal.directory.listed import ListedService, services_by_ids
from portal.directory.reachable import ReachableService, reachable_services
from portal.directory.rounds import applications
from portal.directory.vocabulary import FORM_TERMS, FORMS, Term, slug_of
from portal.search.addresses import services_url
from portal.search.query import SearchQuery
from portal.wizard.answers import Answers
from portal.wizard.criteria import Outcome
from portal.wizard.inquiry import Inquiry, results_url, step_url
from portal.wizard.matching import Match, Matching, Verdict
from portal.wizard.plan import FormPart, first_steps, near_misses, rest_by_form
from portal.wizard.profile import CompanyProfile
from portal.wizard.questions import QUESTIONS
from portal.wizard.reasons import Criterion, Situation, criteria_of
from portal.wizard.wording import answers_in_words, place_of, plan_title


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A question with its answers in words, none when it was not asked, and where to change it."""

    step: str
    question: str
    lines: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class FirstProgram:
    """A first step with all that helps to act; `number` from 1, `ways` are how one gets it."""

    number: int
    follows: bool
    service: ReachableService
    costs: tuple[str, ...]
    ways: tuple[str, ...]
    match: Match
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class ListedProgram:
    """Any other program of the plan; `phone` is blank where none is known."""

    service: ListedService
    phone: str
    website: str
    match: Match
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The other programs of one form: some in full, the next ones (`named`) in a line each.

    `more_url` searches for those that are neither.
    """

    form: Term
    study_name: object
    programs: tuple[ListedProgram, ...]
    named: tuple[Match, ...]
    more: int
    more_url: str

    @property
    def count(self) -> int:
        """All programs of the part, listed or not."""
        return len(self.programs) + self.unlisted

    @property
    def unlisted(self) -> int:
        """Those that are not shown in full."""
        return len(self.named) + self.more


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of one company as of `today`; `matches` + `possible` programs fit or may fit.

    `has_dedicated`: one of them was made for the company's industry or size.
    """

    title: str
    rows: tuple[AnswerRow, ...]
    steps: tuple[FirstProgram, ...]
    parts: tuple[Part, ...]
    misses: tuple[ListedProgram, ...]
    matches: int
    possible: int
    today: date
    address: str
    none_of_these: bool
    has_dedicated: bool

    @property
    def total(self) -> int:
        """Programs that fit or may fit."""
        return self.matches + self.possible


def plan_of(inquiry: Inquiry) -> Plan:
    """Make the plan of an inquiry."""
    matching = inquiry.programs.match(inquiry.profile)
    results = matching.results
    wishes = wish_topics(inquiry.profile)
    chosen = first_steps(results, wishes)
    parts = rest_by_form(results, chosen, [form.code for form in FORMS])
    misses = near_misses(matching.not_now, wishes, asked_forms(inquiry.profile))
    situation = situation_of(inquiry)
    shown = [match for part in parts for match in part.matches] + misses
    listed = _listed(shown, inquiry)
    services = reachable_services([m.candidate.slug for m in (*(s.match for s in chosen), *shown)])

    def told(match: Match) -> list[Criterion]:
        """Return the criteria but for those that have nothing to say."""
        silent = set(unanswered(situation.profile))
        # Most programs have no rounds; to ask each of them for one would bury the real questions.
        if match.outcomes["open"] is Outcome.UNKNOWN and not match.candidate.is_uncertain:
            silent.add("open")
        return [c for c in criteria_of(match, situation) if c.name not in silent]

    def programs(matches: Sequence[Match]) -> tuple[ListedProgram, ...]:
        return tuple(
            _listed_program(m, listed[m.candidate.slug], services[m.candidate.slug], told(m))
            for m in matches
            if m.candidate.slug in listed and m.candidate.slug in services
        )

    steps = [step for step in chosen if step.match.candidate.slug in services]
    return Plan(
        title=plan_title(inquiry.answers, inquiry.places),
        rows=answer_rows(inquiry),
        steps=tuple(
            FirstProgram(
                number,
                step.follows,
                services[step.match.candidate.slug],
                _labels("cost", step.match.candidate.costs),
                _labels("delivery", step.match.candidate.delivery),
                step.match,
                tuple(told(step.match)),
            )
            for number, step in enumerate(steps, 1)
        ),
        parts=tuple(_part(part, programs(part.matches), inquiry.answers) for part in parts),
        misses=programs(misses),
        matches=_count(matching, Verdict.MATCH),
        possible=_count(matching, Verdict.POSSIBLE),
        today=clock.today(),
        address=results_url(inquiry.answers, _external=True, saved=None),
        none_of_these=inquiry.answers.has_none_of_these,
        has_dedicated=bool((matching.dedicated & ~matching.excluded).any()),
    )


def _listed_program(
    match: Match, listed: ListedService, reached: ReachableService, criteria: list[Criterion]
) -> ListedProgram:
    return ListedProgram(
        listed,
        phone=next(iter(reached.phones), ""),
        website=reached.application_url or reached.url,
        match=match,
        criteria=tuple(criteria),
    )


def _labels(facet: str, codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(shown_label(facet, code, code) for code in codes)


def situation_of(inquiry: Inquiry) -> Situation:
    """Return what the reasons of an inquiry are made of."""
    today = clock.today()
    return Situation(
        inquiry.profile,
        place_of(inquiry.answers, inquiry.places),
        inquiry.programs.region_names,
        lambda program: applications(program.seasons, today),
    )


def wish_topics(profile: CompanyProfile) -> list[frozenset[str]]:
    """Return the topics of each need and of each wish in own words, as slugs."""
    named = [need.topics for need in profile.needs if need.topics]
    named += [(topic,) for topic in profile.topics]
    return [frozenset(map(slug_of, topics)) for topics in named]


def asked_forms(profile: CompanyProfile) -> frozenset[str]:
    """Return the kinds of help that were asked for by their own names, not by a need."""
    return frozenset(form for need in profile.needs if not need.topics for form in need.forms)


def unanswered(profile: CompanyProfile) -> frozenset[str]:
    """Return the criteria that a company has said nothing for, so that none has a word to add."""
    said = {
        "audience": profile.audience,
        "size": profile.employees is not None,
        "region": profile.regions,
        "industry": profile.industry,
        "need": profile.needs,
        "topic": profile.topics,
        "cost": profile.budget,
        "delivery": profile.delivery,
    }
    return frozenset(name for name, answer in said.items() if not answer)


def answer_rows(inquiry: Inquiry) -> tuple[AnswerRow, ...]:
    """Return the questions of the path with their answers in words."""
    return tuple(
        AnswerRow(
            step,
            str(QUESTIONS[step].short),
            tuple(answers_in_words(step, inquiry.answers, inquiry.places))
            if inquiry.answers.has(step)
            else (),
            step_url(step, inquiry.answers),
        )
        for step in inquiry.path.steps
    )


def _count(matching: Matching, verdict: Verdict) -> int:
    possible = int((matching.is_possible & ~matching.excluded).sum())
    return possible if verdict is Verdict.POSSIBLE else len(matching.results) - possible


def _listed(matches: Sequence[Match], inquiry: Inquiry) -> dict[str, ListedService]:
    known = inquiry.programs.listed
    slugs = [match.candidate.slug for match in matches if match.candidate.slug in known]
    terms = {slug: known[slug].terms for slug in slugs}
    return {s.slug: s for s in services_by_ids([known[slug].id for slug in slugs], terms)}


def _part(part: FormPart, programs: tuple[ListedProgram, ...], answers: Answers) -> Part:
    form = next(form for form in FORMS if form.code == part.form)
    facets: list[tuple[str, tuple[str, ...]]] = [("form", (part.form,))]
    if answers.audience in ("sme", "startup", "oem", "university"):
        facets.append(("audience", (answers.audience,)))
    return Part(
        form,
        FORM_TERMS[part.form],
        programs,
        part.named,
        part.more,
        services_url(SearchQuery(facets=tuple(facets))),
    )
