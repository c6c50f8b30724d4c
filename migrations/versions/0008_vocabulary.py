"""Vocabularies: what managers changed, and its versions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vocabulary_override",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_vocabulary_override")),
    )
    op.create_table(
        "vocabulary_revision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("author_label", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vocabulary_revision")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_vocabulary_revision_author_id")
        ),
        sa.UniqueConstraint(
            "kind", "key", "number", name=op.f("uq_vocabulary_revision_kind_key_number")
        ),
        sa.CheckConstraint(
            "kind in ('contact', 'synonyms', 'needs', 'topics', 'pathways')",
            name=op.f("ck_vocabulary_revision_kind"),
        ),
    )
    op.create_index(op.f("ix_vocabulary_revision_author_id"), "vocabulary_revision", ["author_id"])


def downgrade() -> None:
    op.drop_table("vocabulary_revision")
    op.drop_table("vocabulary_override")
