"""What the rest of the portal may ask of one state of the catalogue: the search boundary (pure).

A second implementation, for a nation, gives these and nothing else.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from portal.search.documents import Document
from portal.search.query import Hit, Match, SearchPage, SearchQuery


class Contents(Protocol):
    """The published programs of one generation, in a fixed order."""

    @property
    def generation(self) -> int:
        """Return the number of the catalogue's state that they were read at."""
        ...

    @property
    def documents(self) -> tuple[Document, ...]:
        """Return what is known of each program."""
        ...


class TextScores(Protocol):
    """How well words fit."""

    @property
    def scores(self) -> NDArray[np.float32] | None:
        """Return a score for each of the contents' documents, 0 for none; None without words."""
        ...


class Searcher(Protocol):
    """Answers searches over one state of the catalogue."""

    @property
    def snapshot(self) -> Contents:
        """Return what is searched."""
        ...

    @property
    def regions_of(self) -> Mapping[str, tuple[str, ...]]:
        """Return the codes of the regions that each ZIP of the state may lie in."""
        ...

    def offered(self) -> Mapping[str, Collection[str]]:
        """Return the values of each facet, in the order that they are shown."""
        ...

    def facet_names(self) -> Mapping[str, str]:
        """Return what the catalogue calls each facet."""
        ...

    def search(self, query: SearchQuery, *, today: date | None = None) -> SearchPage:
        """Return one page of results with exact total and facet counts."""
        ...

    def found(self, query: SearchQuery) -> set[uuid.UUID]:
        """Return the ids of all programs that a search finds."""
        ...

    def match_text(self, text: str) -> TextScores:
        """Return how well words alone fit each program."""
        ...

    def explain(self, hit: Hit, page: SearchPage) -> Match:
        """Return why a program stands on a page that this searcher answered."""
        ...
