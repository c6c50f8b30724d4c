"""The tags of chosen filters, and what to leave out when nothing was found, with addresses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.directory.labels import shown_label
from portal.search.addresses import services_url
from portal.search.facet_boxes import FacetLabels, is_english
from portal.search.query import SearchPage, SearchQuery


def chosen(query: SearchQuery, result: SearchPage, names: FacetLabels) -> list[dict[str, Any]]:
    """Return the chosen filters, each with the address of the search without it."""
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
    return tags + _place(query)


def _place(query: SearchQuery) -> list[dict[str, Any]]:
    """Return the tags of the ZIP; of two, each can go and leave the other."""
    nowhere = replace(query, near="", within=0, office_only=False, page=1)
    tags = []
    if query.near and not query.office_only:
        near_only = replace(query, office_only=True, page=1)
        tags.append(
            {
                "facet": "near",
                "facet_label": _("Serves ZIP"),
                "value": query.near,
                "label": query.near,
                "remove_url": services_url(near_only if query.within else nowhere),
            }
        )
    if query.within:
        served_only = replace(query, within=0, page=1)
        tags.append(
            {
                "facet": "within",
                "facet_label": _("Office near %(zip)s", zip=query.near),
                "value": str(query.within),
                # Translators: a distance as the crow flies
                "label": ngettext("%(num)s mile", "%(num)s miles", query.within),
                "remove_url": services_url(nowhere if query.office_only else served_only),
            }
        )
    return tags


def what_to_drop(
    query: SearchQuery, result: SearchPage, names: FacetLabels
) -> dict[str, Any] | None:
    """Return the one thing to leave out when nothing was found."""
    if not result.drop:
        return None
    name, value, count = result.drop[0]
    if name == "q":
        without, label = replace(query, text="", page=1), _("the words “%(words)s”", words=value)
    elif name == "near":
        without = replace(query, near="", within=0, office_only=False, page=1)
        label = _("the ZIP code %(zip)s", zip=value)
    elif name == "within":
        without, label = replace(query, within=0, page=1), _("the distance")
    else:
        without, label = query.without(name), str(names[name])
    return {"name": name, "label": label, "url": services_url(without), "count": count}
