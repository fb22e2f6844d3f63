"""The study itself: one row."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from quotegrid.storage.tables import JournalRow, StudyRow


def study_guid(session: Session) -> str:
    """Return the study's GUID."""
    return session.exec(select(StudyRow.guid)).one()


def begun_at(session: Session) -> datetime | None:
    """Return when the first entry of the journal was made; None where there is none."""
    first = session.exec(select(JournalRow.at).order_by(col(JournalRow.id)).limit(1)).first()
    return None if first is None else datetime.fromisoformat(first)
