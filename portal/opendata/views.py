"""What other programs fetch: the feed of a search (Atom 1.0, RFC 4287)."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import Blueprint, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.config import Settings
from portal.directory.identity import stable_id
from portal.errors import problem
from portal.i18n import HTML_LANGUAGES, current_language
from portal.opendata import queries
from portal.permissions import public
from portal.search.addresses import feed_url, parameters
from portal.search.forms import read_search
from portal.search.index import search_index
from portal.search.query import SearchQuery

bp = Blueprint("opendata", __name__)

MOST_ENTRIES = 50
KEPT_S = 300  # by feed readers and caches on the way
NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)


@bp.app_template_filter("rfc3339")
def rfc3339(moment: datetime) -> str:
    """Write a moment as feeds do: 2026-03-12T12:00:00Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@bp.get("/feeds/services.atom")
@public
def services_feed() -> ResponseReturnValue:
    """Tell what changed last among the programs that a search finds."""
    searcher = search_index().refresh()
    asked = read_search(request.args, searcher.offered(), searcher.regions_of)
    if asked.problems:
        errors = [
            {"parameter": p.field, "value": p.value, "detail": p.message} for p in asked.problems
        ]
        return problem(400, "Bad Request", errors=errors)
    services = queries.latest_changes(searcher.found(asked.query), limit=MOST_ENTRIES)
    latest = services[0].last_modified if services else queries.latest_change()
    feed = render_template(
        "opendata/services_feed.xml",
        language=HTML_LANGUAGES[current_language()],
        feed_id=_feed_id(asked.query),
        title=_title(asked.query),
        updated=latest or NOTHING_YET,
        self_url=feed_url(asked.query, external=True),
        page_url=url_for("search.services", _external=True, **parameters(asked.query)),
        scheme=url_for("search.services", _external=True, _anchor="facet-form"),
        services=services,
    )
    response = make_response(feed)
    response.content_type = "application/atom+xml; charset=utf-8"
    response.cache_control.public = True
    response.cache_control.max_age = KEPT_S
    response.last_modified = latest or NOTHING_YET
    response.add_etag()
    return response.make_conditional(request)


def _feed_id(query: SearchQuery) -> str:
    """Return the id of a search's feed, the same whatever the portal's address is."""
    settings: Settings = current_app.config["PORTAL"]
    asked = urlencode(sorted(_without_order(query).items()), doseq=True)
    return stable_id("feed", settings.state_code, current_language(), asked).urn


def _without_order(query: SearchQuery) -> dict[str, object]:
    return {n: v for n, v in parameters(query).items() if n not in ("sort", "page")}


def _title(query: SearchQuery) -> str:
    if query.text:
        return str(_("Programs for “%(words)s”", words=query.text))
    settings: Settings = current_app.config["PORTAL"]
    if query.is_empty:
        return str(_("Programs that help manufacturers in %(state)s", state=settings.state_name))
    return str(_("Programs of a search in %(state)s", state=settings.state_name))
