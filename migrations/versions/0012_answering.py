"""Answering requests: saved replies, codes, calendar addresses, introductions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)

COUNTED = [
    "organization_id",
    "via_navigator",
    "status",
    "mover",
    "due_at",
    "assignee_id",
    "sent_at",
    "reference",
    "id",
]


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    name = "referral_saved_reply"
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        _foreign(name, "organization_id", "organization.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint(
            "organization_id", "name", name=op.f(f"uq_{name}_organization_id_name")
        ),
    )
    name = "referral_answer_code"
    op.create_table(
        name,
        sa.Column("link_digest", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        _foreign(name, "link_digest", "referral_link.digest"),
        sa.PrimaryKeyConstraint("link_digest", name=op.f(f"pk_{name}")),
    )
    name = "referral_calendar_address"
    op.create_table(
        name,
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        _foreign(name, "account_id", "account.id"),
        sa.PrimaryKeyConstraint("account_id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("digest", name=op.f(f"uq_{name}_digest")),
    )
    name = "referral_introduction"
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("consent_text", sa.Text(), nullable=False),
        sa.Column("consented_at", TIME, nullable=True),
        sa.Column("refused_at", TIME, nullable=True),
        _foreign(name, "referral_id", "referral.id"),
        _foreign(name, "made_by_id", "account.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("digest", name=op.f(f"uq_{name}_digest")),
    )
    op.create_index(op.f(f"ix_{name}_referral_id"), name, ["referral_id"])
    op.create_index("ix_referral_counted", "referral", COUNTED)


def downgrade() -> None:
    op.drop_index("ix_referral_counted", "referral")
    for table in (
        "referral_introduction",
        "referral_calendar_address",
        "referral_answer_code",
        "referral_saved_reply",
    ):
        op.drop_table(table)
