"""What managers changed of the topics: other names, topics that are one, topics not offered (pure).

Listings keep the words that they were written with; this says how they are read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class TopicNames:
    """Changes by the code of a topic: label, merged_into, is_retired.

    `carriers` are for previews: topics that other programs would name, with the slugs of these.
    """

    changed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    carriers: Mapping[str, Collection[str]] = field(default_factory=dict)

    def named_by(self, slug: str, codes: Iterable[str]) -> list[str]:
        """Return the topics that a program names, given those that its listing names."""
        kept = [code for code in codes if code not in self.carriers]
        return kept + [code for code, slugs in self.carriers.items() if slug in slugs]

    def target(self, code: str) -> str:
        """Return the topic that one was merged into, however often; itself if it was not."""
        seen = {code}
        while merged := self.changed.get(code, {}).get("merged_into"):
            if merged in seen:  # nobody can publish a circle; one must not hang a page
                return code
            seen.add(merged)
            code = merged
        return code

    def is_offered(self, code: str) -> bool:
        """Whether a topic stands in lists: it is neither merged nor retired."""
        own = self.changed.get(code, {})
        return not own.get("merged_into") and not own.get("is_retired")

    def label(self, code: str, name: str) -> str:
        """Return what people read for a topic.

        Args:
            code: the topic's.
            name: as the catalogue or a listing writes it.
        """
        return self.changed.get(code, {}).get("label") or name

    def codes(self, named: Iterable[str]) -> dict[str, None]:
        """Return the topics that a listing has: those it names and those that are one with them."""
        found: dict[str, None] = {}
        for code in named:
            found[code] = None
            found.update(dict.fromkeys(self._one.get(self.target(code), ())))
        return found

    def words(self, named: Iterable[str]) -> list[str]:
        """Return the names, beside its own, by which a listing is found."""
        codes = dict.fromkeys(self.target(code) for code in self.codes(named))
        return [label for code in codes if (label := self.label(code, ""))]

    @cached_property
    def _one(self) -> Mapping[str, tuple[str, ...]]:
        """Topics that are one, by the one that the others were merged into."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for code in self.changed:
            if (target := self.target(code)) != code:
                found[target].append(code)
        return {target: (target, *codes) for target, codes in found.items()}


NO_CHANGES = TopicNames()
