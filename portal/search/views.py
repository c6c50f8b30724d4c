"""The search as a page and as JSON, and the page that says how results are ordered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import structlog
from flask import Blueprint, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.exc import SQLAlchemyError

from portal import clock
from portal.database import write_unit
from portal.directory.labels import shown_label
from portal.directory.listed import ListedService, services_by_ids
from portal.errors import problem
from portal.extensions import db
from portal.permissions import public
from portal.search import operations, ranking
from portal.search.addresses import feed_url, search_query, services_url
from portal.search.demand import Demand, demand_of
from portal.search.engine import Engine
from portal.search.facet_boxes import FacetLabels, facet_boxes, facet_labels, is_english
from portal.search.field_names import field_names
from portal.search.forms import Problem, SearchInput, SuggestionForm, read_search
from portal.search.highlighting import Match, explain
from portal.search.index import search_index
from portal.search.paging import page_links
from portal.search.query import PAGE_SIZE, FacetValue, SearchPage, SearchQuery
from portal.search.suggesting import Suggestion

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
    engine = search_index().refresh()
    asked = _read(engine)
    result = engine.search(asked.query, today=clock.today())
    if asked.query.page > result.pages:
        asked = replace(asked, problems=(*asked.problems, _no_such_page(asked.query, result)))
    rows = _rows(engine, result)
    labels = facet_labels(engine.snapshot)
    page = render_template(
        "search/services.html",
        form=asked.form,
        problems=[_mendable(problem, asked.query) for problem in asked.problems],
        query=asked.query,
        result=None if asked.problems else result,
        services=[] if asked.problems else rows,
        hits={hit.slug: hit for hit in result.hits},
        matches=_matches(engine, result),
        field_names=field_names(),
        chosen=_chosen(asked.query, result, labels),
        facets=facet_boxes(asked.query, result, labels),
        drop=_drop(asked.query, result, labels),
        did_you_mean_url=services_url(replace(asked.query, text=result.did_you_mean or "", page=1)),
        pages=page_links(asked.query, result),
        first=(result.page - 1) * PAGE_SIZE + 1,
        last=(result.page - 1) * PAGE_SIZE + len(result.hits),
        feed_url=None if asked.problems else feed_url(asked.query),
    )
    regions = engine.regions_of.get(asked.query.near, ())
    wanted = None if asked.problems else demand_of(asked.query, result.total, regions)
    if wanted and _is_a_visit():
        _record(wanted)
    return page, 400 if asked.problems else 200


@bp.get("/services.json")
@public
def services_json() -> ResponseReturnValue:
    """Answer the same search as JSON."""
    engine = search_index().refresh()
    asked = _read(engine)
    result = engine.search(asked.query, today=clock.today())
    problems = asked.problems
    if asked.query.page > result.pages:
        problems = (*problems, _no_such_page(asked.query, result))
    if problems:
        errors = [{"parameter": p.field, "value": p.value, "detail": p.message} for p in problems]
        return problem(400, "Bad Request", errors=errors)
    rows = _rows(engine, result)
    dedicated = {hit.service_id: hit.dedicated for hit in result.hits}
    return jsonify(
        {
            "total": result.total,
            "page": result.page,
            "pages": result.pages,
            "did_you_mean": result.did_you_mean,
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


@bp.get("/how-ranking-works")
@public
def how_ranking_works() -> ResponseReturnValue:
    """Say how results are ordered, with the constants that the code uses."""
    return render_template("search/how_ranking_works.html", constants=ranking.published())


def _read(engine: Engine) -> SearchInput:
    offered = {slug: index.documents for slug, index in engine.snapshot.facets.items()}
    return read_search(request.args, offered, engine.regions_of)


def _is_a_visit() -> bool:
    """Whether somebody looks at the page, rather than a browser fetching it in advance."""
    return request.method != "HEAD" and "prefetch" not in request.headers.get("Sec-Purpose", "")


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


def _rows(engine: Engine, result: SearchPage) -> list[ListedService]:
    documents = [engine.snapshot.documents[hit.number] for hit in result.hits]
    return services_by_ids(
        [document.id for document in documents],
        {document.slug: document.listed_terms for document in documents},
    )


def _no_such_page(query: SearchQuery, result: SearchPage) -> Problem:
    message = _(
        "There is no page %(page)s; the last one is %(last)s.", page=query.page, last=result.pages
    )
    return Problem("page", str(query.page), message)


def _mendable(found: Problem, query: SearchQuery) -> dict[str, str]:
    """Return a problem with the address of the same search without it."""
    mended = replace(query, page=1) if found.field == "page" else query
    return {
        "field": found.field,
        "value": found.value,
        "message": found.message,
        "fix_url": services_url(mended),
    }


def _matches(engine: Engine, result: SearchPage) -> dict[str, Match]:
    """Return why each hit matched; nothing when no words were searched for."""
    if not result.stems:
        return {}
    return {hit.slug: explain(engine.snapshot, hit.number, result) for hit in result.hits}


def _chosen(query: SearchQuery, result: SearchPage, names: FacetLabels) -> list[dict[str, Any]]:
    labels = {(f, v.value): v.label for f, values in result.facets.items() for v in values}
    tags = [
        {
            "facet": facet,
            "facet_label": names[facet],
            "value": value,
            "label": shown_label(facet, value, labels.get((facet, value), value)),
            "is_english": is_english(facet),
            "remove_url": services_url(query.without(facet, value)),
        }
        for facet, values in query.facets
        for value in values
    ]
    if query.near:
        tags.append(
            {
                "facet": "near",
                "facet_label": _("Serves ZIP"),
                "value": query.near,
                "label": query.near,
                "remove_url": services_url(replace(query, near="", within=0, page=1)),
            }
        )
    if query.within:
        tags.append(
            {
                "facet": "within",
                "facet_label": _("Office near"),
                "value": str(query.within),
                # Translators: a distance on the road
                "label": ngettext("%(num)s mile", "%(num)s miles", query.within),
                "remove_url": services_url(replace(query, within=0, page=1)),
            }
        )
    return tags


def _drop(query: SearchQuery, result: SearchPage, names: FacetLabels) -> dict[str, Any] | None:
    """Return the one thing to leave out when nothing was found."""
    if not result.drop:
        return None
    name, value, count = result.drop[0]
    if name == "q":
        without, label = replace(query, text="", page=1), _("the words “%(words)s”", words=value)
    elif name == "near":
        without = replace(query, near="", within=0, page=1)
        label = _("the ZIP code %(zip)s", zip=value)
    elif name == "within":
        without, label = replace(query, within=0, page=1), _("the distance")
    else:
        without, label = query.without(name), str(names[name])
    return {"name": name, "label": label, "url": services_url(without), "count": count}


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
