"""Upkeep: contacts, links to confirm, suggestions, reminders, the ladder, checks of addresses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
TABLES = (
    "link_check",
    "daily_step",
    "sent_reminder",
    "suggestion",
    "upkeep_link",
    "reminder_stop",
    "contact",
    "ladder_setting",
    "outbox_unsubscribe",
    "standing",
)


def upgrade() -> None:
    op.create_table(
        "standing",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("rung", sa.Text(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_standing")),
        _to("standing", "service_id", "service"),
        sa.CheckConstraint("rung in ('old', 'hidden')", name=op.f("ck_standing_rung")),
    )
    op.create_table(
        "outbox_unsubscribe",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_outbox_unsubscribe")),
        _to("outbox_unsubscribe", "message_id", "outbox_message"),
    )
    op.create_table(
        "ladder_setting",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_ladder_setting")),
        sa.CheckConstraint("days > 0", name=op.f("ck_ladder_setting_days")),
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("is_alternate", sa.Boolean(), nullable=False),
        sa.Column("takes_requests", sa.Boolean(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint(
            "organization_id", "email", name=op.f("uq_contact_organization_id_email")
        ),
        _to("contact", "organization_id", "organization"),
    )
    op.create_index(op.f("ix_contact_organization_id"), "contact", ["organization_id"])
    op.create_table(
        "reminder_stop",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_stop")),
        sa.UniqueConstraint(
            "organization_id", "email", name=op.f("uq_reminder_stop_organization_id_email")
        ),
        _to("reminder_stop", "organization_id", "organization"),
    )
    op.create_index(op.f("ix_reminder_stop_organization_id"), "reminder_stop", ["organization_id"])
    op.create_table(
        "upkeep_link",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("revoked_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_upkeep_link")),
        _to("upkeep_link", "organization_id", "organization"),
        sa.CheckConstraint("purpose in ('confirm', 'stop')", name=op.f("ck_upkeep_link_purpose")),
    )
    op.create_index(op.f("ix_upkeep_link_organization_id"), "upkeep_link", ["organization_id"])
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("contact_email", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", TIME, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
        _to("suggestion", "service_id", "service"),
        _to("suggestion", "decided_by_id", "account"),
        sa.CheckConstraint(
            "state in ('open', 'accepted', 'declined')", name=op.f("ck_suggestion_state")
        ),
        sa.CheckConstraint("source in ('contact', 'public')", name=op.f("ck_suggestion_source")),
    )
    op.create_index(op.f("ix_suggestion_service_id"), "suggestion", ["service_id"])
    op.create_index(op.f("ix_suggestion_state"), "suggestion", ["state"])
    op.create_table(
        "sent_reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("reminder", sa.Text(), nullable=False),
        sa.Column("assured_on", sa.Date(), nullable=False),
        sa.Column("sent_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_reminder")),
        sa.UniqueConstraint(
            "service_id",
            "reminder",
            "assured_on",
            name=op.f("uq_sent_reminder_service_id_reminder_assured_on"),
        ),
        _to("sent_reminder", "service_id", "service"),
        sa.CheckConstraint(
            "reminder in ('first', 'again', 'alternate')", name=op.f("ck_sent_reminder_reminder")
        ),
    )
    op.create_index(op.f("ix_sent_reminder_service_id"), "sent_reminder", ["service_id"])
    op.create_table(
        "daily_step",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("done_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("day", "name", name=op.f("pk_daily_step")),
    )
    op.create_table(
        "link_check",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("checked_at", TIME, nullable=True),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("leased_until", TIME, nullable=True),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_link_check")),
        sa.CheckConstraint(
            "outcome in ('', 'answers', 'broken', 'unclear', 'refused')",
            name=op.f("ck_link_check_outcome"),
        ),
    )
    op.create_index(op.f("ix_link_check_host"), "link_check", ["host"])
    op.create_index(op.f("ix_link_check_due_at"), "link_check", ["due_at"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
