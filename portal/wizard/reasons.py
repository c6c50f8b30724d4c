"""Each criterion in words: the program's rule, and the answer that it was held against."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.directory.facts import employees_in_words
from portal.directory.labels import shown_label
from portal.directory.rounds import Applications
from portal.directory.vocabulary import slug_of
from portal.i18n import gettext as _
from portal.i18n import long_date, number
from portal.wizard.candidates import ANY, STATEWIDE, Candidate
from portal.wizard.criteria import CRITERIA, Outcome
from portal.wizard.labels import industry_label, need_label
from portal.wizard.matching import Match
from portal.wizard.profile import CompanyProfile
from portal.wizard.questions import BUDGET_TERMS

CRITERION_LABELS: Mapping[str, LazyString] = {
    "audience": _l("Who it is for"),
    "size": _l("Number of employees"),
    "region": _l("Region"),
    "industry": _l("Industry"),
    "need": _l("What you want"),
    "topic": _l("Your own words"),
    "cost": _l("Cost"),
    "delivery": _l("How you get it"),
    "open": _l("Applications"),
}
OUTCOME_LABELS: Mapping[Outcome, LazyString] = {
    Outcome.YES: _l("yes"),
    Outcome.NO: _l("no"),
    Outcome.UNKNOWN: _l("to be asked"),
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of one program, in the language of the page."""

    name: str
    label: str
    outcome: Outcome
    outcome_label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Situation:
    """What reasons are made of: the profile, how the place was called, the day.

    `region_names` are by code, as the catalogue has them.
    """

    profile: CompanyProfile
    place: str
    region_names: Mapping[str, str]
    applications_of: Callable[[Candidate], Applications]
    labels: Mapping[str, str] = field(
        default_factory=lambda: {name: str(label) for name, label in CRITERION_LABELS.items()}
    )
    outcomes: Mapping[Outcome, str] = field(
        default_factory=lambda: {outcome: str(label) for outcome, label in OUTCOME_LABELS.items()}
    )


def criteria_of(found: Match, situation: Situation) -> list[Criterion]:
    """Return all criteria of a program in words."""
    return [
        Criterion(
            name,
            situation.labels[name],
            found.outcomes[name],
            situation.outcomes[found.outcomes[name]],
            _REASONS[name](found.candidate, found.outcomes[name], situation),
        )
        for name in CRITERIA
    ]


def _labels(facet: str, codes: Iterable[str]) -> str:
    return _listed(shown_label(facet, code, code) for code in codes)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _audience(program: Candidate, outcome: Outcome, situation: Situation) -> str:
    whom = _labels("audience", program.audiences)
    said = situation.profile.audience
    if outcome is Outcome.NO:
        you = shown_label("audience", said, said)
        return _("%(whom)s. You said: %(you)s.", whom=whom, you=you)
    return _("%(whom)s.", whom=whom)


def _size(program: Candidate, outcome: Outcome, situation: Situation) -> str:
    rule = str(employees_in_words(program.minimum, program.maximum))
    employees = situation.profile.employees
    if employees is not None and (program.minimum or program.maximum):
        return _("%(rule)s; you said %(number)s.", rule=rule, number=number(employees))
    if outcome is Outcome.UNKNOWN:
        return _("%(rule)s. You have not said how many you are.", rule=rule)
    return _("%(rule)s.", rule=rule)


def _region(program: Candidate, outcome: Outcome, situation: Situation) -> str:
    if STATEWIDE in program.regions:
        return _("It serves the whole state.")
    shared = [code for code in program.regions if code in situation.profile.regions]
    where = _listed(situation.region_names.get(c, c) for c in shared or program.regions)
    if outcome is Outcome.YES:
        return _("It works in %(where)s, where you are.", where=where)
    if outcome is Outcome.NO:
        return _(
            "It works in %(where)s; you are in %(place)s. Ask whether they come to you.",
            where=where,
            place=situation.place,
        )
    return _("It works in %(where)s.", where=where)


