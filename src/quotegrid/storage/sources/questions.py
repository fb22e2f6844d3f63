"""The interviewer's questions before each segment's turn."""

from __future__ import annotations

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from quotegrid.storage.tables import SegmentRow, SourceRow, TurnRow


def questions_before(session: Session) -> dict[int, str]:
    """Return the interviewer's turn before the turn of each segment, by the segment's number.

    Segments without one are left out: quotes of reports, turns that follow another participant's.
    """
    asked = aliased(TurnRow)
    rows = session.exec(
        select(SegmentRow.id, SegmentRow.source_id, asked.start, asked.end)
        .join(TurnRow, col(TurnRow.id) == SegmentRow.turn_id)
        .join(
            asked,
            (col(asked.source_id) == TurnRow.source_id) & (col(asked.position) == TurnRow.position - 1),
        )
        .where(col(asked.is_interviewer))
    )
    texts: dict[int | None, str] = dict(session.exec(select(SourceRow.id, SourceRow.text)).all())
    return {number or 0: texts[source][start:end] for number, source, start, end in rows}
