"""The search as a page, as JSON, and as suggestions while typing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import structlog
from flask import Blueprint, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from portal import clock
from portal.database import write_unit
from portal.directory.labels import shown_label
from portal.directory.listed import ListedService, services_by_ids
from portal.errors import problem
from portal.extensions import db
from portal.permissions import public
from portal.search import operations, tags
from portal.search.addresses import feed_url, search_query, services_url
from portal.search.demand import Demand, demand_of
from portal.search.facet_boxes import facet_boxes, facet_labels
from portal.search.field_names import field_names
from portal.search.forms import Problem, SearchInput, SuggestionForm, read_search
from portal.search.index import search_index
from portal.search.paging import page_links
from portal.search.query import PAGE_SIZE, FacetValue, Match, SearchPage, SearchQuery
from portal.search.searcher import Searcher
from portal.search.suggesting import Suggestion
from portal.security import is_a_visit

bp = Blueprint("search", __name__)

log = structlog.get_logger()

RECORDING_PATIENCE_MS = 100
SUGGESTIONS_KEPT_S = 60  # by browsers and caches on the way


@bp.app_context_processor
def search_links() -> dict[str, Any]:
    """Give every template the two functions that make links to searches."""
    return {"services_url": services_url, "search_query": search_query}


@bp.get("/services")
@public
def services() -> ResponseReturnValue:
    """Search the programs."""
    searcher = search_index().refresh()
    asked = _read(searcher)
    result = searcher.search(asked.query, today=clock.today())
    if asked.query.page > result.pages:
        asked = replace(asked, problems=(*asked.problems, _no_such_page(asked.query, result)))
    rows = _rows(result)
    labels = facet_labels(searcher.facet_names())
    page = render_template(
        "search/services.html",
        form=asked.form,
        problems=asked.problems,
        mended_url=_without(asked.problems, asked.query),
        query=asked.query,
        result=None if asked.problems else result,
        services=[] if asked.problems else rows,
        hits={hit.slug: hit for hit in result.hits},
        matches=_matches(searcher, result),
        field_names=field_names(),
        chosen=tags.chosen(asked.query, result, labels),
        facets=facet_boxes(asked.query, result, labels),
        drop=tags.what_to_drop(asked.query, result, labels),
        did_you_mean_url=services_url(replace(asked.query, text=result.did_you_mean or "", page=1)),
        pages=page_links(asked.query, result),
        first=(result.page - 1) * PAGE_SIZE + 1,
        last=(result.page - 1) * PAGE_SIZE + len(result.hits),
        feed_url=None if asked.problems else feed_url(asked.query),
    )
    regions = searcher.regions_of.get(asked.query.near, ())
    wanted = None if asked.problems else demand_of(asked.query, result.total, regions)
    if wanted and is_a_visit():
        _record(wanted)
    return page, 400 if asked.problems else 200


@bp.get("/services.json")
@public
def services_json() -> ResponseReturnValue:
    """Answer the same search as JSON."""
    searcher = search_index().refresh()
    asked = _read(searcher)
    result = searcher.search(asked.query, today=clock.today())
    problems = asked.problems
    if asked.query.page > result.pages:
        problems = (*problems, _no_such_page(asked.query, result))
    if problems:
        errors = [{"parameter": p.field, "value": p.value, "detail": p.message} for p in problems]
        return problem(400, "Bad Request", errors=errors)
    rows = _rows(result)
    dedicated = {hit.service_id: hit.dedicated for hit in result.hits}
    return jsonify(
        {
            "total": result.total,
            "page": result.page,
            "pages": result.pages,
            "did_you_mean": result.did_you_mean,
            "ignored_words": list(result.ignored_words),
            "results": [_result(row, dedicated[row.id]) for row in rows],
            "facets": {
                facet: [_facet_value(facet, value) for value in values]
                for facet, values in result.facets.items()
            },
        }
    )


@bp.get("/suggestions.json")
@public
def suggestions() -> ResponseReturnValue:
    """Name topics, programs and organizations that fit what is typed so far."""
    form = SuggestionForm(request.args)
    if not form.validate():
        typed = (form.q.data or "")[:60]
        errors = [{"parameter": "q", "value": typed, "detail": str(e)} for e in form.q.errors]
        return problem(400, "Bad Request", errors=errors)
    answer = search_index().suggest(form.q.data or "")
    lines = [
        {"kind": line.kind, "label": line.label, "url": _page_of(line)} for line in answer.found
    ]
    response = jsonify({"corrected": answer.corrected, "suggestions": lines})
    response.cache_control.public = True
    response.cache_control.max_age = SUGGESTIONS_KEPT_S
    response.add_etag()
    return response.make_conditional(request)


def _read(searcher: Searcher) -> SearchInput:
    return read_search(request.args, searcher.offered(), searcher.regions_of)


def _record(wanted: Demand) -> None:
    """Count what was looked for in vain; a search is answered whether or not this succeeds."""
    db.session.rollback()  # the page is made: its reads end before the write begins
    try:
        with write_unit(patience_ms=RECORDING_PATIENCE_MS):
            operations.record_demand(wanted, day=clock.today())
            db.session.commit()
    except SQLAlchemyError as error:
        db.session.rollback()
        # Neither the words nor the statement: they would be in the message.
        log.warning("demand not recorded", error=type(error).__name__)


def _rows(result: SearchPage) -> list[ListedService]:
    return services_by_ids(
        [hit.service_id for hit in result.hits],
        {hit.slug: hit.listed_terms for hit in result.hits},
    )


def _no_such_page(query: SearchQuery, result: SearchPage) -> Problem:
    message = _(
        "There is no page %(page)s; the last one is %(last)s.", page=query.page, last=result.pages
    )
    return Problem("page", str(query.page), message)


def _without(problems: Sequence[Problem], query: SearchQuery) -> str:
    """Return the address of the same search without what cannot be used."""
    page = 1 if any(found.field == "page" for found in problems) else query.page
    return services_url(replace(query, page=page))


def _matches(searcher: Searcher, result: SearchPage) -> dict[str, Match]:
    """Return why each hit matched; nothing when no words were searched for."""
    if not result.stems:
        return {}
    return {hit.slug: searcher.explain(hit, result) for hit in result.hits}


def _page_of(suggestion: Suggestion) -> str:
    if suggestion.kind == "topic":
        return services_url(SearchQuery(facets=(("topic", (suggestion.slug,)),)))
    endpoint = "service" if suggestion.kind == "listing" else "organization"
    return url_for(f"directory.{endpoint}", slug=suggestion.slug)


def _result(row: ListedService, dedicated: bool) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "name": row.name,
        "organization": row.organization_name,
        "url": url_for("directory.service", slug=row.slug, _external=True),
        "summary": row.short_description,
        "forms": [form.code for form in row.facts.of("form")],
        "dedicated": dedicated,
        "assured_date": row.assured_date.isoformat() if row.assured_date else None,
    }


def _facet_value(facet: str, value: FacetValue) -> dict[str, Any]:
    members: dict[str, Any] = {
        "value": value.value,
        "label": shown_label(facet, value.value, value.label),
        "count": value.count,
        "selected": value.selected,
    }
    if value.dedicated is not None:
        members["dedicated"] = value.dedicated
    return members
