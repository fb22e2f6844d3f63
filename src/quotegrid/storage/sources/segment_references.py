"""The segments that are referred to by a number, a GUID or a place, any quantity at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlmodel import Session, col

from quotegrid.storage.engines.row_numbers import among, chunks
from quotegrid.storage.tables import AnySegmentRow, SourceRow


@dataclass(frozen=True, slots=True)
class FoundSegment:
    """A segment of a source in use, whether or not it is in use itself."""

    number: int
    source: int
    start: int
    end: int
    is_hand_made: bool
    """Whether a coder cut it out, so that it is in use only while a coding stands on it."""


_COLUMNS: list[Any] = [
    AnySegmentRow.id,
    AnySegmentRow.source_id,
    AnySegmentRow.start,
    AnySegmentRow.end,
    AnySegmentRow.made_by_id,
]


def segments_by_number(session: Session, numbers: Collection[int]) -> dict[int, FoundSegment]:
    """Return the segments that have one of some numbers."""
    rows = session.connection().execute(_in_sources_in_use(*_COLUMNS).where(among(AnySegmentRow.id, numbers)))
    return {row[0]: _found(row) for row in rows}


def segments_by_guid(session: Session, guids: Collection[str]) -> dict[str, FoundSegment]:
    """Return the segments that have one of some GUIDs."""
    found = {}
    for some in chunks(guids):
        query = _in_sources_in_use(*_COLUMNS, col(AnySegmentRow.guid))
        query = query.where(col(AnySegmentRow.guid).in_(some))
        found.update({row[-1]: _found(row) for row in session.connection().execute(query)})
    return found


def segments_by_place(
    session: Session, places: Collection[tuple[str, int, int]]
) -> dict[tuple[str, int, int], FoundSegment]:
    """Return the segments at exactly some places: a source's name, a start and an end."""
    found = {}
    wanted = set(places)
    starts = {start for _, start, _ in wanted}
    for names in chunks(name for name, _, _ in places):
        rows = session.connection().execute(
            _in_sources_in_use(*_COLUMNS, col(SourceRow.name)).where(
                col(SourceRow.name).in_(names), among(AnySegmentRow.start, starts)
            )
        )
        for row in rows:
            segment = _found(row)
            place = (row[-1], segment.start, segment.end)
            if place in wanted:
                found[place] = segment
    return found


def _in_sources_in_use(*columns: Any) -> Any:
    """Select columns of segments whose source is not set aside."""
    return sqlalchemy.select(*columns).join(SourceRow, col(SourceRow.id) == AnySegmentRow.source_id)


def _found(row: Any) -> FoundSegment:
    number, source, start, end, made_by = row[:5]
    return FoundSegment(number, source, start, end, is_hand_made=made_by is not None)
