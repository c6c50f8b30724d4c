"""Clocks of referrals: when the worker looks again, and how long each program may take."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "referral_clock",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_referral_clock_referral_id")
        ),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_referral_clock")),
    )
    op.create_index(op.f("ix_referral_clock_at"), "referral_clock", ["at"])
    op.create_table(
        "service_limit",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("response_days", sa.Integer(), nullable=False),
        sa.Column("contact_days", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "response_days between 1 and 30 and contact_days between 1 and 60",
            name=op.f("ck_service_limit_days"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_service_limit_service_id")
        ),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_service_limit")),
    )


def downgrade() -> None:
    op.drop_table("service_limit")
    op.drop_table("referral_clock")
