"""How a shortlist travels: read from each request once, added to our own links to pages.

It goes to the pages of CARRIED and nowhere else: never to data, feeds or files. What one page
tells machines about its address leaves it out too (`i18n.page_addresses`, and `saved=None` where
an absolute address is made).
"""

from __future__ import annotations

from typing import Any

from flask import g, has_request_context, request, url_for

from portal.shortlist import forms, queries
from portal.shortlist.selection import (
    MOST_SAVED,
    SAVED,
    Selection,
    address_with,
    distinct_slugs,
    select,
)

CARRIED = frozenset(
    {
        "pages.home",
        "pages.actor",
        "pages.accessibility",
        "pages.privacy",
        "search.services",
        "pages.how_ranking_works",
        "directory.service",
        "directory.organizations",
        "directory.organization",
        "directory.freshness",
        "upkeep_public.suggest",
        "referrals.request_referral",
        "referrals.request_several",
        "referrals.asked",
        "regions.regions",
        "shortlist.compare",
        "wizard.find",
        "wizard.step",
        "wizard.results",
        "wizard.email",
        "wizard.coverage",
    }
)
OWN_PAGE = "shortlist.shortlist"


def read_shortlist() -> None:
    """Look up the shortlist of the request, before its page is made."""
    asked = forms.chosen(request.args)
    if request.endpoint == OWN_PAGE:
        g.shortlist = selection(asked.service, most=MOST_SAVED)
    elif request.endpoint in CARRIED:
        g.shortlist = selection(asked.saved, most=MOST_SAVED)


def selection(values: tuple[str, ...], *, most: int) -> Selection:
    """Return what an address chose among the published programs."""
    return select(values, queries.published_slugs(distinct_slugs(values)), most=most)


def shortlist() -> Selection:
    """Return the shortlist of the page being made; empty where none is carried."""
    found: Selection | None = g.get("shortlist") if has_request_context() else None
    return found or Selection()


def carry(endpoint: str, values: dict[str, Any]) -> None:
    """Add the shortlist to the address of a page of ours."""
    if endpoint in CARRIED and SAVED not in values:
        slugs = shortlist().slugs
        if slugs:
            values[SAVED] = list(slugs)


def shortlist_url(slugs: tuple[str, ...] | None = None, *, absolute: bool = False) -> str:
    """Return the address of a shortlist's page; of the present one if none is given."""
    chosen = shortlist().slugs if slugs is None else slugs
    return url_for(OWN_PAGE, service=list(chosen), _external=absolute)


def toggle_url(slug: str, part: str = "") -> str:
    """Return the address of this very page with one program more, or one less, on the shortlist."""
    path = f"{request.script_root}{request.path}"
    parameters = request.args.items(multi=True)
    return address_with(path, parameters, shortlist().toggled(slug), part=part)
