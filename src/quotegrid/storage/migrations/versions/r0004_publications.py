"""Records of what each publication told, and of which were withdrawn."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from quotegrid.storage.migrations import postgresql, sqlite

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_LOGS = {"published_table": "published tables", "withdrawal": "withdrawals"}


def upgrade() -> None:
    """Add the tables that publications told, and the log of what was withdrawn."""
    op.create_table(
        "published_table",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["export_id"], ["export.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_published_table_export_id", "published_table", ["export_id"], unique=False)
    op.create_table(
        "withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("never_left", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"]),
        sa.ForeignKeyConstraint(["export_id"], ["export.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("entry_id"),
    )
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table, what in _LOGS.items():
        if is_postgresql:
            postgresql.watch(table)
            postgresql.only_added(table, what)
        else:
            sqlite.only_added(table, what, unique=("id",))
