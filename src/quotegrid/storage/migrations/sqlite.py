"""The schema's parts for SQLite besides tables."""

from __future__ import annotations

from collections.abc import Sequence

from alembic import op


def only_added(table: str, what: str, unique: Sequence[str] = ("id", "guid")) -> None:
    """Refuse whatever would change or remove a row of a table.

    Args:
        table: The table.
        what: What its rows are called.
        unique: The columns of which no two rows may have the same.
    """
    refuse = f"BEGIN SELECT RAISE(ABORT, '{what} are only ever added'); END"
    for verb in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {refuse}")
    # INSERT OR REPLACE removes a row without asking the trigger on DELETE.
    same = " OR ".join(f"{column} = NEW.{column}" for column in unique)
    known = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - names of ours
    op.execute(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {known} {refuse}")
