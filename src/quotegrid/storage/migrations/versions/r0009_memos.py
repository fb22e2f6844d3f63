"""Memos on codes, cases, codings and the study, their later texts, and which codes were merged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from quotegrid.storage.migrations import postgresql, sqlite

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_WORDS = ("about_guid", "about_name", "day")


def upgrade() -> None:
    """Let memos name their subjects by GUID, and add the log of changed memos and that of merged codes."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    with op.batch_alter_table("memo") as memo:
        memo.alter_column("about_id", existing_type=sa.Integer(), nullable=True)
        memo.add_column(sa.Column("about_guid", sa.String(), nullable=True))
        memo.add_column(sa.Column("whose_id", sa.Integer(), nullable=True))
        memo.add_column(sa.Column("about_name", sa.String(), nullable=False, server_default=""))
        memo.add_column(sa.Column("day", sa.String(), nullable=True))
        memo.create_foreign_key("memo_whose_id_fkey", "coder", ["whose_id"], ["id"])
    op.create_table(
        "memo_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("memo_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"]),
        sa.ForeignKeyConstraint(["memo_id"], ["memo.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("entry_id"),
    )
    op.create_index("ix_memo_change_memo_id", "memo_change", ["memo_id"], unique=False)
    op.add_column("codebook_version", sa.Column("merged", sa.JSON(), nullable=False, server_default="[]"))
    if is_postgresql:
        for column in _WORDS:
            op.execute(f'ALTER TABLE memo ALTER COLUMN {column} TYPE varchar COLLATE "C"')
        postgresql.watch("memo_change")
        postgresql.only_added("memo_change", "changes of memos")
    else:
        sqlite.only_added("memo_change", "changes of memos", unique=("id", "entry_id"))
