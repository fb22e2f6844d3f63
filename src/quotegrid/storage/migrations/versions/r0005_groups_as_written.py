"""Groups as they were written, and the settings that the standing ones follow from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_COLUMNS = {"case_value": "written", "study": "joined"}


def upgrade() -> None:
    """Add the written form of cases' values, and the joined spellings that were last followed."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table, column in _COLUMNS.items():
        op.add_column(table, sa.Column(column, sa.String(), nullable=False, server_default=""))
        if is_postgresql:
            op.execute(f'ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar COLLATE "C"')
