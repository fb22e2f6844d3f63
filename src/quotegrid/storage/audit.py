"""The passages drawn at random for the audit, and what has become of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from quotegrid.storage.numbers import among
from quotegrid.storage.suggestions import decided, skipped
from quotegrid.storage.tables import AuditRow, CodeRow, CodingRow, DecisionRow, SegmentRow


@dataclass(frozen=True, slots=True)
class Draw:
    """The latest draw."""

    segments: Sequence[int]
    """Those that are in use, in the order in which they were drawn."""
    population: int
    since: int
    """The number of the latest decision at the time."""
    by: str
    at: str


def never_looked_at(session: Session) -> list[tuple[int, str]]:
    """Number and GUID of the segments in use on which nobody has ever decided."""
    looked = select(DecisionRow.segment_id).distinct()
    rows = session.exec(
        select(SegmentRow.id, SegmentRow.guid)
        .where(col(SegmentRow.id).not_in(looked))
        .order_by(SegmentRow.guid)
    )
    return [(number or 0, guid) for number, guid in rows]


def replace_draw(session: Session, segments: Sequence[int], *, population: int, since: int, by: str) -> None:
    """Make these the latest draw."""
    session.exec(delete(AuditRow))
    for place, segment in enumerate(segments, start=1):
        session.add(AuditRow(segment_id=segment, place=place, population=population, since=since, by=by))


def latest_draw(session: Session) -> Draw | None:
    """The latest draw; None where nothing was ever drawn."""
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
    """Those of some segments on which a decision counts, be it a skip."""
    return {segment for segment, _ in decided(session, segments=segments)} | skipped(
        session, segments=segments
    )


def found_since(session: Session, since: int) -> dict[str, int]:
    """How many segments that nobody had looked at before have each code by now."""
    before = select(DecisionRow.segment_id).where(col(DecisionRow.id) <= since).distinct()
    rows = session.exec(
        select(CodeRow.name, func.count(col(CodingRow.segment_id).distinct()))
        .join(CodingRow, col(CodingRow.code_id) == CodeRow.id)
        .where(col(CodingRow.segment_id).not_in(before))
        .group_by(CodeRow.name)
    )
    return dict(rows.all())


def codes_on(session: Session, segments: Collection[int]) -> dict[str, int]:
    """On how many of some segments each code stands."""
    rows = session.exec(
        select(CodeRow.name, func.count(col(CodingRow.segment_id).distinct()))
        .join(CodingRow, col(CodingRow.code_id) == CodeRow.id)
        .where(among(CodingRow.segment_id, segments))
        .group_by(CodeRow.name)
    )
    return dict(rows.all())
