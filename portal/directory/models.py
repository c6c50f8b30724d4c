"""Tables of the directory, in the words of HSDS 3.0 (Open Referral's data specification).

Columns that HSDS lacks and the catalogue has are marked "ours".
"""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.extensions import Model


class Organization(Model):
    """A body that offers services: agency, center, association, college."""

    __tablename__ = "organization"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)  # ours: its address, and the catalogue's id
    name: Mapped[str]
    alternate_name: Mapped[str]
    kind: Mapped[str]  # ours
    description: Mapped[str]
    website: Mapped[str]
    county: Mapped[str]  # ours: of the main office; known for one body whose city is not
    year_incorporated: Mapped[int | None]
    evidence: Mapped[str]  # ours: "page" was read, "knowledge", or "entered" in the editor
    source_url: Mapped[str]  # ours
    position: Mapped[int]  # ours: row order of the catalogue
    last_modified: Mapped[datetime]

    services: Mapped[list[Service]] = relationship(
        back_populates="organization", order_by="Service.name"
    )
    locations: Mapped[list[Location]] = relationship(
        back_populates="organization", cascade="all, delete-orphan"
    )


class Location(Model):
    """Where an organization sits; approximate while only its city is known."""

    __tablename__ = "location"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organization.id"), index=True)
    location_type: Mapped[str]
    city: Mapped[str]
    state_province: Mapped[str]  # blank: outside the state, and not known which
    postal_code: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    is_approximate: Mapped[bool]  # ours: the centroid of a ZIP of that city

    organization: Mapped[Organization] = relationship(back_populates="locations")


class Service(Model):
    """What people call a program: one thing that an organization offers."""

    __tablename__ = "service"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)  # ours: its address, and the catalogue's id
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organization.id"), index=True)
    name: Mapped[str]
    alternate_name: Mapped[str]  # former, short and nick names, separated by "|"
    short_description: Mapped[str]  # ours
    description: Mapped[str]
    url: Mapped[str]
    application_url: Mapped[str]  # ours
    email: Mapped[str]
    status: Mapped[str]  # active, inactive; ours: uncertain
    fees_description: Mapped[str]
    eligibility_description: Mapped[str]
    minimum_employees: Mapped[int | None]  # ours
    maximum_employees: Mapped[int | None]  # ours
    evidence: Mapped[str]  # ours
    source_url: Mapped[str]  # ours
    evidence_as_of: Mapped[str]  # ours: YYYY-MM, when the evidence was dated; no confirmation
    assured_date: Mapped[date | None]  # set only when a person confirms
    assurer_email: Mapped[str | None]
    position: Mapped[int]  # ours: row order of the catalogue
    last_modified: Mapped[datetime]

    organization: Mapped[Organization] = relationship(back_populates="services")
    attributes: Mapped[list[Attribute]] = relationship(
        cascade="all, delete-orphan", order_by="Attribute.position"
    )
    service_areas: Mapped[list[ServiceArea]] = relationship(
        cascade="all, delete-orphan", order_by="ServiceArea.position"
    )
    cost_options: Mapped[list[CostOption]] = relationship(cascade="all, delete-orphan")
    phones: Mapped[list[Phone]] = relationship(cascade="all, delete-orphan")
    rounds: Mapped[list[Round]] = relationship(
        cascade="all, delete-orphan", order_by="Round.opens_on"
    )
    next_steps: Mapped[list[PathwayStep]] = relationship(
        cascade="all, delete-orphan",
        order_by="PathwayStep.position",
        foreign_keys="PathwayStep.service_id",
    )

    @property
    def alternate_names(self) -> list[str]:
        """Former, short and nick names."""
        return [name for name in self.alternate_name.split("|") if name]


class Standing(Model):
    """A listing whose last confirmation is too old: marked and ranked lower, or hidden; ours.

    Written by the daily step and taken away by a confirmation; the others have no row. It is
    stored because the day alone changes it, and readers keep what they read until the
    catalogue's number grows.
    """

    __tablename__ = "standing"
    __table_args__ = (CheckConstraint("rung in ('old', 'hidden')", name="rung"),)

    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)
    rung: Mapped[str]
    since_on: Mapped[date]


