"""What a listing still lacks that would help an owner decide (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TOPICS_AT_LEAST = 3
DESCRIPTION_AT_LEAST = 200  # characters

# In the order of what helps most.
HINTS = (
    "contact",
    "description",
    "cost_note",
    "eligibility",
    "application_url",
    "rounds",
    "topics",
    "story",
    "pathway_next",
)


def missing(content: Mapping[str, Any]) -> list[str]:
    """Return the keys of HINTS that a listing lacks.

    Args:
        content: the fields of a listing as `listings.content` writes them.
    """
    lacks = {
        "contact": not (content.get("phone") or content.get("email")),
        "description": len(content.get("description") or "") < DESCRIPTION_AT_LEAST,
        "topics": len(content.get("topics") or ()) < TOPICS_AT_LEAST,
    }
    return [hint for hint in HINTS if lacks.get(hint, not content.get(hint))]
