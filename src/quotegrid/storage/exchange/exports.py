"""The record of every file that the study has written, and the state of the study's data."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from quotegrid.domain.coding.journal import EntryKind
from quotegrid.storage.engines.row_numbers import stored_id
from quotegrid.storage.journal import add_entry
from quotegrid.storage.tables import (
    AreaValueRow,
    CaseChangeRow,
    CaseValueRow,
    CoderRow,
    CodingRow,
    DecisionRow,
    ExportRow,
    JournalRow,
    SourceRow,
    SuggestionRow,
    SummaryRow,
)


def add_export(session: Session, by: str, **record: Any) -> int:
    """Add the record of a file, and return its number.

    Args:
        session: A transaction that writes.
        by: The name of the writer.
        record: The fields of `ExportRow`.
    """
    kind = EntryKind.PUBLICATION if record["is_published"] else EntryKind.EXPORT
    row = ExportRow(entry_id=add_entry(session, kind, by), **record)
    session.add(row)
    session.flush()
    return stored_id(row.id)


def writer_of(session: Session, row: ExportRow) -> str:
    """Return the name of the writer of a file."""
    return session.get_one(JournalRow, row.entry_id).by


def find_export(session: Session, *, name: str | None, file_hash: str) -> ExportRow | None:
    """Return the latest record of a file by the name in its manifest, or else by its bytes."""
    chosen = col(ExportRow.file_hash) == file_hash
    if name is not None:
        chosen = or_(chosen, col(ExportRow.guid) == name)
    return session.exec(select(ExportRow).where(chosen).order_by(col(ExportRow.id).desc())).first()


def find_export_at(session: Session, path: str) -> ExportRow | None:
    """Return the latest record of a file that was written to a path."""
    chosen = select(ExportRow).where(ExportRow.path == path).order_by(col(ExportRow.id).desc())
    return session.exec(chosen).first()


def list_exports(session: Session) -> list[tuple[ExportRow, str]]:
    """Return the records of all files and who wrote each, oldest first, readable when the session ends."""
    query = select(ExportRow, JournalRow.by).join(JournalRow, col(JournalRow.id) == ExportRow.entry_id)
    rows = list(session.exec(query.order_by(col(ExportRow.id))))
    for row, _ in rows:
        session.expunge(row)
    return rows


def data_state(session: Session) -> dict[str, Any]:
    """Return fingerprints of the study's data, part by part, to tell whether it has changed."""

    def last(model: Any) -> int:
        return int(session.exec(select(func.coalesce(func.max(model.id), 0))).one())

    def last_of(kind: EntryKind) -> int:
        query = select(func.coalesce(func.max(JournalRow.id), 0)).where(JournalRow.kind == kind.value)
        return int(session.exec(query).one() or 0)

    def hashed(rows: Any) -> str:
        running = hashlib.sha256()
        for row in rows:
            running.update(repr(tuple(row)).encode())
        return running.hexdigest()

    return {
        "decision": last(DecisionRow),
        "case_change": last(CaseChangeRow),
        "summary": last(SummaryRow),
        "read": last_of(EntryKind.READ),
        "turns": last_of(EntryKind.TURNS),
        "codings": session.exec(select(func.count()).select_from(CodingRow)).one(),
        "sources": hashed(
            session.exec(select(SourceRow.name, SourceRow.text_hash).order_by(col(SourceRow.name)))
        ),
        "attributes": hashed(
            [
                *(
                    sorted(
                        repr(sorted(row.model_dump(exclude={"written"}).items()))
                        for row in session.exec(select(model))
                    )
                    for model in (CaseValueRow, AreaValueRow)
                )
            ]
        ),
        "suggestions": hashed(
            session.exec(
                select(SuggestionRow.segment_id, SuggestionRow.code_id).order_by(
                    col(SuggestionRow.segment_id), col(SuggestionRow.code_id)
                )
            )
        ),
    }


def decisions_after(session: Session, number: int) -> dict[str, int]:
    """Count the decisions that each coder made after the one with a number."""
    rows = session.exec(
        select(CoderRow.name, func.count())
        .join(DecisionRow, col(DecisionRow.coder_id) == CoderRow.id)
        .where(col(DecisionRow.id) > number)
        .group_by(col(CoderRow.name))
        .order_by(col(CoderRow.name))
    )
    return {name: count for name, count in rows}  # noqa: C416 - rows are no pairs to mypy
