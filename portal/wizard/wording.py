"""A company's answers in the language of the page: as rows of a table, and as the plan's title."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.directory.vocabulary import AUDIENCES, DELIVERY
from portal.i18n import number
from portal.wizard.answers import ANY_INDUSTRY, NONE_OF_THESE, NOT_SURE, Answers
from portal.wizard.current import current_needs
from portal.wizard.labels import industry_label, need_label
from portal.wizard.places import Places
from portal.wizard.questions import ANY_WAY, BUDGET_TERMS, NONE, UNSURE

WISHES_IN_TITLE = 3

_AUDIENCES = {term.code: term.label for term in AUDIENCES}
_DELIVERY = {term.code: term.label for term in DELIVERY}
_BUDGETS = {term.code: term.label for term in BUDGET_TERMS}


def place_of(answers: Answers, places: Places) -> str:
    """Return the company's place in words; blank when it is not known."""
    county = places.county_of_zip.get(answers.zip) or answers.county
    if not county or county == NOT_SURE:
        return ""
    return str(_("%(county)s County", county=county))


def answers_in_words(step: str, answers: Answers, places: Places) -> list[str]:
    """Return the answers to one question, each in words."""
    return [str(line) for line in _LINES[step](answers, places)]


def _need_lines(answers: Answers, _places: Places) -> Iterable[object]:
    for code in answers.need:
        yield {NONE_OF_THESE: NONE.label, NOT_SURE: UNSURE.label}.get(code) or need_label(code)
    for topic in answers.topic:
        yield UNSURE.label if topic == NOT_SURE else f"“{topic}”"


def _company_lines(answers: Answers, _places: Places) -> Iterable[object]:
    if answers.audience:
        yield _AUDIENCES.get(answers.audience, UNSURE.label)
    if answers.employees.isdigit():
        yield _employees(int(answers.employees))
    elif answers.employees:
        yield _("Number of people: not sure")


def _employees(count: int) -> str:
    return str(_("%(number)s people", number=number(count)) if count > 1 else _("1 person"))


def _place_lines(answers: Answers, places: Places) -> Iterable[object]:
    place = place_of(answers, places)
    if not place:
        yield UNSURE.label
    elif answers.zip:
        yield _("%(zip)s, %(place)s", zip=answers.zip, place=place)
    else:
        yield place


def _industry_lines(answers: Answers, _places: Places) -> Iterable[object]:
    if answers.industry in (ANY_INDUSTRY, NOT_SURE):
        yield UNSURE.label
    else:
        yield industry_label(answers.industry)


def _means_lines(answers: Answers, _places: Places) -> Iterable[object]:
    if answers.budget:
        yield _BUDGETS.get(answers.budget, _("Money: not sure"))
    if answers.delivery:
        yield _DELIVERY.get(answers.delivery, ANY_WAY.label)


_LINES = {
    "need": _need_lines,
    "company": _company_lines,
    "place": _place_lines,
    "industry": _industry_lines,
    "means": _means_lines,
}


def plan_title(answers: Answers, places: Places) -> str:
    """Name a plan in the owner's words.

    Like "Plan for a manufacturer with 25 people in Worcester County (Machine shops): training".
    """
    who = _who(answers)
    place = place_of(answers, places)
    if place:
        # Translators: who is like "a manufacturer with 25 people", place like "Worcester County"
        who = _("%(who)s in %(place)s", who=who, place=place)
    if answers.industry and answers.industry not in (ANY_INDUSTRY, NOT_SURE):
        who = f"{who} ({industry_label(answers.industry)})"
    needs = current_needs().by_code
    wishes = [
        needs[c].short if c in needs else need_label(c)
        for c in answers.need
        if c not in (NONE_OF_THESE, NOT_SURE)
    ]
    own = [topic for topic in answers.topic if topic != NOT_SURE]
    # What somebody took the trouble to write is not to be cut off for a line of ours.
    wishes = [*wishes, *own] if len(wishes) + len(own) <= WISHES_IN_TITLE else [*own, *wishes]
    if not wishes:
        # Translators: who is like "a manufacturer with 25 people in Worcester County"
        return str(_("Plan for %(who)s", who=who))
    named = ", ".join(str(wish) for wish in wishes[:WISHES_IN_TITLE])
    named += " …" if len(wishes) > WISHES_IN_TITLE else ""
    return str(_("Plan for %(who)s: %(wishes)s", who=who, wishes=named))


def _who(answers: Answers) -> str:
    plain = {
        "sme": _("a manufacturer"),
        "startup": _("a startup"),
        "oem": _("a large manufacturer"),
        "university": _("a university or laboratory"),
    }
    count = int(answers.employees) if answers.employees.isdigit() else 0
    if not count:
        return str(plain.get(answers.audience) or _("your company"))
    # Translators: who is like "a manufacturer"
    sized = ngettext(
        "%(who)s with %(number)s person",
        "%(who)s with %(number)s people",
        count,
        who=plain.get(answers.audience) or _("a company"),
        number=number(count),
    )
    return str(sized)
