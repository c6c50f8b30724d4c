"""Anonymous demand: searches that found nothing or almost nothing, counted by day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = ("day", "words", "facets", "near", "kind")


def upgrade() -> None:
    op.create_table(
        "search_demand",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("facets", sa.Text(), nullable=False),
        sa.Column("near", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_demand")),
        sa.UniqueConstraint(*KEY, name=op.f("uq_search_demand_day_words_facets_near_kind")),
        sa.CheckConstraint("kind in ('zero', 'near-zero')", name=op.f("ck_search_demand_kind")),
        sa.CheckConstraint("count > 0", name=op.f("ck_search_demand_count")),
    )


def downgrade() -> None:
    op.drop_table("search_demand")
