"""Referrals: requests, their events as a chain, links, the navigator, pauses of intake."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
TABLES = (
    "referral_event_details",
    "referral_link",
    "referral_event",
    "referral_details",
    "referral",
    "intake_pause",
    "referral_episode",
    "navigator",
    "referral_chain_head",
)
# Events are written once: neither a slip nor a break-in through the portal can rewrite them.
SQLITE_TRIGGERS = [
    f"create trigger referral_event_no_{verb} before {verb} on referral_event "
    "begin select raise(abort, 'events of referrals are append-only'); end"
    for verb in ("update", "delete")
]
POSTGRESQL_TRIGGERS = [
    "create function refuse_referral_event_change() returns trigger language plpgsql as "
    "$$ begin raise exception 'events of referrals are append-only'; end $$",
    "create trigger referral_event_append_only before update or delete or truncate "
    "on referral_event for each statement execute function refuse_referral_event_change()",
]
BEGINNING = "0" * 64


def upgrade() -> None:
    head = op.create_table(
        "referral_chain_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_chain_head")),
    )
    op.create_table(
        "navigator",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("named_at", TIME, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_navigator_one")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_navigator_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_navigator")),
        sa.UniqueConstraint("organization_id", name=op.f("uq_navigator_organization_id")),
    )
    op.create_table(
        "referral_episode",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("is_warm", sa.Boolean(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("creator_id", sa.Uuid(), nullable=True),
        sa.Column("creator_organization_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("industry", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("size", sa.Text(), nullable=False),
        sa.Column("contact_digest", sa.Text(), nullable=False),
        sa.Column("held_at", TIME, nullable=True),
        sa.Column("held_for", sa.Text(), nullable=False),
        sa.Column("released_at", TIME, nullable=True),
        sa.Column("released_by_id", sa.Uuid(), nullable=True),
        sa.Column("shares_with_state", sa.Boolean(), nullable=False),
        sa.Column("shares_text", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "channel in ('web', 'phone', 'staff')", name=op.f("ck_referral_episode_channel")
        ),
        sa.CheckConstraint(
            "kind in ('help', 'introduction')", name=op.f("ck_referral_episode_kind")
        ),
        sa.ForeignKeyConstraint(
            ["creator_id"], ["account.id"], name=op.f("fk_referral_episode_creator_id")
        ),
        sa.ForeignKeyConstraint(
            ["creator_organization_id"],
            ["organization.id"],
            name=op.f("fk_referral_episode_creator_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["released_by_id"], ["account.id"], name=op.f("fk_referral_episode_released_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_episode")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_referral_episode_idempotency_key")),
    )
    op.create_index(
        "ix_referral_episode_contact", "referral_episode", ["contact_digest", "created_at"]
    )
    op.create_index(op.f("ix_referral_episode_created_at"), "referral_episode", ["created_at"])
    op.create_table(
        "intake_pause",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_intake_pause_service_id")
        ),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_intake_pause")),
    )
    op.create_table(
        "referral",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("via_navigator", sa.Boolean(), nullable=False),
        sa.Column("consent_version", sa.Text(), nullable=False),
        sa.Column("consent_text", sa.Text(), nullable=False),
        sa.Column("consent_at", TIME, nullable=True),
        sa.Column("knew_before", sa.Text(), nullable=False),
        sa.Column("response_days", sa.Integer(), nullable=False),
        sa.Column("contact_days", sa.Integer(), nullable=False),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
        sa.Column("contact_name", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("since_at", TIME, nullable=False),
        sa.Column("begun_at", TIME, nullable=False),
        sa.Column("sent_at", TIME, nullable=True),
        sa.Column("answered_at", TIME, nullable=True),
        sa.Column("waiting_since", TIME, nullable=True),
        sa.Column("response_due_at", TIME, nullable=True),
        sa.Column("left_days", sa.Integer(), nullable=True),
        sa.Column("mover", sa.Text(), nullable=False),
        sa.Column("due_at", TIME, nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "mover in ('company', 'program', 'navigator', '')", name=op.f("ck_referral_mover")
        ),
        sa.ForeignKeyConstraint(
            ["assignee_id"], ["account.id"], name=op.f("fk_referral_assignee_id")
        ),
        sa.ForeignKeyConstraint(
            ["episode_id"], ["referral_episode.id"], name=op.f("fk_referral_episode_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_referral_organization_id")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["referral.id"], name=op.f("fk_referral_parent_id")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_referral_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint(
            "episode_id", "service_id", name=op.f("uq_referral_episode_id_service_id")
        ),
        sa.UniqueConstraint("reference", name=op.f("uq_referral_reference")),
    )
    op.create_index(op.f("ix_referral_episode_id"), "referral", ["episode_id"])
    op.create_index("ix_referral_inbox", "referral", ["organization_id", "mover", "due_at"])
    op.create_index("ix_referral_navigator", "referral", ["via_navigator", "mover", "due_at"])
    op.create_index(op.f("ix_referral_parent_id"), "referral", ["parent_id"])
    op.create_index(op.f("ix_referral_service_id"), "referral", ["service_id"])
    op.create_index("ix_referral_status", "referral", ["status", "since_at"])
    op.create_table(
        "referral_details",
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("need_text", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("postal_code", sa.Text(), nullable=False),
        sa.Column("employees", sa.Integer(), nullable=True),
        sa.Column("best_time", sa.Text(), nullable=False),
        sa.Column("erased_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["episode_id"], ["referral_episode.id"], name=op.f("fk_referral_details_episode_id")
        ),
        sa.PrimaryKeyConstraint("episode_id", name=op.f("pk_referral_details")),
    )
    op.create_table(
        "referral_event",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("personal", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind in ('move', 'note', 'reminder', 'other')", name=op.f("ck_referral_event_kind")
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["account.id"], name=op.f("fk_referral_event_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_referral_event_referral_id")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_referral_event")),
        sa.UniqueConstraint("digest", name=op.f("uq_referral_event_digest")),
    )
    op.create_index(op.f("ix_referral_event_referral_id"), "referral_event", ["referral_id"])
    op.create_table(
        "referral_link",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("revoked_at", TIME, nullable=True),
        sa.CheckConstraint(
            "purpose in ('confirm', 'consent', 'track', 'answer', 'follow_up')",
            name=op.f("ck_referral_link_purpose"),
        ),
        sa.ForeignKeyConstraint(
            ["episode_id"], ["referral_episode.id"], name=op.f("fk_referral_link_episode_id")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_referral_link_referral_id")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_referral_link")),
    )
    op.create_index(op.f("ix_referral_link_episode_id"), "referral_link", ["episode_id"])
    op.create_index(op.f("ix_referral_link_referral_id"), "referral_link", ["referral_id"])
    op.create_table(
        "referral_event_details",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["referral_event.number"], name=op.f("fk_referral_event_details_number")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_referral_event_details")),
    )

    op.bulk_insert(head, [{"id": 1, "number": 0, "digest": BEGINNING}])
    name = op.get_bind().dialect.name
    for trigger in SQLITE_TRIGGERS if name == "sqlite" else POSTGRESQL_TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute("drop trigger referral_event_append_only on referral_event")
        op.execute("drop function refuse_referral_event_change()")
    for table in TABLES:
        op.drop_table(table)
