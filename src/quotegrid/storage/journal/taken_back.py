"""What of the log of decisions was taken back."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session, col, select

from quotegrid.domain.coding import undoing
from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.tables import DecisionRow


def taken_back(session: Session, *, segments: Collection[int] | None = None) -> set[int]:
    """The numbers of the decisions that do not count, undos among them; on some segments or all."""
    query = select(DecisionRow.id, DecisionRow.undoes_id).where(col(DecisionRow.undoes_id).is_not(None))
    if segments is not None:
        query = query.where(among(DecisionRow.segment_id, segments))
    return undoing.taken_back(
        (stored_id(number), stored_id(undone)) for number, undone in session.exec(query)
    )
