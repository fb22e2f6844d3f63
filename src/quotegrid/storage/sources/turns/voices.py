"""The amount that each speaker says in the sources of a study."""

from __future__ import annotations

from typing import Any

import sqlalchemy
from sqlalchemy import case, func
from sqlmodel import Session, col, select

from quotegrid.domain.sources.model import SourceKind
from quotegrid.domain.sources.voices import Talk, Voice
from quotegrid.storage.tables import SourceRow, TurnRow

_MOST_SPEAKERS = 40
"""The most labels of a talk; beyond it a source is a table of answers."""


def talks_of_sources(session: Session) -> dict[str, Talk]:
    """Return the speakers of each transcript in which several speak, by its name, in order of import."""
    labels = func.count(col(TurnRow.label).distinct())
    several = (
        select(TurnRow.source_id)
        .group_by(col(TurnRow.source_id))
        .having(labels > 1, labels <= _MOST_SPEAKERS)
    )
    said: list[Any] = [
        SourceRow.name,
        TurnRow.label,
        func.count(),
        func.sum(col(TurnRow.end) - col(TurnRow.start)),
        func.max(case((col(TurnRow.is_interviewer), 1), else_=0)),
    ]
    rows = session.connection().execute(
        sqlalchemy.select(*said)
        .join_from(SourceRow, TurnRow, col(TurnRow.source_id) == SourceRow.id)
        .where(col(SourceRow.kind) == SourceKind.TRANSCRIPT.value, col(TurnRow.source_id).in_(several))
        .group_by(col(SourceRow.id), col(SourceRow.name), col(TurnRow.label))
        .order_by(col(SourceRow.id))
    )
    talks: dict[str, list[Voice]] = {}
    for name, label, turns, length, asks in rows:
        talks.setdefault(name, []).append(Voice(label or "", turns, length, asks=bool(asks)))
    return dict(talks)
