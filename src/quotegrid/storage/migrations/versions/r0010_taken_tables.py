"""The values that a table of attributes changed, so that taking it in can be undone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from quotegrid.storage.migrations import postgresql, sqlite

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the log of what tables changed."""
    op.create_table(
        "taken_table",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("guid"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute('ALTER TABLE taken_table ALTER COLUMN guid TYPE varchar COLLATE "C"')
        postgresql.watch("taken_table")
        postgresql.only_added("taken_table", "what tables changed")
    else:
        sqlite.only_added("taken_table", "what tables changed", unique=("id", "guid"))
