"""The questions as data: what is asked, why, and what may be answered, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.directory.vocabulary import AUDIENCES, DELIVERY, FORMS, INDUSTRY_LABELS, Term
from portal.wizard.answers import ANY_INDUSTRY, NONE_OF_THESE, NOT_SURE
from portal.wizard.needs import Need
from portal.wizard.offered_needs import Needs
from portal.wizard.profile import FLEXIBLE, FREE_ONLY, LIMITED


@dataclass(frozen=True, slots=True)
class Question:
    """One page: its heading, why it is asked, what to do when nothing was chosen."""

    step: str
    title: LazyString
    why: LazyString
    short: LazyString  # in the table of answers
    nothing_chosen: LazyString


QUESTIONS = {
    question.step: question
    for question in (
        Question(
            "need",
            _l("What do you want to get done?"),
            _l("Why we ask: it decides which kinds of help you see."),
            _l("What you want"),
            _l("Choose at least one, or “Not sure”."),
        ),
        Question(
            "company",
            _l("Who are you?"),
            _l("Why we ask: many programs are for some kinds or sizes of companies only."),
            _l("Who you are"),
            _l("Choose one; “Not sure” is an answer too."),
        ),
        Question(
            "place",
            _l("Where is your company?"),
            _l("Why we ask: programs near you come first. None is hidden for its place."),
            _l("Where"),
            _l("Type your ZIP code, choose a county, or choose “Not sure”."),
        ),
        Question(
            "industry",
            _l("What do you make?"),
            _l("Why we ask: some programs are made for one industry only."),
            _l("Industry"),
            _l("Choose one; “Not sure” is an answer too."),
        ),
        Question(
            "means",
            _l("Money and time"),
            _l("Why we ask: it puts programs that suit you first. None is hidden for its price."),
            _l("Money and time"),
            _l("Choose one; “Not sure” is an answer too."),
        ),
    )
}

FIELD_LABELS: Mapping[str, LazyString] = {
    "need": _l("What you want"),
    "topic": _l("Your own words"),
    "audience": _l("Who you are"),
    "employees": _l("Number of people"),
    "zip": _l("ZIP code"),
    "county": _l("County"),
    "industry": _l("Industry"),
    "budget": _l("What you can spend"),
    "delivery": _l("How you get it"),
}

BUDGET_TERMS = (
    Term(FREE_ONLY, _l("Nothing: free help, grants and tax credits only")),
    Term(LIMITED, _l("A little: help that is partly paid for us")),
    Term(FLEXIBLE, _l("We pay if it is worth it")),
)
UNSURE = Term(NOT_SURE, _l("Not sure"))
NONE = Term(NONE_OF_THESE, _l("None of these"))
UNSURE_OF_INDUSTRY = Term(ANY_INDUSTRY, _l("Not sure"))
ANY_WAY = Term(NOT_SURE, _l("Not sure, or any way is fine"))

AUDIENCE_TERMS = (*AUDIENCES, UNSURE)
DELIVERY_TERMS = (*DELIVERY, ANY_WAY)


@dataclass(frozen=True, slots=True)
class NeedGroup:
    """The needs under one plain name."""

    term: Term
    needs: tuple[Need, ...]


def need_groups(needs: Needs) -> tuple[NeedGroup, ...]:
    """Return the needs in six groups, in the order of the forms."""
    return tuple(
        NeedGroup(form, tuple(n for n in needs.offered if n.group == form.code)) for form in FORMS
    )


def common_needs(needs: Needs) -> tuple[Need, ...]:
    """Return the needs that are shown on top."""
    return tuple(need for need in needs.offered if need.is_common)


def industries(codes: Sequence[str]) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """Return (sub-industries, wider branches) of the catalogue, each with its everyday name.

    Args:
        codes: those that the catalogue knows, in its order.
    """
    terms = [Term(c, INDUSTRY_LABELS.get(c, c)) for c in codes if c != ANY_INDUSTRY]
    narrow = tuple(term for term in terms if len(term.code) == 6)
    return narrow, tuple(term for term in terms if len(term.code) == 3)
