"""The study itself: one row."""

from __future__ import annotations

from sqlmodel import Session, select

from quotegrid.storage.tables import StudyRow


def study_guid(session: Session) -> str:
    """Return the study's GUID."""
    return session.exec(select(StudyRow.guid)).one()
