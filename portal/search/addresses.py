"""Addresses of searches: the URL is the whole state, always written the same way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import url_for

from portal.search.query import OFFICE_ONLY, SORTS, SearchQuery


def parameters(query: SearchQuery) -> dict[str, Any]:
    """Return the parameters of a search; defaults are left out."""
    args: dict[str, Any] = {}
    if query.text:
        args["q"] = query.text
    args.update({facet: list(values) for facet, values in query.facets})
    if query.near:
        args["near"] = query.near
    if query.within:
        args["within"] = f"{OFFICE_ONLY if query.office_only else ''}{query.within}"
    if query.sort != SORTS[0]:
        args["sort"] = query.sort
    if query.page > 1:
        args["page"] = query.page
    return args


def services_url(query: SearchQuery) -> str:
    """Return the address of a search's page in the current language."""
    return url_for("search.services", **parameters(query))


def feed_url(query: SearchQuery, *, external: bool = False) -> str:
    """Return the address of a search's feed, which has an order of its own and one page."""
    asked = parameters(replace(query, sort=SORTS[0], page=1))
    return url_for("opendata.services_feed", _external=external, **asked)


def search_query(text: str = "", **facets: list[str]) -> SearchQuery:
    """Return a search for words and facet values, for links in templates."""
    return SearchQuery(text=text, facets=tuple((f, tuple(v)) for f, v in facets.items()))
