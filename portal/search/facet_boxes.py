"""The boxes of filters beside a search: which values show at once, which behind "Show more"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask_babel.speaklater import LazyString

from portal.directory.labels import shown_label
from portal.directory.vocabulary import FACETS
from portal.search.query import FacetValue, SearchPage, SearchQuery

FacetLabels = Mapping[str, LazyString | str]

OPEN = ("form", "industry", "region", "cost")  # the others begin folded
AT_ONCE = {"topic": 12}
AT_ONCE_ELSEWHERE = 8
MOST = 48  # of one facet; the rest is reached by words
AS_WRITTEN = ("topic",)  # these are read as the catalogue writes them


@dataclass(frozen=True, slots=True)
class FacetBox:
    """A facet as its box shows it."""

    slug: str
    label: LazyString | str
    shown: tuple[FacetValue, ...]
    hidden: tuple[FacetValue, ...]
    open: bool
    chosen_count: int
    has_english_name: bool  # whatever the language of the page: the catalogue's own
    has_english_values: bool


def facet_labels(names: Mapping[str, str]) -> FacetLabels:
    """Return what people read above the values of each facet.

    Args:
        names: facet → what the catalogue calls it, which a facet that is only data is called.
    """
    return {facet: FACETS.get(facet, name or facet) for facet, name in names.items()}


def is_english(facet: str) -> bool:
    """Whether the values of a facet are read in the catalogue's language on every page."""
    return facet in AS_WRITTEN or facet not in FACETS


def facet_boxes(query: SearchQuery, result: SearchPage, labels: FacetLabels) -> list[FacetBox]:
    """Return the boxes of a search in the order of its facets.

    Args:
        query: what was asked.
        result: what was answered.
        labels: of the facets, from `facet_labels`.
    """
    return [_box(facet, labels[facet], values, query) for facet, values in result.facets.items()]


def _box(
    facet: str, label: LazyString | str, values: tuple[FacetValue, ...], query: SearchQuery
) -> FacetBox:
    chosen_count = len(query.chosen(facet))
    at_once = AT_ONCE.get(facet, AT_ONCE_ELSEWHERE)
    shown, hidden = values, values[:0]
    if len(values) > at_once + 2:  # folding away two would save nothing
        ranked = sorted(values, key=lambda value: (not value.selected, -value.count))
        at_once = max(at_once, chosen_count)
        shown, hidden = tuple(ranked[:at_once]), tuple(ranked[at_once:MOST])
    return FacetBox(
        facet,
        label,
        _labelled(facet, shown),
        _labelled(facet, hidden),
        facet in OPEN or bool(chosen_count),
        chosen_count,
        facet not in FACETS,
        is_english(facet),
    )


def _labelled(facet: str, values: tuple[FacetValue, ...]) -> tuple[FacetValue, ...]:
    if facet in AS_WRITTEN:
        return values
    return tuple(replace(v, label=shown_label(facet, v.value, v.label)) for v in values)
