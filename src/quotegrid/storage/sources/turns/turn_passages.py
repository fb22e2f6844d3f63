"""The passages and codings of a source whose turns are edited: cut, moved, set aside and brought back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from quotegrid.domain.coding.decisions import Action, Coding, fold
from quotegrid.domain.sources.model import SegmentKind, Turn, segment_guid
from quotegrid.domain.sources.recutting import Range, holder, pieces
from quotegrid.domain.text.non_speech import spoken
from quotegrid.domain.text.normalise import text_hash
from quotegrid.domain.text.words import word_count
from quotegrid.storage.coding.decision_log import decision_log
from quotegrid.storage.coding.decisions import (
    NewDecision,
    coder_id,
    refresh_codings,
    set_aside,
)
from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.tables import (
    AnySegmentRow,
    AnySourceRow,
    CoderRow,
    CodingRow,
    DecisionRow,
    SourceRow,
    TurnRow,
    now,
)

StoredSource = SourceRow | AnySourceRow
"""A source's row, as it is read or as it is written."""


@dataclass(frozen=True, slots=True)
class SetAsideCoding:
    """A coding that does not count, because its words are no participant's any more."""

    code: int
    coder: str
    start: int
    end: int


def passage_ranges(session: Session, source_id: int) -> list[Range]:
    """Return the ranges of the passages of a source's turns, in use or set aside."""
    rows = session.exec(
        select(AnySegmentRow.start, AnySegmentRow.end).where(
            AnySegmentRow.source_id == source_id,
            AnySegmentRow.kind == SegmentKind.TURN.value,
            col(AnySegmentRow.made_by_id).is_(None),
        )
    )
    return [(start, end) for start, end in rows]


def decided_ranges(session: Session, source_id: int) -> set[Range]:
    """Return the ranges of a source that somebody has decided on."""
    rows = session.exec(
        select(AnySegmentRow.start, AnySegmentRow.end)
        .join(DecisionRow, col(DecisionRow.segment_id) == AnySegmentRow.id)
        .where(AnySegmentRow.source_id == source_id)
        .distinct()
    )
    return {(start, end) for start, end in rows}


def passage_changes(
    session: Session, source_id: int, gone: Sequence[Range], new: Sequence[Range], by: str
) -> list[dict[str, Any]]:
    """Return which ranges become passages or stop being so, with who made them before and after."""
    retired = {"by": by, "at": now()}
    rows = session.exec(
        select(AnySegmentRow.start, AnySegmentRow.end, CoderRow.name, AnySegmentRow.made_at)
        .outerjoin(CoderRow, col(CoderRow.id) == AnySegmentRow.made_by_id)
        .where(AnySegmentRow.source_id == source_id)
    )
    makers = {(start, end): None if name is None else {"by": name, "at": at} for start, end, name, at in rows}
    found = [{"start": start, "end": end, "before": None, "after": retired} for start, end in gone]
    return found + [
        {"start": start, "end": end, "before": makers.get((start, end), retired), "after": None}
        for start, end in new
    ]


def mark_passages(
    session: Session, source: StoredSource, passages: Sequence[Mapping[str, Any]], side: str
) -> None:
    """Make ranges passages, or make them ranges that are in use only while they are coded."""
    for passage in passages:
        row = _segment(session, source, passage["start"], passage["end"])
        made = passage[side]
        row.made_by_id = None if made is None else coder_id(session, made["by"])
        row.made_at = None if made is None else made["at"]
        session.add(row)
    session.flush()


def _segment(session: Session, source: StoredSource, start: int, end: int) -> AnySegmentRow:
    """Return the segment with a range, made where there is none; a new one is like its neighbour's."""
    number = stored_id(source.id)
    row = session.exec(
        select(AnySegmentRow).where(
            AnySegmentRow.source_id == number, AnySegmentRow.start == start, AnySegmentRow.end == end
        )
    ).first()
    if row is not None:
        return row
    like = session.exec(
        select(AnySegmentRow)
        .where(AnySegmentRow.source_id == number, AnySegmentRow.start < end, AnySegmentRow.end > start)
        .order_by(col(AnySegmentRow.id))
    ).first()
    said = spoken(source.text[start:end]).text
    row = AnySegmentRow(
        guid=segment_guid(source.guid, start, end),
        source_id=number,
        kind=SegmentKind.TURN.value,
        start=start,
        end=end,
        words=word_count(said),
        text_hash=text_hash(said),
        heading=None if like is None else like.heading,
        headings=[] if like is None else list(like.headings),
        attributes={} if like is None else dict(like.attributes),
        is_idle=True,
    )
    session.add(row)
    session.flush()
    return row


def hold(session: Session, source_id: int, turns: Sequence[Turn], only: Collection[int] = ()) -> None:
    """Tell each segment of a source's turns which turn and which case it is of, and whether it is in use."""
    held = {
        start: (number, case)
        for start, number, case in session.exec(
            select(TurnRow.start, TurnRow.id, TurnRow.case_id).where(TurnRow.source_id == source_id)
        )
    }
    coded = set(session.exec(select(CodingRow.segment_id).where(CodingRow.source_id == source_id)))
    query = select(AnySegmentRow).where(
        AnySegmentRow.source_id == source_id, AnySegmentRow.kind == SegmentKind.TURN.value
    )
    if only:
        query = query.where(among(AnySegmentRow.id, only))
    for row in session.exec(query):
        place = holder(turns, row.start, row.end)
        turn, case = (None, None) if place is None else held[turns[place].start]
        is_idle = turn is None or (row.made_by_id is not None and row.id not in coded)
        if (row.turn_id, row.case_id, row.is_idle) != (turn, case, is_idle):
            row.turn_id, row.case_id, row.is_idle = turn, case, is_idle
            session.add(row)
    session.flush()


