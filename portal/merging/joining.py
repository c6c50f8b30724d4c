"""What becomes of two contents when they are made one (pure)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from portal.listings.content import FIELDS, SERVICE, Content
from portal.listings.diffs import FieldChange, changes_between

# Not chosen field by field: other names are those of both, and the kept one stays open.
SETTLED = ("alternate_name", "status", "replaced_by")
BLANK: tuple[Any, ...] = (None, "", [])


def choices_between(
    kind: str, kept: Mapping[str, Any], gone: Mapping[str, Any]
) -> list[FieldChange]:
    """Return the fields of which one value must be chosen: `before` is the kept one's."""
    fields = [name for name in FIELDS[kind] if name not in SETTLED]
    return changes_between(kept, gone, fields)


def taken_first(choices: Collection[FieldChange]) -> set[str]:
    """Return the fields whose value is the other one's unless somebody chooses: blank ones."""
    return {choice.field for choice in choices if choice.before in BLANK}


def joined(
    kind: str, kept: Mapping[str, Any], gone: Mapping[str, Any], taken: Collection[str]
) -> Content:
    """Return the content of the one that stays.

    Args:
        kind: of both.
        kept: the one that stays.
        gone: the other one.
        taken: fields whose value is the other one's.
    """
    chosen = {c.field: c.after for c in choices_between(kind, kept, gone) if c.field in taken}
    content = {**kept, **chosen}
    if kind == SERVICE:
        names = [
            *(kept.get("alternate_name") or ()),
            kept["name"],
            gone["name"],
            *(gone.get("alternate_name") or ()),
        ]
        content["alternate_name"] = [n for n in dict.fromkeys(names) if n != content["name"]]
        # What comes next cannot be the program itself, nor the one that goes.
        both = {kept["id"], gone["id"]}
        content["pathway_next"] = [s for s in content.get("pathway_next") or () if s not in both]
    return content


def next_steps_without(steps: Collection[str], *, own: str, gone: str, kept: str) -> list[str]:
    """Return what comes after a program when one of its next steps was merged into another."""
    renamed = [kept if step == gone else step for step in steps]
    return [step for step in dict.fromkeys(renamed) if step != own]


def names_given_up(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the names that an organization has no more, so that the search still finds them."""
    names = (before.get(field) for field in ("name", "short_name") if after[field] != before[field])
    return [name for name in names if name]
