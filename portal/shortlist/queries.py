"""Reads of the shortlist: which of the slugs in an address are programs."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from portal.directory.listed import PUBLISHED
from portal.directory.models import Service
from portal.extensions import db


def published_slugs(slugs: Collection[str]) -> frozenset[str]:
    """Return those of the slugs that are of published services."""
    if not slugs:
        return frozenset()
    query = select(Service.slug).where(Service.slug.in_(slugs), PUBLISHED)
    return frozenset(db.session.scalars(query))
