"""Digests of the tables to which rows are only ever added, by which a later change of a row is noticed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from sqlalchemy import text
from sqlmodel import Session, SQLModel

from quotegrid.storage.schema import HEAD
from quotegrid.storage.tables import (
    CaseChangeRow,
    CodebookVersionRow,
    DecisionRow,
    ExemplarRow,
    ExportRow,
    JournalRow,
    MemoChangeRow,
    PublishedTableRow,
    SourceArchiveRow,
    SourceChangeRow,
    SummaryRow,
    TakenTableRow,
    TurnChangeRow,
    WithdrawalRow,
    now,
)

_TABLES: tuple[type[SQLModel], ...] = (
    JournalRow,
    CaseChangeRow,
    CodebookVersionRow,
    DecisionRow,
    ExemplarRow,
    ExportRow,
    MemoChangeRow,
    PublishedTableRow,
    SourceArchiveRow,
    SourceChangeRow,
    SummaryRow,
    TakenTableRow,
    TurnChangeRow,
    WithdrawalRow,
)
LOGS = tuple(str(table.__tablename__) for table in _TABLES)
"""The names of the tables to which rows are only ever added."""
_ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class LogDigest:
    """The digest of a table's rows up to one of them."""

    last: int
    """The number of the last row, 0 where there is none."""
    digest: str
    """SHA-256 of the rows as they are stored."""
    schema: str = HEAD
    at: str = field(default="", compare=False)
    """The time at which it was worked out."""


def log_digest(session: Session, table: str, last: int | None = None) -> LogDigest:
    """Return the digest of one of `LOGS`.

    Args:
        session: A session.
        table: The table's name.
        last: The last row to include; None for all.
    """
    until = "" if last is None else f" WHERE id <= {last}"
    # As they are stored: a damaged value is to change the digest, not to stop it.
    rows = session.connection().execute(
        text(f'SELECT * FROM "{table}"{until} ORDER BY id').execution_options(yield_per=_ROWS_AT_ONCE)  # noqa: S608 - names of ours and a number
    )
    place = list(rows.keys()).index("id")
    summed = hashlib.sha256()
    newest = 0
    for row in rows:
        newest = row[place]
        summed.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
    return LogDigest(newest, summed.hexdigest(), at=now())


def all_log_digests(session: Session) -> dict[str, LogDigest]:
    """Return the digests of all of `LOGS` as they are now, by table."""
    return {table: log_digest(session, table) for table in LOGS}