class Phone(Model):
    """A number to call about a service."""

    __tablename__ = "phone"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"), index=True)
    number: Mapped[str]
    type: Mapped[str]


class ServiceArea(Model):
    """A region that a service covers, or the whole state."""

    __tablename__ = "service_area"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"), index=True)
    name: Mapped[str]
    position: Mapped[int]


class CostOption(Model):
    """How a service is paid for; the words beside it are the service's `fees_description`."""

    __tablename__ = "cost_option"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"), index=True)
    option: Mapped[str]


class Taxonomy(Model):
    """A vocabulary; each facet of the search is one, so that a new facet is data."""

    __tablename__ = "taxonomy"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    description: Mapped[str]
    version: Mapped[str]
    is_facet: Mapped[bool]
    position: Mapped[int]

    terms: Mapped[list[TaxonomyTerm]] = relationship(
        back_populates="taxonomy", order_by="TaxonomyTerm.position"
    )


class TaxonomyTerm(Model):
    """One word of a vocabulary; `code` is its value in addresses."""

    __tablename__ = "taxonomy_term"
    __table_args__ = (UniqueConstraint("taxonomy_id", "code"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    taxonomy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("taxonomy.id"))
    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("taxonomy_term.id"), index=True)
    code: Mapped[str]
    name: Mapped[str]
    description: Mapped[str]
    aliases: Mapped[str]  # ours: everyday names, separated by "|"
    covers_all: Mapped[bool]  # ours: whoever has it has every term (statewide, any industry)
    position: Mapped[int]

    taxonomy: Mapped[Taxonomy] = relationship(back_populates="terms")


class Attribute(Model):
    """Links a service with a term; `value` says how.

    For industry and size "dedicated" or "open" (made for it, or merely open to it); for region
    "dedicated" when local; otherwise blank. `position` 0 is the main one.
    """

    __tablename__ = "attribute"
    __table_args__ = (
        UniqueConstraint("service_id", "taxonomy_term_id"),
        CheckConstraint("value in ('', 'dedicated', 'open')", name="value"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"), index=True)
    taxonomy_term_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("taxonomy_term.id"), index=True)
    value: Mapped[str]
    label: Mapped[str]  # as the listing writes it, where that differs from the term's name
    position: Mapped[int]

    taxonomy_term: Mapped[TaxonomyTerm] = relationship()


class PathwayStep(Model):
    """A service that an adviser would suggest after another; ours."""

    __tablename__ = "pathway_step"
    __table_args__ = (UniqueConstraint("service_id", "next_service_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"), index=True)
    next_service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"), index=True)
    position: Mapped[int]

    next_service: Mapped[Service] = relationship(foreign_keys=[next_service_id])


class Round(Model):
    """A time in which a service takes applications; ours. The catalogue knows none."""

    __tablename__ = "round"
    __table_args__ = (
        CheckConstraint(
            "opens_on is null or closes_on is null or opens_on <= closes_on", name="order"
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"), index=True)
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    recurs: Mapped[str]  # "", "yearly", "rolling"


class County(Model):
    """A county and the regions it belongs to; `also_regions` are codes separated by "|"."""

    __tablename__ = "county"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    region: Mapped[str]  # term code of the main region
    also_regions: Mapped[str]
    places: Mapped[str]
    position: Mapped[int]


class PostalPlace(Model):
    """A ZIP code of the state with its city, county and centroid (package `zipcodes`)."""

    __tablename__ = "postal_place"

    postal_code: Mapped[str] = mapped_column(primary_key=True)
    city: Mapped[str]
    county: Mapped[str]
    latitude: Mapped[float]
    longitude: Mapped[float]


class Synonym(Model):
    """What an owner types, and what programs say instead, separated by "|"."""

    __tablename__ = "synonym"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    term: Mapped[str] = mapped_column(unique=True)
    synonyms: Mapped[str]
    position: Mapped[int]


class CatalogueGeneration(Model):
    """One row whose number grows with each change, so that searches know that they are stale."""

    __tablename__ = "catalogue_generation"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
