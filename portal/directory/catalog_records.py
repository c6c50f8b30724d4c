"""What a catalogue is in the database: the rows of each table, by their stable ids (pure).

One function of the whole catalogue, so that loading is: compare with what is there.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from portal.directory import models
from portal.directory.catalog_cells import written
from portal.directory.catalog_checks import PARENT_DIGITS, region_names
from portal.directory.catalog_rows import Catalogue, OrganizationRow, ProgramRow
from portal.directory.identity import stable_id
from portal.directory.places import Gazetteer, Place
from portal.directory.vocabulary import (
    ANY_INDUSTRY,
    FACETS,
    FIXED_TERMS,
    INDUSTRY_LABELS,
    REGION_LABELS,
    STATEWIDE,
    english,
    is_dedicated_to_size,
    size_bands,
    slug_of,
)
from portal.extensions import Model

Values = dict[str, Any]
Records = dict[type[Model], dict[Any, Values]]  # table → primary key → the columns a load owns

DEDICATED, OPEN = "dedicated", "open"


def records_of(catalogue: Catalogue, places: Sequence[Place], *, state_code: str) -> Records:
    """Return what the tables hold for a catalogue.

    Args:
        catalogue: complete; every reference is to one of its rows.
        places: the ZIP codes of the state.
        state_code: two capital letters, written into the address of each office in the state.
    """
    records: Records = defaultdict(dict)
    gazetteer = Gazetteer(places)
    _add_taxonomies(records)
    _add_fixed_terms(records)
    _add_industries(records, catalogue)
    _add_regions(records, catalogue)
    topics = _add_topics(records, catalogue)
    for position, organization in enumerate(catalogue.organizations):
        _add_organization(records, organization, position)
        _add_location(records, organization, gazetteer, state_code)
    for position, program in enumerate(catalogue.programs):
        _add_service(records, program, position)
        _add_details(records, program)
        _add_attributes(records, program, topics)
    _add_synonyms(records, catalogue)
    _add_postal_places(records, places)
    return records


def taxonomy_id(facet: str) -> uuid.UUID:
    """Return the id of a facet's taxonomy."""
    return stable_id("taxonomy", facet)


def location_id(slug: str) -> uuid.UUID:
    """Return the id of the one location of an organization that the catalogue knows."""
    return stable_id("location", slug)


def phone_id(slug: str) -> uuid.UUID:
    """Return the id of the one phone of a service that the catalogue knows."""
    return stable_id("phone", slug)


@lru_cache(maxsize=4096)
def _term_id(facet: str, code: str) -> uuid.UUID:
    return stable_id("taxonomy_term", facet, code)


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
    records[models.TaxonomyTerm][_term_id(facet, code)] = {
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
            parent_id=_term_id("industry", parent) if has_parent else None,
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


def _add_topics(records: Records, catalogue: Catalogue) -> dict[str, str]:
    """Add the topics in order of first appearance; returns their names by code."""
    names: dict[str, str] = {}
    for row in catalogue.programs:
        for topic in row.topics:
            names.setdefault(slug_of(topic), topic)
    for position, (code, name) in enumerate(names.items()):
        _add_term(records, "topic", code, name, position)
    return names


def _add_organization(records: Records, row: OrganizationRow, position: int) -> None:
    records[models.Organization][stable_id("organization", row.id)] = {
        "slug": row.id,
        "name": row.name,
        "alternate_name": row.short_name,
        "kind": row.kind,
        "description": row.description,
        "website": row.url,
        "county": row.county,
        "year_incorporated": row.founded_year,
        "evidence": row.evidence,
        "source_url": row.source_url,
        "position": position,
    }


def _add_location(
    records: Records, row: OrganizationRow, gazetteer: Gazetteer, state_code: str
) -> None:
    if not row.city:
        return
    # Without a county the office is outside the state, and the catalogue does not say where.
    place = gazetteer.find(row.city, row.county) if row.county else None
    records[models.Location][location_id(row.id)] = {
        "organization_id": stable_id("organization", row.id),
        "location_type": "physical",
        "city": row.city,
        "state_province": state_code if row.county else "",
        "postal_code": place.postal_code if place else "",
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "is_approximate": True,
    }


def _add_service(records: Records, row: ProgramRow, position: int) -> None:
    records[models.Service][stable_id("service", row.id)] = {
        "slug": row.id,
        "organization_id": stable_id("organization", row.organization_id),
        "name": row.name,
        "alternate_name": written(row.alternate_name),
        "short_description": row.short_description,
        "description": row.description,
        "url": row.url,
        "application_url": row.application_url,
        "email": row.email,
        "status": row.status,
        "fees_description": row.cost_note,
        "eligibility_description": row.eligibility,
        "minimum_employees": row.min_employees,
        "maximum_employees": row.max_employees,
        "evidence": row.evidence,
        "source_url": row.source_url,
        "evidence_as_of": row.as_of,
        "position": position,
    }


def _add_details(records: Records, row: ProgramRow) -> None:
    service = {"service_id": stable_id("service", row.id)}
    for position, name in enumerate(row.regions):
        area = {**service, "name": name, "position": position}
        records[models.ServiceArea][stable_id("service_area", row.id, name)] = area
    option = {**service, "option": row.cost_kind}
    records[models.CostOption][stable_id("cost_option", row.id, row.cost_kind)] = option
    if row.phone:
        phone = {**service, "number": row.phone, "type": "voice"}
        records[models.Phone][phone_id(row.id)] = phone
    for position, slug in enumerate(row.pathway_next):
        following = stable_id("service", slug)
        step = {**service, "next_service_id": following, "position": position}
        records[models.PathwayStep][stable_id("pathway_step", row.id, slug)] = step


def _add_attributes(records: Records, row: ProgramRow, topics: dict[str, str]) -> None:
    service_id = stable_id("service", row.id)

    def add(facet: str, codes: Iterable[str], value: str = "") -> None:
        for position, code in enumerate(codes):
            records[models.Attribute][stable_id("attribute", row.id, facet, code)] = {
                "service_id": service_id,
                "taxonomy_term_id": _term_id(facet, code),
                "value": value,
                "label": "",
                "position": position,
            }

    low, high = row.min_employees, row.max_employees
    add("form", row.forms)
    add("industry", row.industries, OPEN if ANY_INDUSTRY in row.industries else DEDICATED)
    add("region", map(slug_of, row.regions), OPEN if STATEWIDE in row.regions else DEDICATED)
    add("audience", row.audiences)
    add("cost", [row.cost_kind])
    add("delivery", [row.delivery])
    add("size", size_bands(low, high), DEDICATED if is_dedicated_to_size(low, high) else OPEN)
    add("connects", row.connects)
    add("topic", map(slug_of, row.topics))
    add("level", [row.level])
    add("side", [row.side])
    for topic in row.topics:
        code = slug_of(topic)
        if topics[code] != topic:
            id_ = stable_id("attribute", row.id, "topic", code)
            records[models.Attribute][id_]["label"] = topic


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
