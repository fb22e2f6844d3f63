"""Which quotes somebody has marked as exemplars of a code."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session, col, select

from quotegrid.storage.engines.row_numbers import among
from quotegrid.storage.tables import CodeRow, CodingRow, ExemplarRow


def turn_exemplar(session: Session, segment: int, code: int, *, by: str) -> bool:
    """Mark a segment as an exemplar of a code, or take the mark off where it is there.

    Args:
        session: A writing session.
        segment: The segment's number.
        code: The code's number.
        by: Who does it.

    Returns:
        Whether it is marked now.
    """
    row = session.exec(
        select(ExemplarRow).where(ExemplarRow.segment_id == segment, ExemplarRow.code_id == code)
    ).first()
    if row is not None:
        session.delete(row)
        return False
    session.add(ExemplarRow(segment_id=segment, code_id=code, by=by))
    return True


def exemplars_of(session: Session, *, only: Collection[int] | None = None) -> dict[int, tuple[str, ...]]:
    """The codes of which each segment is an exemplar; a mark counts as long as the code stands there."""
    query = (
        select(ExemplarRow.segment_id, CodeRow.name, CodeRow.position)
        .join(CodeRow, col(CodeRow.id) == ExemplarRow.code_id)
        .join(
            CodingRow,
            (col(CodingRow.segment_id) == ExemplarRow.segment_id)
            & (col(CodingRow.code_id) == ExemplarRow.code_id),
        )
        .distinct()
        .order_by(col(CodeRow.position))
    )
    if only is not None:
        query = query.where(among(ExemplarRow.segment_id, only))
    found: dict[int, tuple[str, ...]] = {}
    for segment, name, _ in session.exec(query):
        found[segment] = (*found.get(segment, ()), name)
    return found
