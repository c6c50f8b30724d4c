"""The search form: words, ZIP, order, page and facet values, checked against what is offered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField
from wtforms.validators import AnyOf

from portal.forms import check_postal_code, one_line, text_line
from portal.search.query import DISTANCES_MILES, OFFICE_ONLY, SORTS, Choices, SearchQuery

SORT_LABELS = {
    "relevance": _l("Best match first"),
    "name": _l("Name, A to Z"),
    "verified": _l("Latest confirmed first"),
}
WITHIN = ("", *map(str, DISTANCES_MILES), *(f"{OFFICE_ONLY}{m}" for m in DISTANCES_MILES))
MAX_PAGE = 10_000
MAX_VALUES = 60  # of one facet


class SearchForm(Form):
    """What people type; facets are read by `read_search`, since they are data."""

    q = text_line(_l("Search programs"))
    near = StringField(_l("ZIP code"), filters=[one_line], validators=[check_postal_code])
    sort = StringField(
        _l("Order"),
        filters=[lambda sort: sort or SORTS[0]],
        validators=[AnyOf(SORTS, message=_l("Please choose one of the orders offered."))],
    )
    within = StringField(
        _l("Office near this ZIP code"),
        filters=[one_line],
        validators=[AnyOf(WITHIN, message=_l("Please choose a distance."))],
    )
    sorts = tuple(SORT_LABELS.items())
    distances = DISTANCES_MILES
    office_only = OFFICE_ONLY


class SuggestionForm(Form):
    """What stands in the search box so far."""

    q = text_line(_l("Search programs"))


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of an address that cannot be used, and why."""

    field: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class SearchInput:
    """A checked search; `query` leaves out whatever `problems` names."""

    form: SearchForm
    query: SearchQuery
    problems: tuple[Problem, ...]


def read_search(
    args: MultiDict[str, str],
    offered: Mapping[str, Collection[str]],
    postal_codes: Collection[str],
) -> SearchInput:
    """Turn an address's parameters into a search.

    Args:
        args: the parameters; names that are not ours are ignored.
        offered: facet → the values it has.
        postal_codes: the ZIPs of the state.
    """
    form = SearchForm(args)
    form.validate()
    problems = [
        Problem(name, form[name].data, str(e)) for name, es in form.errors.items() for e in es
    ]
    near = form.near.data or ""
    if near and "near" not in form.errors and near not in postal_codes:
        message = _("We do not know this ZIP code. Is it in the state?")
        form.near.errors = [*form.near.errors, message]
        problems.append(Problem("near", near, message))
    if form.within.data and not near and "within" not in form.errors:
        message = _("Type your ZIP code to find offices near you.")
        form.near.errors = [*form.near.errors, message]
        problems.append(Problem("within", form.within.data, message))
    chosen, unknown = _read_facets(args, offered)
    page, page_problem = _read_page(args)
    bad = {problem.field for problem in problems}
    within = "" if bad & {"near", "within"} else form.within.data or ""
    query = SearchQuery(
        text="" if "q" in bad else form.q.data or "",
        facets=chosen,
        near="" if "near" in bad else near,
        within=int(within.removeprefix(OFFICE_ONLY) or 0),
        office_only=within.startswith(OFFICE_ONLY),
        sort=SORTS[0] if "sort" in bad else form.sort.data or SORTS[0],
        page=page,
    )
    return SearchInput(form, query, (*problems, *unknown, *page_problem))


def _read_facets(
    args: MultiDict[str, str], offered: Mapping[str, Collection[str]]
) -> tuple[Choices, list[Problem]]:
    chosen, problems = [], []
    for facet, values in offered.items():
        asked = list(dict.fromkeys(value for value in args.getlist(facet) if value))
        known = tuple(value for value in asked if value in values)[:MAX_VALUES]
        if known:
            chosen.append((facet, known))
        for value in asked:
            if value not in values:
                message = _("We do not have the choice “%(value)s” here.", value=value[:60])
                problems.append(Problem(facet, value, message))
    return tuple(chosen), problems


def _read_page(args: MultiDict[str, str]) -> tuple[int, list[Problem]]:
    text = one_line(args.get("page", "1")) or "1"
    if text.isascii() and text.isdigit() and len(text) <= 9 and 1 <= int(text) <= MAX_PAGE:
        return int(text), []
    message = _("A page is a whole number from 1 to %(last)s.", last=MAX_PAGE)
    return 1, [Problem("page", text[:60], message)]
