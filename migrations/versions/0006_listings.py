"""Listings: stories, successors, versions, changes on the way, modes of publishing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
KIND = "kind in ('service', 'organization')"
STATUS = "status in ('draft', 'waiting', 'returned', 'published', 'discarded')"


def upgrade() -> None:
    op.create_table(
        "story",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_story")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_story_service_id")),
    )
    op.create_table(
        "successor",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("successor_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_successor")),
        sa.CheckConstraint("service_id <> successor_id", name=op.f("ck_successor_another")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_successor_service_id")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["service.id"], name=op.f("fk_successor_successor_id")
        ),
    )
    op.create_index(op.f("ix_successor_successor_id"), "successor", ["successor_id"])
    op.create_table(
        "publishing_mode",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("is_at_once", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("pk_publishing_mode")),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_publishing_mode_organization_id"),
        ),
    )
    op.create_table(
        "listing_revision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("author_label", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_revision")),
        sa.UniqueConstraint(
            "listing_id", "number", name=op.f("uq_listing_revision_listing_id_number")
        ),
        sa.CheckConstraint(KIND, name=op.f("ck_listing_revision_kind")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_listing_revision_author_id")
        ),
    )
    _create_changes()


def _create_changes() -> None:
    op.create_table(
        "listing_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("base_number", sa.Integer(), nullable=False),
        sa.Column("typed_json", sa.Text(), nullable=False),
        sa.Column("content_json", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("sent_at", TIME, nullable=True),
        sa.Column("decided_at", TIME, nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_change")),
        sa.CheckConstraint(KIND, name=op.f("ck_listing_change_kind")),
        sa.CheckConstraint(STATUS, name=op.f("ck_listing_change_status")),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_listing_change_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_listing_change_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_listing_change_decided_by_id")
        ),
    )
    for column in ("listing_id", "organization_id", "author_id", "status"):
        op.create_index(op.f(f"ix_listing_change_{column}"), "listing_change", [column])


def downgrade() -> None:
    op.drop_table("listing_change")
    op.drop_table("listing_revision")
    op.drop_table("publishing_mode")
    op.drop_table("successor")
    op.drop_table("story")
