"""The catalogue back out of the database: as rows, and as the five files it came from."""

from __future__ import annotations

import csv
import os
import tempfile
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from portal.directory.catalog_cells import LIST_SEPARATOR
from portal.directory.catalog_records import location_id, phone_id
from portal.directory.catalog_rows import (
    INDUSTRY_LEVELS,
    Catalogue,
    IndustryRow,
    OrganizationRow,
    ProgramRow,
    RegionRow,
    Row,
    SynonymRow,
    cells_of,
    rules_of,
)
from portal.directory.formula_cells import neutralized
from portal.directory.models import (
    Attribute,
    County,
    Location,
    Organization,
    PathwayStep,
    Phone,
    Service,
    Synonym,
    Taxonomy,
    TaxonomyTerm,
)
from portal.directory.vocabulary import STATEWIDE
from portal.extensions import db

_FILE_MODE = 0o644
_READ_AT_ONCE = 2_000
Words = defaultdict[uuid.UUID, defaultdict[str, list[str]]]  # service → facet → cells' items


def stored_catalogue() -> Catalogue:
    """Return the catalogue as the database holds it, in the order of its files."""
    return Catalogue(
        organizations=tuple(_organizations()),
        programs=tuple(_programs()),
        regions=tuple(_regions()),
        industries=tuple(_industries()),
        synonyms=tuple(_synonyms()),
    )


def write_catalogue(catalogue: Catalogue, directory: Path) -> None:
    """Write the five files; each appears whole or not at all.

    Args:
        catalogue: what to write.
        directory: a folder; made if it does not exist.

    Raises:
        OSError: the folder cannot be written to.
    """
    directory.mkdir(parents=True, exist_ok=True)
    types: tuple[type[Row], ...] = (
        OrganizationRow,
        ProgramRow,
        RegionRow,
        IndustryRow,
        SynonymRow,
    )
    ready: list[tuple[Path, Path]] = []
    try:
        for row_type in types:
            descriptor, name = tempfile.mkstemp(prefix=f".{row_type.FILE}.", dir=directory)
            ready.append((Path(name), directory / row_type.FILE))
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(rules_of(row_type))
                writer.writerows(
                    map(neutralized, cells_of(row)) for row in catalogue.files[row_type.FILE]
                )
                file.flush()
                os.fsync(file.fileno())
        for temporary, target in ready:
            temporary.chmod(_FILE_MODE)
            temporary.replace(target)
    finally:
        for temporary, _ in ready:
            temporary.unlink(missing_ok=True)


def _organizations() -> Iterable[OrganizationRow]:
    cities = _pairs(Location.id, Location.city)
    for row in _in_order(Organization, Organization.slug):
        yield OrganizationRow(
            id=row.slug,
            name=row.name,
            short_name=row.alternate_name,
            kind=row.kind,
            url=row.website,
            city=cities.get(location_id(row.slug), ""),
            county=row.county,
            description=row.description,
            founded_year=row.year_incorporated,
            evidence=row.evidence,
            source_url=row.source_url,
        )


def _programs() -> Iterable[ProgramRow]:
    slugs = _pairs(Organization.id, Organization.slug)
    numbers = _pairs(Phone.id, Phone.number)
    words, following = _words(), _following()
    for row in _in_order(Service, Service.slug):
        named = words[row.id]
        yield ProgramRow(
            id=row.slug,
            organization_id=slugs[row.organization_id],
            name=row.name,
            short_description=row.short_description,
            description=row.description,
            forms=tuple(named["form"]),
            audiences=tuple(named["audience"]),
            min_employees=row.minimum_employees,
            max_employees=row.maximum_employees,
            industries=tuple(named["industry"]),
            regions=tuple(named["region"]),
            delivery="".join(named["delivery"][:1]),
            cost_kind="".join(named["cost"][:1]),
            cost_note=row.fees_description,
            eligibility=row.eligibility_description,
            topics=tuple(named["topic"]),
            application_url=row.application_url,
            url=row.url,
            phone=numbers.get(phone_id(row.slug), ""),
            email=row.email,
            level="".join(named["level"][:1]),
            side="".join(named["side"][:1]),
            connects=tuple(named["connects"]),
            evidence=row.evidence,
            source_url=row.source_url,
            as_of=row.evidence_as_of,
            status=row.status,
            alternate_name=_items(row.alternate_name),
            pathway_next=tuple(following[row.id]),
        )


def _words() -> Words:
    """Return what each service's cells name: codes, names of regions, topics as it spells them."""
    words: Words = defaultdict(lambda: defaultdict(list))
    query = (
        select(
            Attribute.service_id,
            Taxonomy.slug,
            TaxonomyTerm.code,
            TaxonomyTerm.name,
            Attribute.label,
        )
        .join(TaxonomyTerm, Attribute.taxonomy_term_id == TaxonomyTerm.id)
        .join(Taxonomy, TaxonomyTerm.taxonomy_id == Taxonomy.id)
        .order_by(Attribute.position)
        .execution_options(yield_per=_READ_AT_ONCE)
    )
    # Each word is kept once, however many services have it.
    known: dict[str, str] = {}
    for service_id, facet, code, name, label in db.session.execute(query):
        is_named = facet == "topic" or (facet == "region" and code != STATEWIDE)
        word = (label or name) if is_named else code
        facet_words = words[service_id][known.setdefault(facet, facet)]
        facet_words.append(known.setdefault(word, word))
    return words


def _following() -> defaultdict[uuid.UUID, list[str]]:
    following: defaultdict[uuid.UUID, list[str]] = defaultdict(list)
    query = (
        select(PathwayStep.service_id, Service.slug)
        .join(Service, PathwayStep.next_service_id == Service.id)
        .order_by(PathwayStep.position)
    )
    for service_id, slug in db.session.execute(query):
        following[service_id].append(slug)
    return following


def _regions() -> Iterable[RegionRow]:
    names = {row.code: row.name for row in _terms("region")}
    for row in _in_order(County, County.name):
        yield RegionRow(
            county=row.name,
            region=names.get(row.region, row.region),
            also_regions=tuple(names.get(code, code) for code in _items(row.also_regions)),
            places=row.places,
        )


def _industries() -> Iterable[IndustryRow]:
    for row in _terms("industry"):
        if not row.covers_all:
            yield IndustryRow(
                code=row.code,
                title=row.name,
                aliases=_items(row.aliases),
                level=INDUSTRY_LEVELS.get(len(row.code), ""),
            )


def _synonyms() -> Iterable[SynonymRow]:
    for row in _in_order(Synonym, Synonym.term):
        yield SynonymRow(term=row.term, synonyms=_items(row.synonyms))


def _in_order(model: Any, name: InstrumentedAttribute[str]) -> Sequence[Any]:
    """Return all rows of a table as plain rows of columns, in the order of their file."""
    return db.session.execute(select(*model.__table__.c).order_by(model.position, name)).all()


def _terms(facet: str) -> Sequence[Any]:
    query = (
        select(*TaxonomyTerm.__table__.c)
        .join(Taxonomy, TaxonomyTerm.taxonomy_id == Taxonomy.id)
        .where(Taxonomy.slug == facet)
        .order_by(TaxonomyTerm.position, TaxonomyTerm.code)
    )
    return db.session.execute(query).all()


def _pairs(
    key: InstrumentedAttribute[uuid.UUID], value: InstrumentedAttribute[str]
) -> dict[uuid.UUID, str]:
    return {row[0]: row[1] for row in db.session.execute(select(key, value))}


def _items(text: str) -> tuple[str, ...]:
    return tuple(text.split(LIST_SEPARATOR)) if text else ()
