"""Which organizations answer requests of companies: a place for the feature that knows.

`app.extensions[EXTENSION]` holds a function from ids of organizations to those among them that
answered every request in time. While no feature has put one there, nobody knows.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection

from flask import current_app

EXTENSION = "portal-answering"
Answering = Callable[[Collection[uuid.UUID]], Collection[uuid.UUID]]


def answering(organization_ids: Collection[uuid.UUID]) -> frozenset[uuid.UUID] | None:
    """Return the organizations that answer requests; None while nothing tells."""
    known: Answering | None = current_app.extensions.get(EXTENSION)
    return None if known is None else frozenset(known(organization_ids))
