"""The random sample of passages for the stopping rule, and the decisions on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, delete, select

from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.suggestions.suggestions import decided, skipped
from quotegrid.storage.tables import AuditRow, CodeRow, CodingRow, DecisionRow, SegmentRow


@dataclass(frozen=True, slots=True)
class Draw:
    """The latest random sample."""

    segments: Sequence[int]
    """The segments that are in use, in the order in which they were drawn."""
    population: int
    since: int
    """The number of the latest decision at the time."""
    by: str
    at: str


def never_looked_at(session: Session) -> list[int]:
    """Return the segments in use without decisions, in an order that every copy of the study has."""
    looked = select(DecisionRow.segment_id).distinct()
    rows = session.exec(
        select(SegmentRow.id).where(col(SegmentRow.id).not_in(looked)).order_by(SegmentRow.guid)
    )
    return [stored_id(number) for number in rows]


def replace_draw(session: Session, segments: Sequence[int], *, population: int, since: int, by: str) -> None:
    """Replace the latest sample."""
    session.exec(delete(AuditRow))
    for place, segment in enumerate(segments, start=1):
        session.add(AuditRow(segment_id=segment, place=place, population=population, since=since, by=by))


def latest_draw(session: Session) -> Draw | None:
    """Return the latest sample; None where none was ever drawn."""
    rows = session.exec(
        select(AuditRow)
        .join(SegmentRow, col(SegmentRow.id) == AuditRow.segment_id)
        .order_by(col(AuditRow.place))
    ).all()
    if not rows:
        return None
    first = rows[0]
    return Draw(tuple(row.segment_id for row in rows), first.population, first.since, first.by, first.at)


def looked_at(session: Session, segments: Collection[int]) -> set[int]:
    """Return the segments, among those given, with a decision that counts, skips included."""
    found = {segment for segment, _ in decided(session, segments=segments)}
    return found | skipped(session, segments=segments)


def found_since(session: Session, since: int) -> dict[str, int]:
    """Count, for each code, the imported segments that have it now and had no decision before `since`."""
    before = select(DecisionRow.segment_id).where(col(DecisionRow.id) <= since).distinct()
    return _carrying(session, col(SegmentRow.id).not_in(before))


def codes_on(session: Session, segments: Collection[int]) -> dict[str, int]:
    """Count, for each code, the imported segments among those given that have it."""
    return _carrying(session, among(SegmentRow.id, segments))


def _carrying(session: Session, condition: ColumnElement[bool]) -> dict[str, int]:
    """Count, for each code, the imported segments with it on themselves or on a passage cut out of them."""
    cut = aliased(SegmentRow)
    itself: list[Any] = [col(SegmentRow.id).label("segment"), col(CodingRow.code_id).label("code")]
    is_imported = col(SegmentRow.made_by_id).is_(None)
    whole = (
        sqlalchemy.select(*itself)
        .join(CodingRow, col(CodingRow.segment_id) == SegmentRow.id)
        .where(condition, is_imported)
    )
    in_part = (
        sqlalchemy.select(*itself)
        .join(
            cut,
            (col(cut.source_id) == SegmentRow.source_id)
            & (col(cut.start) < SegmentRow.end)
            & (col(cut.end) > SegmentRow.start),
        )
        .join(CodingRow, col(CodingRow.segment_id) == cut.id)
        .where(condition, is_imported, col(cut.made_by_id).is_not(None))
    )
    found = sqlalchemy.union(whole, in_part).subquery()
    rows = session.connection().execute(
        sqlalchemy.select(col(CodeRow.name), func.count())
        .join(found, found.c.code == CodeRow.id)
        .group_by(col(CodeRow.name))
    )
    return {name: count for name, count in rows}  # noqa: C416 - rows are no pairs to mypy
