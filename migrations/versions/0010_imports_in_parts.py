"""How many rows of a confirmed import are written, so that one that broke off goes on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_journal",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_import_journal")),
        sa.ForeignKeyConstraint(
            ["job_id"], ["import_job.id"], name=op.f("fk_import_journal_job_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("import_journal")
