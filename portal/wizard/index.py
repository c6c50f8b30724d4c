"""The programs as columns, kept in memory for one state of the catalogue, with their words.

As in search the database is the truth: a changed generation number builds them anew.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from flask import current_app

from portal import clock
from portal.directory.named_terms import NamedTerm
from portal.directory.overrides import NEED, overrides_of
from portal.search.index import search_index
from portal.search.searcher import Searcher
from portal.wizard import queries
from portal.wizard.candidates import Candidates, columns
from portal.wizard.matching import Matching, match
from portal.wizard.offered_needs import SHIPPED, Needs, needs_with
from portal.wizard.places import Places
from portal.wizard.profile import CompanyProfile
from portal.wizard.wishes import Scores, Words

EXTENSION = "portal-wizard"
TEXTS_KEPT = 128  # answers to texts: a need of the list is asked again and again


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list of programs needs to know beforehand: the id and the terms that it shows."""

    id: uuid.UUID
    terms: tuple[NamedTerm, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Programs:
    """All that answers are matched with, as of one state of the catalogue.

    `industries` are the codes of the catalogue in its order, `region_names` are by code, `listed`
    is by slug.
    """

    generation: int
    candidates: Candidates
    words: Words
    places: Places
    industries: tuple[str, ...]
    region_names: Mapping[str, str]
    listed: Mapping[str, Listed]
    needs: Needs = SHIPPED

    def match(self, profile: CompanyProfile) -> Matching:
        """Match a company with all programs as of today."""
        return match(profile, self.candidates, today=clock.today(), words=self.words)


class WizardIndex:
    """The programs in this process's memory, swapped for new ones when the catalogue changes."""

    def __init__(self) -> None:
        self._programs: Programs | None = None
        self._lock = threading.Lock()

    def refresh(self) -> Programs:
        """Return the programs, read anew if the catalogue changed since."""
        searcher = search_index().refresh()
        programs = self._programs
        if programs is not None and programs.generation == searcher.snapshot.generation:
            return programs
        with self._lock:
            programs = self._programs
            if programs is None or programs.generation != searcher.snapshot.generation:
                programs = self._programs = read_programs(searcher)
            return programs


def read_programs(searcher: Searcher) -> Programs:
    """Read the programs for the matching, with a search that answers texts."""
    candidates = columns(sorted(queries.candidates(), key=lambda candidate: candidate.slug))
    return Programs(
        generation=searcher.snapshot.generation,
        candidates=candidates,
        words=words_of(searcher, candidates),
        places=Places(
            regions_of_county={county.name: county.regions for county in queries.counties()},
            county_of_zip=queries.counties_of_postal_codes(),
            regions_of_zip=searcher.regions_of,
        ),
        industries=tuple(queries.term_names("industry")),
        region_names=queries.term_names("region"),
        listed={
            document.slug: Listed(document.id, document.listed_terms)
            for document in searcher.snapshot.documents
        },
        needs=needs_with(overrides_of(NEED)),
    )


def words_of(searcher: Searcher, candidates: Candidates) -> Words:
    """Return how well the candidates answer a text, by the search's own scores."""
    numbers = {document.slug: n for n, document in enumerate(searcher.snapshot.documents)}
    # A program that the search does not know yet takes the place after the last, which is 0.
    last = len(numbers)
    places = np.array([numbers.get(record.slug, last) for record in candidates.records], np.int64)

    @lru_cache(maxsize=TEXTS_KEPT)
    def words(text: str) -> Scores | None:
        scores = searcher.match_text(text).scores
        if scores is None or not scores.max(initial=0):
            return None
        found: Scores = np.append(scores / scores.max(), np.float32(0))[places].astype(np.float32)
        return found

    return words


def wizard_index() -> WizardIndex:
    """Return the index of the app that serves this request."""
    index: WizardIndex = current_app.extensions.setdefault(EXTENSION, WizardIndex())
    return index
