"""What a catalogue is in the database: the rows of each table, by their stable ids (pure).

One function of the whole catalogue, so that loading is: compare with what is there.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from portal.directory import models
from portal.directory.catalog_cells import written
from portal.directory.catalog_rows import Catalogue, OrganizationRow, ProgramRow
from portal.directory.identity import stable_id
from portal.directory.places import Gazetteer, Place
from portal.directory.vocabulary import (
    ANY_INDUSTRY,
    STATEWIDE,
    is_dedicated_to_size,
    size_bands,
    slug_of,
)
from portal.directory.vocabulary_records import (
    Records,
    add_topics,
    add_vocabularies,
    term_id,
    topics_of,
)

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
    add_vocabularies(records, catalogue, places)
    topics = topics_of(catalogue.programs)
    add_topics(records, topics)
    for position, organization in enumerate(catalogue.organizations):
        add_organization(records, organization, position, gazetteer, state_code)
    for position, program in enumerate(catalogue.programs):
        add_program(records, program, position, topics)
    return records


def add_organization(
    records: Records, row: OrganizationRow, position: int, gazetteer: Gazetteer, state_code: str
) -> None:
    """Add what the tables hold for one organization.

    Args:
        records: grows.
        row: the organization.
        position: its place among all.
        gazetteer: of the state.
        state_code: two capital letters, written into the address of an office in the state.
    """
    _add_organization(records, row, position)
    _add_location(records, row, gazetteer, state_code)


def add_program(
    records: Records, row: ProgramRow, position: int, topics: Mapping[str, str]
) -> None:
    """Add what the tables hold for one program.

    Args:
        records: grows.
        row: the program.
        position: its place among all.
        topics: the names of all topics by their codes.
    """
    _add_service(records, row, position)
    _add_details(records, row)
    _add_attributes(records, row, topics)


def location_id(slug: str) -> uuid.UUID:
    """Return the id of the one location of an organization that the catalogue knows."""
    return stable_id("location", slug)


def phone_id(slug: str) -> uuid.UUID:
    """Return the id of the one phone of a service that the catalogue knows."""
    return stable_id("phone", slug)


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
    add_next_steps(records, row)


def add_next_steps(records: Records, row: ProgramRow) -> None:
    """Add what an adviser would suggest after one program; the programs must be there."""
    service = {"service_id": stable_id("service", row.id)}
    for position, slug in enumerate(row.pathway_next):
        following = stable_id("service", slug)
        step = {**service, "next_service_id": following, "position": position}
        records[models.PathwayStep][stable_id("pathway_step", row.id, slug)] = step


def _add_attributes(records: Records, row: ProgramRow, topics: Mapping[str, str]) -> None:
    service_id = stable_id("service", row.id)

    def add(facet: str, codes: Iterable[str], value: str = "") -> None:
        for position, code in enumerate(codes):
            records[models.Attribute][stable_id("attribute", row.id, facet, code)] = {
                "service_id": service_id,
                "taxonomy_term_id": term_id(facet, code),
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
