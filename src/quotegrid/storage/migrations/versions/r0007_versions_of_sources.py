"""Sources that are set aside, and what hung on them then."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from quotegrid.storage.migrations import postgresql, sqlite

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_WHAT = "sources set aside"


def upgrade() -> None:
    """Add the mark of sources that are set aside, what an undo puts back, and the options of reading."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    op.add_column("source", sa.Column("is_aside", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("source_change", sa.Column("options", sa.JSON(), nullable=False, server_default="{}"))
    op.create_table(
        "source_archive",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("instead_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"]),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"]),
        sa.ForeignKeyConstraint(["instead_id"], ["source.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("entry_id"),
    )
    for column in ("source_id", "instead_id"):
        op.create_index(f"ix_source_archive_{column}", "source_archive", [column], unique=False)
    if is_postgresql:
        postgresql.watch("source_archive")
        postgresql.only_added("source_archive", _WHAT)
    else:
        sqlite.only_added("source_archive", _WHAT, unique=("id", "entry_id"))
    op.execute(
        "CREATE VIEW source_in_use AS "  # noqa: S608 - a condition of ours
        "SELECT id, guid, name, kind, title, date, area, text, text_hash, word_hash, file_hash, path, pages, "
        "repairs, language, language_is_set, imported_at "
        f"FROM source WHERE {'NOT is_aside' if is_postgresql else 'is_aside = 0'}"
    )
