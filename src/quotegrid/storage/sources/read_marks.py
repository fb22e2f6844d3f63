"""The sources that are read to the end."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, col, select

from quotegrid.domain.coding.decisions import Action
from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.journal import taken_back_among
from quotegrid.storage.tables import DecisionRow, SegmentRow, SourceRow


def sources_read(session: Session) -> set[int]:
    """Return the sources that have passages, and a decision that counts on every one of them, a skip too."""
    counts: list[Any] = [
        col(DecisionRow.segment_id) == SegmentRow.id,
        col(DecisionRow.action) != Action.UNDO.value,
    ]
    taken_back = taken_back_among(session, DecisionRow)
    if taken_back:
        counts.append(~among(DecisionRow.entry_id, taken_back))
    is_decided_on = select(DecisionRow.id).where(*counts).exists()
    of_source = select(SegmentRow.id).where(col(SegmentRow.source_id) == SourceRow.id)
    found = session.exec(
        select(SourceRow.id).where(of_source.exists(), ~of_source.where(~is_decided_on).exists())
    )
    return {stored_id(number) for number in found}
