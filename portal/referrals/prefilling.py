"""What an address knows of a company before it types: the wizard's answers in its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from portal.directory.models import Service
from portal.referrals.models import HELP, INTRODUCTION
from portal.wizard.answers import ANY_INDUSTRY, NONE_OF_THESE, NOT_SURE
from portal.wizard.current import current_needs
from portal.wizard.inquiry import Inquiry
from portal.wizard.labels import industry_label
from portal.wizard.wording import answers_in_words

KNEW = "knew"  # a parameter: did they know the program before today?
KNEW_ANSWERS = frozenset({"used", "not-used", "name-only", "no", "not-sure", "skip"})
_UNSAID = ("", ANY_INDUSTRY, NOT_SURE, NONE_OF_THESE)
_ABOUT = ("company", "place", "industry")


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What is asked, as codes that are counted, and what of the company's answers is coarse."""

    kind: str
    need: str
    form: str
    audience: str


def prefill(inquiry: Inquiry) -> dict[str, Any]:
    """Return what the fields begin with, in the language of the page."""
    answers = inquiry.answers
    return {
        "need_text": _need_text(inquiry),
        "employees": answers.employees if answers.employees.isdigit() else "",
        "postal_code": answers.zip if answers.zip != NOT_SURE else "",
        "industry": answers.industry if answers.industry not in _UNSAID else "",
    }


def _need_text(inquiry: Inquiry) -> str:
    answers, places = inquiry.answers, inquiry.places
    said = [code for code in (*answers.need, *answers.topic) if code not in _UNSAID]
    needs = answers_in_words("need", answers, places) if said else []
    about = [
        line
        for step in _ABOUT
        if answers.has(step) and not set(_values(answers, step)) <= set(_UNSAID)
        for line in answers_in_words(step, answers, places)
    ]
    lines = list(needs)
    if about:
        # Translators: answers about a company, such as "25 people, Worcester County"
        lines.append(_("About us: %(answers)s.", answers=", ".join(about)))
    return "\n".join(lines)


def _values(answers: Any, step: str) -> list[str]:
    fields = {
        "company": ("audience", "employees"),
        "place": ("zip", "county"),
        "industry": ("industry",),
    }[step]
    return [value for field in fields for value in answers.of(field)]


def asked_of(inquiry: Inquiry, service: Service, introduction: str = "") -> AskedFor:
    """Return what is asked: the first need of the plan, else the program's own kind of help.

    Args:
        inquiry: of the address.
        service: the first program that is asked.
        introduction: whom somebody wants to meet, where that is what is asked.
    """
    form = _form_of(inquiry, service.slug)
    audience = inquiry.answers.audience if inquiry.answers.audience not in _UNSAID else ""
    if introduction:
        return AskedFor(INTRODUCTION, introduction, form, audience)
    for code in inquiry.answers.need:
        if need := current_needs().by_code.get(code):
            return AskedFor(HELP, code, need.group, audience)
        if code not in _UNSAID:
            return AskedFor(HELP, code, code, audience)
    return AskedFor(HELP, form, form, audience)


def _form_of(inquiry: Inquiry, slug: str) -> str:
    """Return a program's main kind of help, which the index of the wizard holds in memory."""
    listed = inquiry.programs.listed.get(slug)
    forms = (term.code for term in listed.terms if term.facet == "form") if listed else ()
    return next(iter(forms), "")


def industry_choices(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Return the industries that may be chosen, by label; blank first: not said."""
    labels = [(code, industry_label(code)) for code in codes if code != ANY_INDUSTRY]
    return [("", _("Not said")), *sorted(labels, key=lambda pair: pair[1].casefold())]


def knew_of(args: MultiDict[str, str], services: Sequence[Service]) -> Mapping[str, str]:
    """Return slug → answer to "did you know it before today?", where one was given on the way.

    An address says `knew=no` of its one program, or `knew=slug:no` of each of several.
    """
    slugs = {service.slug for service in services}
    found = {}
    for text in args.getlist(KNEW):
        slug, _colon, answer = text.rpartition(":")
        slug = slug or (next(iter(slugs)) if len(slugs) == 1 else "")
        if slug in slugs and answer in KNEW_ANSWERS:
            found[slug] = answer
    return found