def _industry(program: Candidate, outcome: Outcome, situation: Situation) -> str:
    named = _listed(industry_label(code) for code in program.industries if code != ANY)
    you = industry_label(situation.profile.industry)
    if ANY in program.industries:
        if named:
            return _("Open to any kind of manufacturing; best known in: %(named)s.", named=named)
        return _("Open to any kind of manufacturing.")
    if outcome is Outcome.YES:
        return _("Made for: %(named)s.", named=named)
    if outcome is Outcome.NO:
        return _("Only for: %(named)s. You said: %(you)s.", named=named, you=you)
    return _("For: %(named)s. Ask whether yours is among them.", named=named)


def _need(program: Candidate, outcome: Outcome, situation: Situation) -> str:
    forms = _labels("form", program.forms)
    needs = situation.profile.needs
    if outcome is Outcome.NO:
        return _("It gives other help: %(forms)s.", forms=forms)
    topics = set(map(slug_of, program.topics))
    named = [need for need in needs if topics & set(map(slug_of, need.topics))]
    if named:
        return _("Helps with: %(needs)s.", needs="; ".join(need_label(n.code) for n in named))
    if outcome is Outcome.YES:
        asked = {form for need in needs for form in need.forms}
        given = _labels("form", [form for form in program.forms if form in asked])
        return _("It gives %(forms)s, the kind of help you asked for.", forms=given)
    return _("It gives: %(forms)s.", forms=forms)


def _topic(_program: Candidate, outcome: Outcome, situation: Situation) -> str:
    topics = _listed(f"“{topic}”" for topic in situation.profile.topics)
    if outcome is Outcome.YES:
        return _("Its listing speaks of %(topics)s or of something close.", topics=topics)
    if outcome is Outcome.NO:
        return _("Its listing does not speak of %(topics)s: ask.", topics=topics)
    return _("You named no wish in your own words.")


def _cost(program: Candidate, outcome: Outcome, situation: Situation) -> str:
    costs = _labels("cost", program.costs)
    budgets = {term.code: str(term.label) for term in BUDGET_TERMS}
    budget = budgets.get(situation.profile.budget, "")
    if outcome is Outcome.NO:
        return _("%(costs)s. You said: %(budget)s.", costs=costs, budget=budget)
    if outcome is Outcome.UNKNOWN and budget:
        return _("%(costs)s. Ask for the price.", costs=costs)
    return _("%(costs)s.", costs=costs)


def _delivery(program: Candidate, outcome: Outcome, situation: Situation) -> str:
    how = _labels("delivery", program.delivery)
    said = situation.profile.delivery
    wanted = shown_label("delivery", said, said)
    if outcome is Outcome.NO:
        return _("%(how)s. You said: %(wanted)s. Ask.", how=how, wanted=wanted)
    if outcome is Outcome.UNKNOWN and said and program.is_money:
        return _("Money: it comes to you whatever the way.")
    if outcome is Outcome.UNKNOWN and said:
        return _("%(how)s. Ask which part.", how=how)
    return _("%(how)s.", how=how)


def _open(program: Candidate, outcome: Outcome, situation: Situation) -> str:
    state = situation.applications_of(program)
    if outcome is Outcome.NO:
        return _closed(state)
    if outcome is Outcome.YES:
        if state.until:
            return _("Open until %(date)s.", date=long_date(state.until))
        return _("Applications are taken now.")
    if program.is_uncertain:
        return _("This program may have changed. Ask first whether it still runs.")
    return _("Ask whether a round is open.")


def _closed(state: Applications) -> str:
    if state.opens_on:
        return _("It opens on %(date)s.", date=long_date(state.opens_on))
    if not state.closed_on:
        return _("Applications are closed.")
    since = long_date(state.closed_on)
    if state.is_yearly:
        return _("Closed since %(date)s; there is a round each year.", date=since)
    return _("Closed since %(date)s.", date=since)


_REASONS: Mapping[str, Callable[[Candidate, Outcome, Situation], str]] = {
    "audience": _audience,
    "size": _size,
    "region": _region,
    "industry": _industry,
    "need": _need,
    "topic": _topic,
    "cost": _cost,
    "delivery": _delivery,
    "open": _open,
}
