"""Stable ids: the same kind and slug give the same UUID on every machine and in every export."""

from __future__ import annotations

import re
import uuid

# Any constant will do; changing it would rename every record of every installation.
NAMESPACE = uuid.UUID("6d0b8bd6-1f7b-5c39-9a52-3a1b2f7c8e10")

SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
LONGEST_SLUG = 120  # nothing longer than any of ours is looked up


def is_slug(text: str) -> bool:
    """Whether a text can be a slug: lower-case letters, digits and single hyphens."""
    return len(text) <= LONGEST_SLUG and re.fullmatch(SLUG, text) is not None


def stable_id(kind: str, *slugs: str) -> uuid.UUID:
    """Return the id of a record.

    Args:
        kind: the table's name; two slugs name both an organization and a service.
        slugs: what tells the record from others of its kind, outermost first.
    """
    return uuid.uuid5(NAMESPACE, "\n".join((kind, *slugs)))
