"""One change to many programs: what each would say afterwards (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.directory.vocabulary import STATEWIDE, slug_of
from portal.listings.content import Content

# Change → the field that it changes, in the order in which they are offered.
CHANGES: Mapping[str, str] = {
    "phone": "phone",
    "email": "email",
    "url": "url",
    "application-url": "application_url",
    "cost": "cost_kind",
    "delivery": "delivery",
    "add-region": "regions",
    "remove-region": "regions",
    "add-topic": "topics",
    "remove-topic": "topics",
    "status": "status",
}
CHOSEN = ("cost", "delivery", "add-region", "remove-region", "status")  # from the field's choices
MAY_BE_BLANK = ("phone", "email", "application-url")


def changed(content: Mapping[str, Any], change: str, value: str) -> Content:
    """Return what a program says after one of CHANGES; the same content where nothing is to do.

    Adding a region to a program for the whole state changes nothing, and adding the whole state
    takes the place of regions. Topics are compared as their addresses are.
    """
    field = CHANGES[change]
    before = content.get(field)
    if change == "add-region":
        return {**content, field: _with_region(list(before or ()), value)}
    if change == "remove-region":
        return {**content, field: [region for region in before or () if region != value]}
    if change in ("add-topic", "remove-topic"):
        others = [topic for topic in before or () if slug_of(topic) != slug_of(value)]
        has_it = len(others) < len(before or ())
        if change == "add-topic":
            return {**content, field: list(before or ()) if has_it else [*others, value]}
        return {**content, field: others}
    return {**content, field: value}


def _with_region(regions: list[str], region: str) -> list[str]:
    if region == STATEWIDE:
        return [STATEWIDE]
    if STATEWIDE in regions or region in regions:
        return regions
    return [*regions, region]
