"""What people read for the kinds of entries, their fields and what these hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.directory.labels import shown_label
from portal.listings.diffs import Piece, changes_between, pieces
from portal.vocabulary.forms import Offered

KINDS: dict[str, LazyString] = {
    "contact": _l("Fallback contact"),
    "synonyms": _l("Synonyms"),
    "topics": _l("Topics"),
    "needs": _l("Needs of “Find help”"),
    "pathways": _l("What often comes next"),
}
ABOUT: dict[str, LazyString] = {
    "contact": _l("Whom visitors can call when no program fits."),
    "synonyms": _l("What owners type, and what programs say instead."),
    "topics": _l("What listings are about: names, topics that are one, topics no longer offered."),
    "needs": _l("The lines of “What do you want to get done?” and what stands behind them."),
    "pathways": _l("Which programs an adviser would suggest after one."),
}
FIELDS: dict[str, LazyString] = {
    "name": _l("Name"),
    "phone": _l("Phone"),
    "url": _l("Web page"),
    "hours": _l("Hours"),
    "hours_es": _l("Hours, in Spanish"),
    "hours_pt": _l("Hours, in Portuguese"),
    "term": _l("What owners type"),
    "synonyms": _l("What programs say"),
    "label": _l("In English"),
    "label_es": _l("In Spanish"),
    "label_pt": _l("In Portuguese"),
    "short": _l("Short, in English"),
    "short_es": _l("Short, in Spanish"),
    "short_pt": _l("Short, in Portuguese"),
    "hint": _l("Explanation, in English"),
    "hint_es": _l("Explanation, in Spanish"),
    "hint_pt": _l("Explanation, in Portuguese"),
    "group": _l("Kind of help"),
    "other_forms": _l("Other kinds of help that meet it"),
    "topics": _l("Topics and words behind it"),
    "is_common": _l("Among those asked for most"),
    "is_offered": _l("Offered"),
    "position": _l("Place in the list"),
    "programs": _l("Programs that have it"),
    "merged_into": _l("One with this topic"),
    "is_retired": _l("No longer offered"),
    "next": _l("What often comes next"),
}


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A field that differs, in words; `pieces` is the change word by word."""

    field: str
    label: str
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        """Return how the one became the other."""
        return pieces(self.before, self.after)


def field_label(kind: str, field: str) -> str:
    """Return what people read above a field."""
    if kind == "topics" and field == "label":
        return str(_("Name"))
    return str(FIELDS[field])


def shown_changes(
    kind: str,
    fields: tuple[str, ...],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    offered: Offered,
) -> list[ShownChange]:
    """Return in words what differs between two contents.

    Args:
        kind: of the entry.
        fields: of that kind, in the order of the form.
        before: a content.
        after: another.
        offered: what topics and programs are called.
    """
    return [
        ShownChange(
            change.field,
            field_label(kind, change.field),
            _text(change.field, change.before, offered),
            _text(change.field, change.after, offered),
        )
        for change in changes_between(before, after, fields)
    ]


def _text(field: str, value: Any, offered: Offered) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    values = value if isinstance(value, list) else [value or ""]
    if field in ("group", "other_forms"):
        return ", ".join(shown_label("form", code, code) for code in values if code)
    if field in ("merged_into", "next", "programs"):
        names = offered.topics if field == "merged_into" else offered.programs
        return ", ".join(names.get(code, code) for code in values if code)
    return ", ".join(values)
