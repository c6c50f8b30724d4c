"""Merging: which organization replaces a closed one, what was merged, what is not the same."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
KIND = "kind in ('service', 'organization')"


def upgrade() -> None:
    op.create_table(
        "organization_successor",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("successor_id", sa.Uuid(), nullable=False),
        sa.Column("given_up", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("pk_organization_successor")),
        sa.CheckConstraint(
            "organization_id <> successor_id", name=op.f("ck_organization_successor_another")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_organization_successor_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"],
            ["organization.id"],
            name=op.f("fk_organization_successor_successor_id"),
        ),
    )
    op.create_index(
        op.f("ix_organization_successor_successor_id"), "organization_successor", ["successor_id"]
    )
    op.create_table(
        "distinct_pair",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=False),
        sa.Column("decided_at", TIME, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("undone_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distinct_pair")),
        sa.CheckConstraint(KIND, name=op.f("ck_distinct_pair_kind")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_distinct_pair_decided_by_id")
        ),
    )
    op.create_index(op.f("ix_distinct_pair_decided_by_id"), "distinct_pair", ["decided_by_id"])
    op.create_table(
        "merged_listing",
        sa.Column("gone_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("merged_by_id", sa.Uuid(), nullable=False),
        sa.Column("merged_at", TIME, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("moved_json", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("gone_id", name=op.f("pk_merged_listing")),
        sa.CheckConstraint(KIND, name=op.f("ck_merged_listing_kind")),
        sa.CheckConstraint("gone_id <> kept_id", name=op.f("ck_merged_listing_another")),
        sa.ForeignKeyConstraint(
            ["merged_by_id"], ["account.id"], name=op.f("fk_merged_listing_merged_by_id")
        ),
    )
    op.create_index(op.f("ix_merged_listing_merged_by_id"), "merged_listing", ["merged_by_id"])


def downgrade() -> None:
    for table in ("merged_listing", "distinct_pair", "organization_successor"):
        op.drop_table(table)
