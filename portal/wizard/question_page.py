"""What a question's page needs beside its words: what is carried along, where it leads, notices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from portal.wizard.answers import STEP_OF, STEPS, parameters
from portal.wizard.contradictions import NOTED, SETTLED, in_words
from portal.wizard.inquiry import Inquiry, results_url, settled, step_url, walk
from portal.wizard.questions import (
    AUDIENCE_TERMS,
    BUDGET_TERMS,
    DELIVERY_TERMS,
    FIELD_LABELS,
    NONE,
    QUESTIONS,
    UNSURE,
    UNSURE_OF_INDUSTRY,
    common_needs,
    industries,
    need_groups,
)
from portal.wizard.reading import Problem

DROPPED = "dropped"  # a parameter: questions whose answers a change made needless


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be said of the answers; `question` may be changed at `url` where it is named."""

    text: str
    question: str = ""
    url: str = ""


def onward_url(inquiry: Inquiry, step: str) -> str:
    """Return where the answer to a question leads, without answers that it made needless."""
    answers = settled(inquiry.answers, step)
    path = walk(answers, inquiry.programs)
    kept = answers.without(path.needless)
    said_once = {
        DROPPED: list(path.needless) or None,
        NOTED: [note for note in inquiry.reading.notes if note in SETTLED] or None,
    }
    following = path.next_step(kept)
    if following is None:
        return results_url(kept, **said_once)
    return step_url(following, kept, **said_once)


def may_be_tidied(inquiry: Inquiry, args: MultiDict[str, str]) -> bool:
    """Whether the address says the same in another way, so that nothing is lost by tidying it."""
    if inquiry.reading.problems or inquiry.reading.notices:
        return False
    known = {DROPPED: QUESTIONS, NOTED: SETTLED}
    given = [
        (name, value)
        for name, value in args.items(multi=True)
        if name != "saved" and value not in known.get(name, ())
    ]
    tidy = [(n, v) for n, vs in parameters(inquiry.answers).items() for v in vs]
    return bool(given) and given != tidy


def notices_of(inquiry: Inquiry, args: MultiDict[str, str], step: str = "") -> list[Notice]:
    """Return what is to be said of the answers of an address, but what stands beside a field."""
    beside = {id(problem) for problem in inquiry.reading.of_step(step)} if step else set()
    notices = [_named(p, inquiry) for p in inquiry.reading.problems if id(p) not in beside]
    noted = [note for note in args.getlist(NOTED) if note in SETTLED]
    settled = in_words(dict.fromkeys(noted), inquiry.answers, inquiry.places)
    notices += [Notice(words) for words in dict.fromkeys((*settled, *inquiry.reading.notices))]
    dropped = [str(QUESTIONS[s].short) for s in args.getlist(DROPPED) if s in QUESTIONS]
    if dropped:
        # Translators: names of questions, such as "Industry, Where"
        line = _(
            "No longer needed after your change, so left out: %(names)s", names=", ".join(dropped)
        )
        notices.append(Notice(line))
    return notices


def _named(problem: Problem, inquiry: Inquiry) -> Notice:
    """Say which field a problem is in and what stands there, and where to change it."""
    step = STEP_OF[problem.field]
    words = {"field": FIELD_LABELS[problem.field], "problem": problem.message}
    if problem.value in problem.message:
        # Translators: like "Number of people: Type a whole number"
        text = _("%(field)s: %(problem)s", **words)
    else:
        # Translators: like "Number of people, “twelve”: Type a whole number"
        text = _("%(field)s, “%(value)s”: %(problem)s", value=problem.value, **words)
    return Notice(text, str(QUESTIONS[step].short), step_url(step, inquiry.answers))


def first_ids(offered: Mapping[str, Any]) -> dict[str, str]:
    """Return the id of the first control of each field, for links from a list of errors.

    Args:
        offered: the answers of a question, as `choices` names them.
    """
    ids = {field: field for field in ("topic", "employees", "zip", "county")}
    lists = {
        "need": "common",
        "audience": "audiences",
        "industry": "narrow",
        "budget": "budgets",
        "delivery": "ways",
    }
    for field, name in lists.items():
        if offered.get(name):
            ids[field] = f"{field}-{offered[name][0].code}"
    return ids


def carried(inquiry: Inquiry, step: str) -> list[tuple[str, str]]:
    """Return the answers to the other questions, which the form of this one carries along."""
    others = parameters(inquiry.answers.without([step]))
    return [(name, value) for name, values in others.items() for value in values]


def back_url(inquiry: Inquiry, step: str) -> str | None:
    """Return the address of the question before one; None for the first."""
    before = [s for s in inquiry.path.steps if STEPS.index(s) < STEPS.index(step)]
    return step_url(before[-1], inquiry.answers) if before else None


def choices(step: str, inquiry: Inquiry) -> dict[str, Any]:
    """Return the answers that a question offers, as its template names them."""
    match step:
        case "need":
            return {
                "groups": need_groups(inquiry.programs.needs),
                "common": common_needs(inquiry.programs.needs),
                "exclusive": (NONE, UNSURE),
            }
        case "company":
            return {"audiences": AUDIENCE_TERMS}
        case "place":
            return {"counties": sorted(inquiry.places.regions_of_county)}
        case "industry":
            narrow, wide = industries(inquiry.programs.industries)
            return {"narrow": narrow, "wide": wide, "unsure": UNSURE_OF_INDUSTRY}
        case _:
            return {"budgets": (*BUDGET_TERMS, UNSURE), "ways": DELIVERY_TERMS}
