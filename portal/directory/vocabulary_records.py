"""The vocabularies of a catalogue in the database: rows of taxonomies, terms and places (pure)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from portal.directory import models
from portal.directory.catalog_cells import written
from portal.directory.catalog_checks import PARENT_DIGITS, region_names
from portal.directory.catalog_rows import Catalogue, ProgramRow
from portal.directory.identity import stable_id
from portal.directory.places import Place
from portal.directory.vocabulary import (
    ANY_INDUSTRY,
    FACETS,
    FIXED_TERMS,
    INDUSTRY_LABELS,
    REGION_LABELS,
    STATEWIDE,
    english,
    slug_of,
)
from portal.extensions import Model

Values = dict[str, Any]
Records = dict[type[Model], dict[Any, Values]]  # table → primary key → the columns a load owns


def add_vocabularies(records: Records, catalogue: Catalogue, places: Iterable[Place]) -> None:
    """Add all vocabularies but the topics.

    Args:
        records: grows.
        catalogue: complete.
        places: the ZIP codes of the state.
    """
    _add_taxonomies(records)
    _add_fixed_terms(records)
    _add_industries(records, catalogue)
    _add_regions(records, catalogue)
    _add_synonyms(records, catalogue)
    _add_postal_places(records, places)


def taxonomy_id(facet: str) -> uuid.UUID:
    """Return the id of a facet's taxonomy."""
    return stable_id("taxonomy", facet)


@lru_cache(maxsize=4096)
def term_id(facet: str, code: str) -> uuid.UUID:
    """Return the id of a term."""
    return stable_id("taxonomy_term", facet, code)


def topics_of(programs: Iterable[ProgramRow]) -> dict[str, str]:
    """Return the topics in order of first appearance: their names by code."""
    names: dict[str, str] = {}
    for row in programs:
        for topic in row.topics:
            names.setdefault(slug_of(topic), topic)
    return names


def add_topics(records: Records, names: Mapping[str, str], first: int = 0) -> None:
    """Add topics, the first of them at a position."""
    for position, (code, name) in enumerate(names.items(), first):
        _add_term(records, "topic", code, name, position)


def _add_taxonomies(records: Records) -> None:
    for position, (slug, label) in enumerate(FACETS.items()):
        records[models.Taxonomy][taxonomy_id(slug)] = {
            "slug": slug,
            "name": english(label),
            "is_facet": True,
            "position": position,
        }


def _add_term(
    records: Records, facet: str, code: str, name: str, position: int, **more: Any
) -> None:
    records[models.TaxonomyTerm][term_id(facet, code)] = {
        "taxonomy_id": taxonomy_id(facet),
        "parent_id": None,
        "code": code,
        "name": name,
        "covers_all": False,
        "position": position,
        **more,
    }


def _add_fixed_terms(records: Records) -> None:
    for facet, terms in FIXED_TERMS.items():
        for position, term in enumerate(terms):
            _add_term(records, facet, term.code, english(term.label), position)


def _add_industries(records: Records, catalogue: Catalogue) -> None:
    known = {row.code for row in catalogue.industries}
    for position, row in enumerate(catalogue.industries):
        parent = row.code[:PARENT_DIGITS]
        has_parent = parent != row.code and parent in known
        _add_term(
            records,
            "industry",
            row.code,
            row.title,
            position,
            parent_id=term_id("industry", parent) if has_parent else None,
            aliases=written(row.aliases),
        )
    name = english(INDUSTRY_LABELS[ANY_INDUSTRY])
    _add_term(records, "industry", ANY_INDUSTRY, name, len(known), covers_all=True)


def _add_regions(records: Records, catalogue: Catalogue) -> None:
    names = region_names(catalogue.regions)
    for position, (code, name) in enumerate(names.items()):
        _add_term(records, "region", code, name, position)
    name = english(REGION_LABELS[STATEWIDE])
    _add_term(records, "region", STATEWIDE, name, len(names), covers_all=True)
    for position, row in enumerate(catalogue.regions):
        records[models.County][stable_id("county", row.county)] = {
            "name": row.county,
            "region": slug_of(row.region),
            "also_regions": written(tuple(slug_of(name) for name in row.also_regions)),
            "places": row.places,
            "position": position,
        }


def _add_synonyms(records: Records, catalogue: Catalogue) -> None:
    for position, row in enumerate(catalogue.synonyms):
        records[models.Synonym][stable_id("synonym", row.term)] = {
            "term": row.term,
            "synonyms": written(row.synonyms),
            "position": position,
        }


def _add_postal_places(records: Records, places: Iterable[Place]) -> None:
    for place in places:
        records[models.PostalPlace][place.postal_code] = {
            "city": place.city,
            "county": place.county,
            "latitude": place.latitude,
            "longitude": place.longitude,
        }
