"""Indexes that hold what words, decisions and coders are counted by."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_OF_SPEAKERS = ("source_id", "case_id", "group", "role", "area", "attributes", "is_idle", "words")


def upgrade() -> None:
    """Count words, decisions and coders without reading the rows themselves."""
    if op.get_bind().dialect.name != "postgresql":
        # PostgreSQL has no order of JSON, and so no such index.
        op.drop_index("ix_segment_speaker", table_name="segment")
        op.create_index("ix_segment_speaker", "segment", list(_OF_SPEAKERS), unique=False)
    op.drop_index("ix_decision_coder_id", table_name="decision")
    op.create_index("ix_decision_coder", "decision", ["coder_id", "action"], unique=False)
    op.create_index("ix_coding_coder", "coding", ["coder_id"], unique=False)
