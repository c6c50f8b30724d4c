"""Reads the catalogue for the index: services, vocabularies, synonyms, ZIPs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from portal.directory.facts import named_terms
from portal.directory.listed import OLD, PAUSED, PUBLISHED
from portal.directory.models import (
    Attribute,
    CatalogueGeneration,
    County,
    Location,
    Organization,
    Phone,
    PostalPlace,
    Service,
    Synonym,
    Taxonomy,
    TaxonomyTerm,
)
from portal.directory.named_terms import SHOWN_IN_LISTS
from portal.directory.overrides import TOPIC, topic_names
from portal.directory.successors import former_names
from portal.directory.topic_names import TopicNames
from portal.extensions import db
from portal.search.analysis import initials, join
from portal.search.documents import Catalogue, Document, FacetTerm, Vocabulary
from portal.search.everyday import everyday_words
from portal.search.formula import COMPLETE_FACTS

TELL_DEDICATED = ("industry", "size", "region")
NOT_TAGS = ("industry", "topic", "size")


def generation() -> int:
    """Return the number of the catalogue's present state."""
    number = db.session.execute(select(CatalogueGeneration.number)).scalar()
    return number or 0


def catalogue(topics: TopicNames | None = None) -> Catalogue:
    """Read the published catalogue for the index.

    Args:
        topics: how topics are read; as managers have it when left out.
    """
    topics = topic_names() if topics is None else topics
    taxonomies = db.session.scalars(
        select(Taxonomy)
        .where(Taxonomy.is_facet)
        .options(selectinload(Taxonomy.terms))
        .order_by(Taxonomy.position)
    ).all()
    vocabularies = tuple(_vocabulary(taxonomy, topics) for taxonomy in taxonomies)
    return Catalogue(
        documents=tuple(_documents(vocabularies, topics)),
        vocabularies=vocabularies,
        synonyms=tuple(_synonyms()),
        everyday=everyday_words(),
        regions_of=_regions_of_postal_codes(),
        places={
            place.postal_code: (place.latitude, place.longitude)
            for place in db.session.scalars(select(PostalPlace))
        },
    )


def _vocabulary(taxonomy: Taxonomy, topics: TopicNames) -> Vocabulary:
    codes = {term.id: term.code for term in taxonomy.terms}
    is_topic = taxonomy.slug == TOPIC
    terms = tuple(
        FacetTerm(
            term.code,
            topics.label(term.code, term.name) if is_topic else term.name,
            codes.get(term.parent_id) if term.parent_id else None,
            term.covers_all,
        )
        for term in taxonomy.terms
    )
    if is_topic:
        known = set(codes.values())
        new = [code for code in topics.carriers if code not in known]
        terms += tuple(FacetTerm(code, topics.label(code, code)) for code in new)
    unlisted = {t.code for t in terms if is_topic and not topics.is_offered(t.code)}
    return Vocabulary(
        taxonomy.slug,
        tuple(term for term in terms if term.code not in unlisted),
        taxonomy.slug in TELL_DEDICATED,
        taxonomy.name,
        tuple(term for term in terms if term.code in unlisted),
    )


def _documents(vocabularies: Sequence[Vocabulary], topics: TopicNames) -> Iterator[Document]:
    by_slug = {vocabulary.slug: vocabulary for vocabulary in vocabularies}
    services = db.session.scalars(
        select(Service)
        .where(PUBLISHED)
        .options(
            joinedload(Service.organization).selectinload(Organization.locations),
            selectinload(Service.attributes)
            .joinedload(Attribute.taxonomy_term)
            .joinedload(TaxonomyTerm.taxonomy),
        )
    ).all()
    old = set(db.session.scalars(select(Service.id).where(OLD)))
    former = former_names()
    paused = set(db.session.scalars(select(Service.id).where(PAUSED)))
    phoned = set(db.session.scalars(select(Phone.service_id)))
    for service in services:
        literal: defaultdict[str, dict[str, bool]] = defaultdict(dict)
        for attribute in service.attributes:
            term = attribute.taxonomy_term
            literal[term.taxonomy.slug][term.code] = attribute.value == "dedicated"
        own_topics = topics.named_by(service.slug, literal[TOPIC])
        literal[TOPIC] = dict.fromkeys(topics.codes(own_topics), False)
        yield Document(
            id=service.id,
            slug=service.slug,
            name=service.name,
            texts=_texts(
                service, topics.words(own_topics), former.get(service.organization_id, ())
            ),
            values={
                slug: by_slug[slug].expand(codes)
                for slug, codes in literal.items()
                if slug in by_slug
            },
            is_uncertain=service.status == "uncertain" or service.id in old,
            is_paused=service.id in paused,
            assured_on=service.assured_date.isoformat() if service.assured_date else "",
            completeness=_completeness(service, has_phone=service.id in phoned),
            place=_place(service.organization.locations),
            listed_terms=tuple(
                named for named in named_terms(service) if named.facet in SHOWN_IN_LISTS
            ),
        )


def _completeness(service: Service, *, has_phone: bool) -> float:
    """Return the share of COMPLETE_FACTS that a listing states."""
    stated = {
        "phone": has_phone,
        "email": service.email,
        "application_url": service.application_url,
        "url": service.url,
        "eligibility_description": service.eligibility_description,
        "fees_description": service.fees_description,
        "size": service.minimum_employees or service.maximum_employees,
    }
    return sum(bool(stated[fact]) for fact in COMPLETE_FACTS) / len(COMPLETE_FACTS)


def _place(locations: Sequence[Location]) -> tuple[float, float] | None:
    for location in locations:
        if location.latitude is not None and location.longitude is not None:
            return location.latitude, location.longitude
    return None


def _texts(service: Service, topic_words: Sequence[str], former: Sequence[str]) -> dict[str, str]:
    """Return what is searched; `former` are names of what was merged into its organization."""
    named: defaultdict[str, list[str]] = defaultdict(list)
    for attribute in service.attributes:
        term = attribute.taxonomy_term
        named[term.taxonomy.slug] += [attribute.label or term.name, *term.aliases.split("|")]
    # "Any industry" is no word of the listing.
    industries = [name for name in named["industry"] if not name.startswith("Any kind of")]
    organization = service.organization
    cities = [location.city for location in organization.locations]
    tags = [name for slug, names in named.items() if slug not in NOT_TAGS for name in names]
    tags += [
        attribute.taxonomy_term.code.replace("-", " ")
        for attribute in service.attributes
        if attribute.taxonomy_term.taxonomy.slug in ("form", "cost", "audience", "level")
    ]
    return {
        "name": service.name,
        "alternate_name": join([initials(service.name), *service.alternate_names]),
        "topics": join([*named["topic"], *topic_words]),
        "summary": service.short_description,
        "description": service.description,
        "conditions": join([service.eligibility_description, service.fees_description]),
        "organization": join(
            [
                organization.name,
                initials(organization.name),
                *organization.alternate_name.split("|"),
                *former,
            ]
        ),
        "industries": join(industries),
        "tags": join([*tags, *cities]),
    }


def _synonyms() -> Iterator[tuple[str, tuple[str, ...]]]:
    for row in db.session.scalars(select(Synonym).order_by(Synonym.position)):
        yield row.term, tuple(row.synonyms.split("|"))


def _regions_of_postal_codes() -> dict[str, tuple[str, ...]]:
    counties = {
        county.name: (county.region, *filter(None, county.also_regions.split("|")))
        for county in db.session.scalars(select(County))
    }
    rows = db.session.execute(select(PostalPlace.postal_code, PostalPlace.county))
    return {code: counties[county] for code, county in rows if county in counties}
