"""The insertion of many rows at once, without an object for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, SQLModel

Row = dict[str, Any]


def insert_numbered(session: Session, table: type[SQLModel], rows: Sequence[Row]) -> list[int]:
    """Insert rows and return their numbers in the same order.

    Args:
        session: A transaction that writes.
        table: A table with a column that is marked as the sentinel.
        rows: The values of all columns that have no default in the database, alike in every row.
    """
    if not rows:
        return []
    session.flush()
    columns = table.__table__  # type: ignore[attr-defined]  # every class with table=True has one
    statement = insert(columns).returning(columns.c.id, sort_by_parameter_order=True)
    return [number for (number,) in session.connection().execute(statement, rows)]


def insert_rows(session: Session, table: type[SQLModel], rows: Sequence[Row]) -> None:
    """Insert rows whose numbers nobody asks for."""
    if rows:
        session.flush()
        session.connection().execute(insert(table), rows)
