"""What an address says of a company, as checked values; what cannot be used is a problem."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms.validators import ValidationError

from portal.directory.vocabulary import (
    AUDIENCES,
    DELIVERY,
    INDUSTRY_LABELS,
)
from portal.forms import MAX_TEXT, check_postal_code, one_line
from portal.wizard.answers import (
    ANY_INDUSTRY,
    FIELDS,
    NONE_OF_THESE,
    NOT_SURE,
    RENAMED,
    Answers,
)
from portal.wizard.contradictions import (
    NONE_AND_UNSURE,
    OF_ONE_ANSWER,
    SEVERAL,
    ZIP_AND_COUNTY,
    in_words,
    of_size,
)
from portal.wizard.current import current_needs
from portal.wizard.forms import AnswersForm, people_in
from portal.wizard.places import Places
from portal.wizard.profile import BUDGETS

MOST_TOPICS = 8
LONGEST_TOPIC = 60  # characters
ZIP_PLUS_FOUR = re.compile(r"([0-9]{5})[- ]?[0-9]{4}")
NAICS = re.compile(r"3[123][0-9]([0-9]{3})?")  # manufacturing: 31 to 33


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of an address that cannot be used, and why."""

    field: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: `answers` leave out whatever `problems` name.

    `notes` are the codes of contradictions, `notices` their words, `typed` what stood in fields.
    """

    answers: Answers
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    notices: tuple[str, ...]
    typed: Mapping[str, str] = field(default_factory=dict)

    def beside(self, name: str) -> list[str]:
        """Return what is wrong with one field."""
        return [problem.message for problem in self.problems if problem.field == name]

    def of_step(self, step: str) -> list[Problem]:
        """Return what is wrong with the fields of one question."""
        return [problem for problem in self.problems if problem.field in FIELDS[step]]


def read_answers(args: MultiDict[str, str], places: Places) -> Reading:
    """Turn an address's parameters into answers.

    Args:
        args: the parameters; names that are not ours are ignored.
        places: the places that are known.
    """
    args, notes = _with_one_of_each(args)
    form = AnswersForm(args)
    form.validate()
    problems = [
        Problem(name, (form[name].data or "")[:60], str(e))
        for name, errors in form.errors.items()
        for e in errors
    ]
    need, need_problems = _read_needs(args)
    topic, topic_problems = _read_topics(args)
    problems += [*need_problems, *topic_problems]
    employees = "" if form.errors.get("employees") else form.employees.data or ""
    answers = Answers(
        need=need,
        topic=topic,
        employees=employees if employees in ("", NOT_SURE) else str(people_in(employees)),
    )
    for name, known in _CHOICES.items():
        answers, problems = _choose(answers, problems, args, name, known)
    answers, problems = _read_place(answers, problems, form, args, places)
    answers, settled = settled_place(answers, places)
    notes += [*settled, *of_size(answers)]
    if {NONE_OF_THESE, NOT_SURE} <= set(args.getlist("need")) and answers.has_none_of_these:
        notes.append(NONE_AND_UNSURE)
    typed_topic = [
        text for text in map(one_line, args.getlist("topic")) if text not in ("", NOT_SURE)
    ]
    return Reading(
        answers,
        tuple(problems),
        tuple(notes),
        tuple(in_words(notes, answers, places)),
        {
            "employees": form.employees.data or "",
            "zip": form.zip.data or "",
            "topic": ", ".join(typed_topic)[:MAX_TEXT],
        },
    )


def _with_one_of_each(args: MultiDict[str, str]) -> tuple[MultiDict[str, str], list[str]]:
    """Take the first of several answers where one is asked for, and note it."""
    kept, notes = args.copy(), []
    for field_ in OF_ONE_ANSWER:
        given = [value for value in dict.fromkeys(map(one_line, args.getlist(field_))) if value]
        if given:
            kept.setlist(field_, given[:1])
        if len(given) > 1:
            notes.append(SEVERAL + field_)
    return kept, notes


_CHOICES: Mapping[str, frozenset[str]] = {
    "audience": frozenset((*(term.code for term in AUDIENCES), NOT_SURE)),
    "industry": frozenset((*INDUSTRY_LABELS, ANY_INDUSTRY, NOT_SURE)),
    "budget": frozenset((*BUDGETS, NOT_SURE)),
    "delivery": frozenset((*(term.code for term in DELIVERY), NOT_SURE)),
}


def _unknown(name: str, value: str) -> Problem:
    message = _("We do not have the answer “%(value)s” here, so it was left out.", value=value[:60])
    return Problem(name, value[:60], message)


def _choose(
    answers: Answers,
    problems: list[Problem],
    args: MultiDict[str, str],
    name: str,
    known: frozenset[str],
) -> tuple[Answers, list[Problem]]:
    value = one_line(args.get(name))
    if not value:
        return answers, problems
    if value in known or (name == "industry" and NAICS.fullmatch(value)):
        chosen: Any = {name: value}
        return replace(answers, **chosen), problems
    return answers, [*problems, _unknown(name, value)]


def _read_needs(args: MultiDict[str, str]) -> tuple[tuple[str, ...], list[Problem]]:
    renamed = RENAMED.get(one_line(args.get("v")), {})
    asked = dict.fromkeys(
        renamed.get(value, value) for value in map(one_line, args.getlist("need"))
    )
    needs = current_needs()
    known = [v for v in asked if needs.knows(v)]
    alone = [v for v in (NONE_OF_THESE, NOT_SURE) if v in asked]
    problems = [_unknown("need", v) for v in asked if v and v not in (*known, *alone)]
    if known and alone:
        problems.append(
            Problem(
                "need",
                alone[0],
                _("“None of these” and “Not sure” stand alone: take it off, or the other choices."),
            )
        )
    return tuple(sorted(known or alone[:1])), problems


def _read_topics(args: MultiDict[str, str]) -> tuple[tuple[str, ...], list[Problem]]:
    # One field may hold several, separated by commas.
    texts = [part for text in args.getlist("topic") for part in text.split(",")]
    asked = [text for text in dict.fromkeys(map(one_line, texts)) if text]
    topics = [text for text in asked if len(text) <= LONGEST_TOPIC][:MOST_TOPICS]
    problems = []
    if len(topics) < len(asked):
        message = _(
            "Please use at most %(most)s wishes of %(length)s characters each.",
            most=MOST_TOPICS,
            length=LONGEST_TOPIC,
        )
        problems.append(Problem("topic", asked[-1][:60], message))
    if len(topics) > 1:
        topics = [text for text in topics if text != NOT_SURE]
    return tuple(sorted(topics)), problems


def _read_place(
    answers: Answers,
    problems: list[Problem],
    form: AnswersForm,
    args: MultiDict[str, str],
    places: Places,
) -> tuple[Answers, list[Problem]]:
    written, county = form.zip.data or "", one_line(args.get("county"))
    with_plus_four = ZIP_PLUS_FOUR.fullmatch(written)
    postal_code = form.zip.data = with_plus_four[1] if with_plus_four else written
    if postal_code:
        try:
            if postal_code != NOT_SURE:
                check_postal_code(form, form.zip)
                if postal_code not in places.regions_of_zip:
                    raise ValidationError(_("We do not know this ZIP code. Is it in the state?"))
            answers = replace(answers, zip=postal_code)
        except ValidationError as error:
            problems = [*problems, Problem("zip", written[:60], str(error))]
    if county:
        named = {name.casefold(): name for name in (*places.regions_of_county, NOT_SURE)}
        found = named.get(county.casefold().removesuffix(" county"))
        if found is None:
            problems = [*problems, _unknown("county", county)]
        else:
            answers = replace(answers, county=found)
    return answers, problems


def settled_place(answers: Answers, places: Places) -> tuple[Answers, list[str]]:
    """Go by the ZIP code where there is one; return the contradictions that this settles."""
    if answers.zip == NOT_SURE and answers.county:
        return replace(answers, zip=""), []
    if not answers.zip or not answers.county:
        return answers, []
    lies_in = places.county_of_zip.get(answers.zip, "")
    differ = answers.county not in (lies_in, NOT_SURE) and answers.zip != NOT_SURE
    return replace(answers, county=""), [ZIP_AND_COUNTY] if differ else []
