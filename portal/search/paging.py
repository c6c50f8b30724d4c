"""Links to the pages of a result."""

from __future__ import annotations

from dataclasses import replace

from portal import paging
from portal.paging import PageLink
from portal.search.addresses import services_url
from portal.search.query import SearchPage, SearchQuery


def page_links(query: SearchQuery, result: SearchPage) -> list[PageLink]:
    """Return the links below a result; none when one page holds it all."""
    return paging.page_links(
        result.page, result.pages, lambda number: services_url(replace(query, page=number))
    )