def segments_in_use(session: Session, source_id: int) -> set[int]:
    """Return the segments of a source that are in use."""
    rows = session.exec(
        select(AnySegmentRow.id).where(
            AnySegmentRow.source_id == source_id, col(AnySegmentRow.is_idle).is_(False)
        )
    )
    return {stored_id(number) for number in rows}


def moves_of_codings(
    session: Session, source: StoredSource, after: Sequence[Turn], by: str
) -> list[NewDecision]:
    """Return the decisions that cut codings where turns now begin and end, and make the ranges they need."""
    number = stored_id(source.id)
    coded = coded_by_log(session, number)
    rows = session.exec(select(AnySegmentRow).where(among(AnySegmentRow.id, coded)))
    moves: list[NewDecision] = []
    parts: set[int] = set()
    for row in sorted(rows, key=lambda row: (row.start, row.end)):
        ranges = pieces(source.text, row.start, row.end, after)
        if len(ranges) < 2:
            continue
        segments = [part_of_turn(session, source, start, end, by) for start, end in ranges]
        parts.update(segments)
        for coding in coded[stored_id(row.id)]:
            moves.append(NewDecision(Action.MOVE, coding.segment, coding.code, coder=coding.coder))
            moves += [
                NewDecision(Action.APPLY, part, coding.code, stance=coding.stance, coder=coding.coder)
                for part in segments
            ]
    if parts:
        hold(session, number, after, parts)
    return moves


def part_of_turn(session: Session, source: StoredSource, start: int, end: int, by: str) -> int:
    """Return the number of the segment with a range; a new one is in use only while it is coded."""
    known = session.exec(
        select(AnySegmentRow.id).where(
            AnySegmentRow.source_id == source.id, AnySegmentRow.start == start, AnySegmentRow.end == end
        )
    ).first()
    if known is not None:
        return known
    row = _segment(session, source, start, end)
    row.made_by_id, row.made_at = coder_id(session, by), now()
    session.add(row)
    session.flush()
    return stored_id(row.id)


def coded_by_log(session: Session, source_id: int) -> dict[int, list[Coding[int]]]:
    """Return the codings that the log makes on a source's turns, by segment, also those set aside."""
    decided = (
        select(DecisionRow.segment_id, DecisionRow.coder_id)
        .join(AnySegmentRow, col(AnySegmentRow.id) == DecisionRow.segment_id)
        .where(AnySegmentRow.source_id == source_id, AnySegmentRow.kind == SegmentKind.TURN.value)
        .distinct()
    )
    segments: dict[int, set[int]] = {}
    for segment, coder in session.exec(decided):
        segments.setdefault(coder, set()).add(segment)
    found: dict[int, list[Coding[int]]] = {}
    for coder in sorted(segments):
        for coding in fold(decision_log(session, segments[coder], coder)):
            found.setdefault(coding.segment, []).append(coding)
    return found


def aside_with_decisions(session: Session, source_id: int) -> set[int]:
    """Return the segments of a source that are set aside and that somebody has decided on."""
    decided = session.exec(
        select(AnySegmentRow.id)
        .join(DecisionRow, col(DecisionRow.segment_id) == AnySegmentRow.id)
        .where(AnySegmentRow.source_id == source_id)
        .distinct()
    )
    return set_aside(session, {stored_id(number) for number in decided})


def refresh_changed(session: Session, source_id: int, was_aside: Collection[int]) -> None:
    """Work out the codings again of the segments that were set aside, or are no longer."""
    changed = set(was_aside) ^ aside_with_decisions(session, source_id)
    by_coder: dict[int, set[int]] = {}
    rows = session.exec(
        select(DecisionRow.coder_id, DecisionRow.segment_id)
        .where(among(DecisionRow.segment_id, changed))
        .distinct()
    )
    for coder, segment in rows:
        by_coder.setdefault(coder, set()).add(segment)
    for coder in sorted(by_coder):
        refresh_codings(session, by_coder[coder], coder)
    session.expire_all()


def asides(session: Session, source_id: int) -> list[SetAsideCoding]:
    """Return the codings of a source that do not count, because their words are no participant's any more."""
    return list(newly_aside(session, source_id, ()))


def newly_aside(session: Session, source_id: int, was_aside: Collection[int]) -> list[SetAsideCoding]:
    """Return the codings of a source that are set aside, without those that were set aside before."""
    new = aside_with_decisions(session, source_id) - set(was_aside)
    coded = coded_by_log(session, source_id) if new else {}
    names = dict(session.exec(select(CoderRow.id, CoderRow.name)).all())
    rows = session.exec(
        select(AnySegmentRow.id, AnySegmentRow.start, AnySegmentRow.end)
        .where(among(AnySegmentRow.id, new))
        .order_by(col(AnySegmentRow.start))
    )
    return [
        SetAsideCoding(coding.code, names[coding.coder], start, end)
        for segment, start, end in rows
        for coding in coded.get(stored_id(segment), ())
    ]
