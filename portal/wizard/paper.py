"""The plan as data for the typesetter: every text in the language of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.config import Settings
from portal.directory.reachable import ReachableService
from portal.directory.vocabulary import ENTERED
from portal.i18n import HTML_LANGUAGES, current_language, long_date, month, number
from portal.wizard.matching import Match, Verdict
from portal.wizard.plan_page import FirstProgram, ListedProgram, Plan
from portal.wizard.reasons import Criterion


def document_of(plan: Plan, settings: Settings) -> dict[str, Any]:
    """Return what `wizard/plan.typ` prints."""
    return {
        "title": plan.title,
        "site": settings.site_name,
        "language": HTML_LANGUAGES[current_language()].partition("-")[0],
        "lead": lead_of(plan),
        "rows": [{"question": r.question, "lines": r.lines} for r in plan.rows if r.lines],
        "steps": [_step(step, settings) for step in plan.steps],
        "parts": [
            {
                "name": str(part.form.label),
                "count": number(part.count),
                "programs": [_line(program) for program in part.programs],
                "more": ngettext("%(num)s more", "%(num)s more", part.unlisted)
                if part.unlisted
                else "",
            }
            for part in plan.parts
        ],
        "misses": [
            {
                **_line(miss),
                "reason": " ".join(c.reason for c in deciding(miss.match, miss.criteria)),
            }
            for miss in plan.misses
        ],
        "person": person_line(settings),
        "address": plan.address,
        "words": {
            "as_of": _("Results as of %(date)s", date=long_date(plan.today)),
            "code": _("QR code: the address of this plan"),
            "answers": _("Your answers"),
            "question": _("Question"),
            "answer": _("Answer"),
            "first": _("What to do first"),
            "more": _("What else fits"),
            "misses": _("Not now, but close"),
            "person": _("Rather talk to a person?"),
            "cost": _("Cost"),
            "contact": _("Contact"),
            "address": _("This plan:"),
        },
    }


def lead_of(plan: Plan) -> str:
    """Say how many programs fit, and how many may."""
    if not plan.total:
        return str(_("No program fits all that you told us. A person can still help."))
    if not plan.matches:
        return str(
            ngettext(
                "%(number)s program may fit: there is something to ask.",
                "%(number)s programs may fit: there is something to ask.",
                plan.possible,
                number=number(plan.possible),
            )
        )
    fits = ngettext(
        "%(number)s program fits what you told us.",
        "%(number)s programs fit what you told us.",
        plan.matches,
        number=number(plan.matches),
    )
    if not plan.possible:
        return str(fits)
    may = ngettext(
        "%(number)s more may fit: there is something to ask.",
        "%(number)s more may fit: there is something to ask.",
        plan.possible,
        number=number(plan.possible),
    )
    return f"{fits} {may}"


def verdicts_in_words() -> dict[Verdict, str]:
    """Say what all criteria together say, for each verdict."""
    return {
        Verdict.MATCH: str(_("Fits what you told us")),
        Verdict.POSSIBLE: str(_("May fit: ask first")),
        Verdict.NOT_NOW: str(_("Not now")),
    }


def verdict_in_words(program: FirstProgram | ListedProgram) -> str:
    """Say what all criteria together say of one program, and whether it is full."""
    verdict, until = verdicts_in_words()[program.match.verdict], program.service.paused_until
    if until is None:
        return verdict
    paused = _("Not taking new companies until %(date)s", date=long_date(until))
    return f"{verdict}. {paused}"


def deciding(match: Match, criteria: Sequence[Criterion]) -> list[Criterion]:
    """Return the criteria that exclude a program."""
    return [criterion for criterion in criteria if criterion.name in match.excluded_by]


def person_line(settings: Settings) -> str:
    """Name whom to call."""
    contact = settings.contact
    return ", ".join(part for part in (contact.name, contact.phone, contact.hours) if part)


def contact_line(service: ReachableService, settings: Settings) -> str:
    """Say how to reach a program; where nothing is known, whom to ask."""
    ways = ", ".join(way for way in (*service.phones, service.email) if way)
    if service.phones or not settings.contact.phone:
        return ways or person_line(settings)
    asked = _("we know no number of theirs; ask %(person)s", person=person_line(settings))
    return f"{ways}; {asked}" if ways else str(asked)


def way_to(program: FirstProgram) -> str:
    """Say how a step hangs together with the one before; blank for the first."""
    if program.number == 1:
        return ""
    if program.follows:
        return str(_("then, as it follows on the step before"))
    return str(_("at the same time, or next"))


def known_from(service: ReachableService) -> str:
    """Say how a listing is known: who confirmed it and when, or what its source is."""
    if service.assured_date:
        return str(
            _("Confirmed by the organization on %(date)s", date=long_date(service.assured_date))
        )
    known = month(service.evidence_as_of)
    if service.evidence == ENTERED:
        return str(
            _("Not yet confirmed by the organization; entered here in %(month)s", month=known)
        )
    return str(_("Not yet confirmed by the organization; public source of %(month)s", month=known))


def _step(program: FirstProgram, settings: Settings) -> dict[str, Any]:
    service = program.service
    cost = ", ".join(program.costs)
    return {
        "number": program.number,
        "way": way_to(program),
        "name": service.name,
        "organization": service.organization_name,
        "verdict": verdict_in_words(program),
        "summary": service.short_description,
        "criteria": [
            {
                "outcome": criterion.outcome.name.lower(),
                "word": criterion.outcome_label,
                "label": criterion.label,
                "reason": criterion.reason,
            }
            for criterion in program.criteria
        ],
        "cost": ". ".join(part for part in (cost, service.fees_description) if part),
        "contact": contact_line(service, settings),
        "url": service.application_url or service.url,
        "known": known_from(service),
    }


def _line(program: ListedProgram) -> dict[str, str]:
    return {
        "name": program.service.name,
        "organization": program.service.organization_name,
        "verdict": verdict_in_words(program),
    }
