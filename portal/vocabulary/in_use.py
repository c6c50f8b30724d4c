"""The search in use, for previews that compare it with what it would be."""

from __future__ import annotations

from portal.search import queries
from portal.search.engine import Engine, assemble
from portal.search.index import search_index


def present_engine() -> Engine:
    """Return the engine that answers now; one made for the preview where another kind answers."""
    engine = search_index().refresh()
    return engine if isinstance(engine, Engine) else assemble(queries.catalogue())
