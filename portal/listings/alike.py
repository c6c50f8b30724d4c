"""What may be there already of a listing that somebody is writing: a notice, never a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from portal.directory import look_alikes
from portal.directory.duplicate_words import reasons_text
from portal.directory.duplicates import Entry, like
from portal.listings.content import ORGANIZATION
from portal.listings.fields import items
from portal.listings.targets import Target

# A listing that exists is compared only where one of these became another.
COMPARED = ("name", "alternate_name", "short_name", "phone", "email", "url", "city")
SHORTEST = 3  # letters of a name that say anything


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A listing that may be the same, why, and where it is."""

    name: str
    reason: str
    url: str


def alike(target: Target, typed: Mapping[str, Any]) -> list[LookAlike]:
    """Return what may be the same as what was typed, the surest first.

    Args:
        target: what is written.
        typed: what its fields say; those that are not compared may be left out.
    """
    before = target.standing.content
    is_other = target.is_new or any(
        (typed.get(name) or "") != _as_typed(before.get(name)) for name in COMPARED if name in typed
    )
    name = str(typed.get("name") or "")
    if not is_other or len(name) < SHORTEST:
        return []
    others = [*items(typed.get("alternate_name")), *items(typed.get("short_name"))]
    wanted = Entry(
        key=target.slug,
        name=name,
        other_names=tuple(others),
        owner="" if target.kind == ORGANIZATION else target.organization_slug,
        phone=typed.get("phone") or "",
        website=typed.get("url") or "",
        email=typed.get("email") or "",
        city=typed.get("city") or "",
    )
    if target.kind == ORGANIZATION:
        entries, endpoint = look_alikes.organization_entries(), "directory.organization"
    else:
        entries, endpoint = look_alikes.service_entries(), "directory.service"
    names = {entry.key: entry.name for entry in entries}
    return [
        LookAlike(
            names[pair.second],
            reasons_text(pair.reasons),
            url_for(endpoint, slug=pair.second),
        )
        for pair in like(wanted, entries)
    ]


def _as_typed(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else str(value or "")
