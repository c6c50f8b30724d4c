"""The search boundary: one small protocol, and the snapshots that answer it here.

The database is the truth: a snapshot is rebuilt as soon as the catalogue's generation number
differs from the one that it was built from.
"""

from __future__ import annotations

import threading
from typing import Protocol

from flask import current_app

from portal import clock
from portal.search import named, queries
from portal.search.engine import Engine, assemble
from portal.search.query import SearchPage, SearchQuery
from portal.search.searcher import Searcher
from portal.search.suggesting import Suggester, Suggestions

EXTENSION = "portal-search"


class SearchIndex(Protocol):
    """What the rest of the portal may ask of search."""

    def search(self, query: SearchQuery) -> SearchPage:
        """Return one page of results with exact total and facet counts."""
        ...

    def refresh(self) -> Searcher:
        """Return a searcher over the catalogue as it is now."""
        ...

    def suggest(self, typed: str) -> Suggestions:
        """Return the names that somebody who types this may mean."""
        ...


class SnapshotIndex:
    """A snapshot in this process's memory, swapped for a new one when the catalogue changes."""

    def __init__(self) -> None:
        self._engine: Engine | None = None
        self._suggester: Suggester | None = None
        self._lock = threading.Lock()

    def search(self, query: SearchQuery) -> SearchPage:
        """Return one page of results with exact total and facet counts."""
        return self.refresh().search(query, today=clock.today())

    def refresh(self) -> Engine:
        """Return the engine, rebuilt if the catalogue changed since."""
        engine = self._engine
        generation = queries.generation()
        if engine is not None and engine.snapshot.generation == generation:
            return engine
        with self._lock:
            engine = self._engine
            if engine is None or engine.snapshot.generation != generation:
                engine = self._engine = assemble(queries.catalogue(), generation=generation)
            return engine

    def suggest(self, typed: str) -> Suggestions:
        """Return the names that somebody who types this may mean."""
        suggester = self._suggester
        generation = queries.generation()
        if suggester is None or suggester.generation != generation:
            with self._lock:
                suggester = self._suggester
                if suggester is None or suggester.generation != generation:
                    suggester = self._suggester = named.suggester(generation)
        return suggester.suggest(typed)


def search_index() -> SearchIndex:
    """Return the index of the app that serves this request."""
    index: SearchIndex = current_app.extensions.setdefault(EXTENSION, SnapshotIndex())
    return index
