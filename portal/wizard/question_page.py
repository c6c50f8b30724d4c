"""What a question's page needs beside its words: what is carried along, where it leads, notices."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from portal.wizard.answers import STEPS, parameters
from portal.wizard.inquiry import Inquiry, results_url, settled, step_url, walk
from portal.wizard.questions import (
    AUDIENCE_TERMS,
    BUDGET_TERMS,
    DELIVERY_TERMS,
    NONE,
    QUESTIONS,
    UNSURE,
    UNSURE_OF_INDUSTRY,
    common_needs,
    industries,
    need_groups,
)

DROPPED = "dropped"  # a parameter: questions whose answers a change made needless


def onward_url(inquiry: Inquiry, step: str) -> str:
    """Return where the answer to a question leads, without answers that it made needless."""
    answers = settled(inquiry.answers, step)
    path = walk(answers, inquiry.programs)
    kept = answers.without(path.needless)
    dropped = list(path.needless) or None
    following = path.next_step(kept)
    if following is None:
        return results_url(kept, dropped=dropped)
    return step_url(following, kept, dropped=dropped)


def may_be_tidied(inquiry: Inquiry, args: MultiDict[str, str]) -> bool:
    """Whether the address says the same in another way, so that nothing is lost by tidying it."""
    if inquiry.reading.problems or inquiry.reading.notices:
        return False
    given = [(n, v) for n, v in args.items(multi=True) if n not in ("saved", DROPPED)]
    tidy = [(n, v) for n, vs in parameters(inquiry.answers).items() for v in vs]
    return bool(given) and given != tidy


def notices_of(inquiry: Inquiry, args: MultiDict[str, str], step: str = "") -> list[str]:
    """Return what is to be said of the answers of an address, but what stands beside a field."""
    beside = {id(problem) for problem in inquiry.reading.of_step(step)} if step else set()
    notices = [p.message for p in inquiry.reading.problems if id(p) not in beside]
    notices += inquiry.reading.notices
    dropped = [str(QUESTIONS[s].short) for s in args.getlist(DROPPED) if s in QUESTIONS]
    if dropped:
        # Translators: names of questions, such as "Industry, Where"
        line = _(
            "No longer needed after your change, so left out: %(names)s", names=", ".join(dropped)
        )
        notices.append(line)
    return notices


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
                "groups": need_groups(),
                "common": common_needs(),
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
