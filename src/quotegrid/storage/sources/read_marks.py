"""The sources that are read to the end: marked by somebody, or decided on passage by passage."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.coding.journal import EntryKind
from quotegrid.domain.sources.changes import READ_MARKS, SourceAction
from quotegrid.storage.coding.overview import IS_PASSAGE, coded_passages
from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.journal import taken_back_among, taken_back_of_kind
from quotegrid.storage.tables import DecisionRow, SegmentRow, SourceChangeRow, SourceRow


def read_marks(session: Session) -> dict[int, bool]:
    """Return what the last mark that counts says of each source, by its number: read or not."""
    taken_back = taken_back_of_kind(session, EntryKind.READ)
    rows = session.exec(
        select(SourceChangeRow.entry_id, SourceRow.id, SourceChangeRow.action)
        .join(SourceRow, col(SourceRow.guid) == SourceChangeRow.source_guid)
        .where(col(SourceChangeRow.action).in_([action.value for action in READ_MARKS]))
        .order_by(col(SourceChangeRow.entry_id))
    )
    return {
        stored_id(source): SourceAction(action) is SourceAction.READ
        for entry, source, action in rows
        if entry not in taken_back
    }


def sources_read(session: Session) -> set[int]:
    """Return the sources that are read to the end.

    The last mark on a source decides. Without one it is read if on every passage of it some decision counts,
    a skip too, and it has passages.
    """
    marks = read_marks(session)
    return {source for source, is_read in marks.items() if is_read} | (_decided_on(session) - marks.keys())


def passages_by_source(session: Session) -> dict[int, int]:
    """Return how many passages each source has."""
    of_source = select(SegmentRow.source_id, func.count()).where(IS_PASSAGE)
    return dict(session.exec(of_source.group_by(col(SegmentRow.source_id))).all())


def passages_coded(session: Session) -> dict[int, int]:
    """Return how many passages of each source have a code."""
    coded = coded_passages()
    of_source = select(SegmentRow.source_id, func.count()).join(coded, coded.c.id == SegmentRow.id)
    return dict(session.exec(of_source.group_by(col(SegmentRow.source_id))).all())


def passages_decided(session: Session) -> dict[int, int]:
    """Return on how many passages of each source a decision counts."""
    found = session.exec(
        select(SegmentRow.source_id, func.count(func.distinct(SegmentRow.id)))
        .join(DecisionRow, col(DecisionRow.segment_id) == SegmentRow.id)
        .where(IS_PASSAGE, *_that_count(session))
        .group_by(col(SegmentRow.source_id))
    )
    return dict(found.all())


def _decided_on(session: Session) -> set[int]:
    """Return the sources that have passages, and a decision that counts on every one of them."""
    counts = [col(DecisionRow.segment_id) == SegmentRow.id, *_that_count(session)]
    is_decided_on = select(DecisionRow.id).where(*counts).exists()
    of_source = select(SegmentRow.id).where(col(SegmentRow.source_id) == SourceRow.id)
    found = session.exec(
        select(SourceRow.id).where(of_source.exists(), ~of_source.where(~is_decided_on).exists())
    )
    return {stored_id(number) for number in found}


def _that_count(session: Session) -> list[Any]:
    """Return the conditions that a decision counts and is no undo."""
    counts: list[Any] = [col(DecisionRow.action) != Action.UNDO.value]
    taken_back = taken_back_among(session, DecisionRow)
    if taken_back:
        counts.append(~among(DecisionRow.entry_id, taken_back))
    return counts
