"""Follow-ups, the unmet-need ledger, demand of plans, how long requests are kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
TABLES = (
    "referral_retention",
    "plan_demand",
    "unmet_need_change",
    "unmet_need",
    "referral_follow_up_stop",
    "referral_follow_up",
)
PLAN_KEY = ("day", "kind", "need", "form", "industry", "region")


def upgrade() -> None:
    op.create_table(
        "referral_follow_up",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("link_digest", sa.Text(), nullable=False),
        sa.Column("sent_at", TIME, nullable=False),
        sa.Column("answered_at", TIME, nullable=True),
        sa.Column("event_number", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "stage in ('day14', 'day90', 'month6', 'month12')",
            name=op.f("ck_referral_follow_up_stage"),
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_referral_follow_up_referral_id")
        ),
        sa.ForeignKeyConstraint(
            ["link_digest"],
            ["referral_link.digest"],
            name=op.f("fk_referral_follow_up_link_digest"),
        ),
        sa.ForeignKeyConstraint(
            ["event_number"],
            ["referral_event.number"],
            name=op.f("fk_referral_follow_up_event_number"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_follow_up")),
        sa.UniqueConstraint(
            "referral_id", "stage", name=op.f("uq_referral_follow_up_referral_id_stage")
        ),
        sa.UniqueConstraint("link_digest", name=op.f("uq_referral_follow_up_link_digest")),
    )
    op.create_table(
        "referral_follow_up_stop",
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("stopped_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["episode_id"],
            ["referral_episode.id"],
            name=op.f("fk_referral_follow_up_stop_episode_id"),
        ),
        sa.PrimaryKeyConstraint("episode_id", name=op.f("pk_referral_follow_up_stop")),
    )
    op.create_table(
        "unmet_need",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("industry", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status in ('open', 'assigned', 'answered')", name=op.f("ck_unmet_need_status")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_unmet_need_owner_id")),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["service.id"], name=op.f("fk_unmet_need_answered_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unmet_need")),
        sa.UniqueConstraint(
            "form", "industry", "region", name=op.f("uq_unmet_need_form_industry_region")
        ),
    )
    op.create_table(
        "unmet_need_change",
        sa.Column("unmet_need_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unmet_need_id"], ["unmet_need.id"], name=op.f("fk_unmet_need_change_unmet_need_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_unmet_need_change_by_id")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["account.id"], name=op.f("fk_unmet_need_change_owner_id")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["service.id"], name=op.f("fk_unmet_need_change_answered_by_id")
        ),
        sa.PrimaryKeyConstraint("unmet_need_id", "version", name=op.f("pk_unmet_need_change")),
    )
    op.create_table(
        "plan_demand",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("industry", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind in ('no-dedicated', 'none-of-these')", name=op.f("ck_plan_demand_kind")
        ),
        sa.CheckConstraint("count > 0", name=op.f("ck_plan_demand_count")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_demand")),
        sa.UniqueConstraint(
            *PLAN_KEY, name=op.f("uq_plan_demand_day_kind_need_form_industry_region")
        ),
    )
    op.create_table(
        "referral_retention",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_referral_retention_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_retention")),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
