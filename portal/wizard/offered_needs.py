"""The needs as the portal has them now: those that it ships, with what managers changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.directory.edited_text import EditedText, written_in
from portal.wizard.needs import FORM_CODES, NEEDS, Need
from portal.wizard.profile import NeedRule


@dataclass(frozen=True, slots=True)
class Needs:
    """All needs in their order, those that are no longer offered among them."""

    all: tuple[Need, ...]
    by_code: Mapping[str, Need] = field(init=False)

    def __post_init__(self) -> None:
        """Make the needs findable."""
        object.__setattr__(self, "by_code", {need.code: need for need in self.all})

    @property
    def offered(self) -> tuple[Need, ...]:
        """The needs that the question shows."""
        return tuple(need for need in self.all if need.is_offered)

    def knows(self, code: str) -> bool:
        """Whether an address may name it: a need, offered or not, or one of the six forms."""
        return code in self.by_code or code in FORM_CODES

    @property
    def form_of(self) -> Mapping[str, str]:
        """Code of a need, or key of a form → the form under whose name it is counted."""
        return {need.code: need.group for need in self.all} | {code: code for code in FORM_CODES}

    def rule_of(self, code: str) -> NeedRule | None:
        """Return a need as the matching reads it: one of the list, or one of the six forms."""
        if code in FORM_CODES:
            return NeedRule(code, frozenset({code}))
        need = self.by_code.get(code)
        return need.rule if need else None


SHIPPED = Needs(NEEDS)


def needs_with(changed: Mapping[str, Mapping[str, Any]]) -> Needs:
    """Return the shipped needs with what managers changed.

    Args:
        changed: code → label, short and hint by language, group, other_forms, topics, is_common,
            is_offered, position; a code that is not shipped is a need of theirs.
    """
    if not changed:
        return SHIPPED
    places = {need.code: float(place) for place, need in enumerate(NEEDS, 1)}
    found = {need.code: need for need in NEEDS}
    for code, content in changed.items():
        found[code] = need_from(code, content)
        # Whoever moves to a place comes before the one that is shipped there.
        places[code] = float(content.get("position") or places.get(code, len(NEEDS) + 1)) - 0.5
    return Needs(tuple(sorted(found.values(), key=lambda need: (places[need.code], need.code))))


def need_from(code: str, content: Mapping[str, Any]) -> Need:
    """Return a need as managers wrote it; a blank text is the shipped one."""
    shipped = SHIPPED.by_code.get(code)
    return Need(
        code=code,
        group=content["group"],
        label=EditedText(written_in(content, "label"), _plain(shipped, "label")),
        short=EditedText(written_in(content, "short"), _plain(shipped, "short")),
        topics=tuple(content["topics"]),
        other_forms=tuple(content["other_forms"]),
        is_common=bool(content["is_common"]),
        is_offered=bool(content["is_offered"]),
        hint=EditedText(written_in(content, "hint")) if content.get("hint") else "",
    )


def _plain(need: Need | None, name: str) -> Any:
    return getattr(need, name) if need else ""
