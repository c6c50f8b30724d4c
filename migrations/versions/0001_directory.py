"""The directory: organizations, services and what belongs to them, vocabularies, places."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INDEXES = {
    "location": ["organization_id"],
    "service": ["organization_id"],
    "phone": ["service_id"],
    "service_area": ["service_id"],
    "cost_option": ["service_id"],
    "taxonomy_term": ["parent_id"],
    "attribute": ["service_id", "taxonomy_term_id"],
    "pathway_step": ["service_id", "next_service_id"],
    "round": ["service_id"],
}


def upgrade() -> None:
    organizations()
    services()
    details_of_services()
    vocabularies()
    links_of_services()
    places()
    words_and_generation()
    for table, columns in INDEXES.items():
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    for table, columns in INDEXES.items():
        for column in columns:
            op.drop_index(f"ix_{table}_{column}", table)
    for table in (
        "catalogue_generation",
        "synonym",
        "postal_place",
        "county",
        "round",
        "pathway_step",
        "attribute",
        "taxonomy_term",
        "taxonomy",
        "cost_option",
        "service_area",
        "phone",
        "service",
        "location",
        "organization",
    ):
        op.drop_table(table)


def organizations() -> None:
    op.create_table(
        "organization",
        sa.Column("id", sa.Uuid(), nullable=False),
        text("slug"),
        text("name"),
        text("alternate_name"),
        text("kind"),
        text("description"),
        text("website"),
        text("county"),
        sa.Column("year_incorporated", sa.Integer()),
        text("evidence"),
        text("source_url"),
        number("position"),
        sa.Column("last_modified", sa.DateTime(timezone=True), nullable=False),
        primary_key("organization"),
        unique("organization", "slug"),
    )
    op.create_table(
        "location",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        text("location_type"),
        text("city"),
        text("state_province"),
        text("postal_code"),
        sa.Column("latitude", sa.Double()),
        sa.Column("longitude", sa.Double()),
        sa.Column("is_approximate", sa.Boolean(), nullable=False),
        primary_key("location"),
        reference("location", "organization_id", "organization"),
    )


def services() -> None:
    op.create_table(
        "service",
        sa.Column("id", sa.Uuid(), nullable=False),
        text("slug"),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        text("name"),
        text("alternate_name"),
        text("short_description"),
        text("description"),
        text("url"),
        text("application_url"),
        text("email"),
        text("status"),
        text("fees_description"),
        text("eligibility_description"),
        sa.Column("minimum_employees", sa.Integer()),
        sa.Column("maximum_employees", sa.Integer()),
        text("evidence"),
        text("source_url"),
        text("evidence_as_of"),
        sa.Column("assured_date", sa.Date()),
        sa.Column("assurer_email", sa.Text()),
        number("position"),
        sa.Column("last_modified", sa.DateTime(timezone=True), nullable=False),
        primary_key("service"),
        unique("service", "slug"),
        reference("service", "organization_id", "organization"),
    )


def details_of_services() -> None:
    of_service("phone", text("number"), text("type"))
    of_service("service_area", text("name"), number("position"))
    of_service("cost_option", text("option"))
    of_service(
        "round",
        sa.Column("opens_on", sa.Date()),
        sa.Column("closes_on", sa.Date()),
        text("recurs"),
        sa.CheckConstraint(
            "opens_on is null or closes_on is null or opens_on <= closes_on",
            name=op.f("ck_round_order"),
        ),
    )


def vocabularies() -> None:
    op.create_table(
        "taxonomy",
        sa.Column("id", sa.Uuid(), nullable=False),
        text("slug"),
        text("name"),
        text("description"),
        text("version"),
        sa.Column("is_facet", sa.Boolean(), nullable=False),
        number("position"),
        primary_key("taxonomy"),
        unique("taxonomy", "slug"),
    )
    op.create_table(
        "taxonomy_term",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("taxonomy_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid()),
        text("code"),
        text("name"),
        text("description"),
        text("aliases"),
        sa.Column("covers_all", sa.Boolean(), nullable=False),
        number("position"),
        primary_key("taxonomy_term"),
        unique("taxonomy_term", "taxonomy_id", "code"),
        reference("taxonomy_term", "taxonomy_id", "taxonomy"),
        reference("taxonomy_term", "parent_id", "taxonomy_term"),
    )


def links_of_services() -> None:
    of_service(
        "attribute",
        sa.Column("taxonomy_term_id", sa.Uuid(), nullable=False),
        text("value"),
        text("label"),
        number("position"),
        unique("attribute", "service_id", "taxonomy_term_id"),
        reference("attribute", "taxonomy_term_id", "taxonomy_term"),
        sa.CheckConstraint("value in ('', 'dedicated', 'open')", name=op.f("ck_attribute_value")),
    )
    of_service(
        "pathway_step",
        sa.Column("next_service_id", sa.Uuid(), nullable=False),
        number("position"),
        unique("pathway_step", "service_id", "next_service_id"),
        reference("pathway_step", "next_service_id", "service"),
    )


def places() -> None:
    op.create_table(
        "county",
        sa.Column("id", sa.Uuid(), nullable=False),
        text("name"),
        text("region"),
        text("also_regions"),
        text("places"),
        number("position"),
        primary_key("county"),
        unique("county", "name"),
    )
    op.create_table(
        "postal_place",
        text("postal_code"),
        text("city"),
        text("county"),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        primary_key("postal_place", "postal_code"),
    )


def words_and_generation() -> None:
    op.create_table(
        "synonym",
        sa.Column("id", sa.Uuid(), nullable=False),
        text("term"),
        text("synonyms"),
        number("position"),
        primary_key("synonym"),
        unique("synonym", "term"),
    )
    op.create_table(
        "catalogue_generation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        number("number"),
        primary_key("catalogue_generation"),
    )


def of_service(table: str, *columns: Any) -> None:
    """Create a table whose rows belong to a service."""
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        *columns,
        primary_key(table),
        reference(table, "service_id", "service"),
    )


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def primary_key(table: str, column: str = "id") -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(column, name=op.f(f"pk_{table}"))


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
