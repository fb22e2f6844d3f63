"""Segments that a researcher cuts out by hand, and the turns or quotes that contain them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from quotegrid.domain.sources.model import SegmentKind, segment_guid
from quotegrid.domain.text.non_speech import spoken
from quotegrid.domain.text.normalise import text_hash
from quotegrid.domain.text.words import word_count
from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.tables import AnySegmentRow, AnySourceRow, SegmentRow, SourceRow, TurnRow, now


@dataclass(frozen=True, slots=True)
class Utterance:
    """A stretch of uninterrupted speech: a turn, or one quote of a report; offsets in the source."""

    source_id: int
    start: int
    end: int
    turn_id: int | None
    """None for a report's quote."""
    is_interviewer: bool = False


@dataclass(frozen=True, slots=True)
class SegmentPlace:
    """The place of a segment in its source."""

    source_id: int
    source: str
    start: int
    end: int


def segment_place(session: Session, segment: int) -> SegmentPlace | None:
    """Return the place of a segment, in use or not; None if there is none with that number."""
    row = session.exec(
        select(AnySegmentRow.source_id, SourceRow.name, AnySegmentRow.start, AnySegmentRow.end)
        .join(SourceRow, col(SourceRow.id) == AnySegmentRow.source_id)
        .where(AnySegmentRow.id == segment)
    ).first()
    return None if row is None else SegmentPlace(*row)


def source_text(session: Session, source_id: int) -> str:
    """Return the text of a source."""
    return session.exec(select(SourceRow.text).where(SourceRow.id == source_id)).one()


def utterance_at(session: Session, source_id: int, start: int, end: int) -> Utterance | None:
    """Return the turn, or the quote of a report, that contains a range; None if none does."""
    turn = session.exec(
        select(TurnRow.id, TurnRow.start, TurnRow.end, TurnRow.is_interviewer).where(
            TurnRow.source_id == source_id, TurnRow.start <= start, TurnRow.end >= end
        )
    ).first()
    if turn is not None:
        number, first, last, is_interviewer = turn
        return Utterance(source_id, first, last, number, is_interviewer)
    quote = session.exec(
        select(AnySegmentRow.start, AnySegmentRow.end).where(
            AnySegmentRow.source_id == source_id,
            AnySegmentRow.kind != SegmentKind.TURN.value,
            col(AnySegmentRow.made_by_id).is_(None),
            AnySegmentRow.start <= start,
            AnySegmentRow.end >= end,
        )
    ).first()
    return None if quote is None else Utterance(source_id, quote[0], quote[1], None)


def segment_with(session: Session, source_id: int, start: int, end: int) -> int | None:
    """Return the segment with exactly these offsets, whether or not it is in use."""
    return session.exec(
        select(AnySegmentRow.id).where(
            AnySegmentRow.source_id == source_id, AnySegmentRow.start == start, AnySegmentRow.end == end
        )
    ).first()


def add_hand_made(session: Session, place: Utterance, start: int, end: int, coder: int) -> int | None:
    """Cut a segment out of a turn or quote; it is not in use until it is coded.

    Its speaker, kind and heading are those of the imported segment with which it shares most, or
    that is nearest.

    Args:
        session: A transaction that writes.
        place: The turn or quote that contains it.
        start: Its start in the source, at a word.
        end: Its end, exclusive.
        coder: The number of the coder who makes it.

    Returns:
        Its number; None if nothing of the turn or quote is data.
    """
    values = cut_out(session, place, start, end)
    if values is None:
        return None
    source = session.get_one(AnySourceRow, place.source_id)
    values |= {
        "guid": segment_guid(source.guid, start, end),
        "made_by_id": coder,
        "made_at": now(),
        "is_idle": True,
    }
    row = AnySegmentRow(**values)
    session.add(row)
    session.flush()
    return stored_id(row.id)


def cut_out(session: Session, place: Utterance, start: int, end: int) -> dict[str, Any] | None:
    """Return the values of a segment that is a part of a turn or quote, without its GUID and who made it.

    Args:
        session: A session.
        place: The turn or quote that contains it.
        start: Its start in the source.
        end: Its end, exclusive.

    Returns:
        The values; None if nothing of the turn or quote is data.
    """
    around = session.exec(
        select(AnySegmentRow).where(
            AnySegmentRow.source_id == place.source_id,
            AnySegmentRow.turn_id == place.turn_id,
            col(AnySegmentRow.made_by_id).is_(None),
            AnySegmentRow.start >= place.start,
            AnySegmentRow.end <= place.end,
        )
    ).all()
    if not around:
        return None
    like = max(
        around, key=lambda segment: (min(segment.end, end) - max(segment.start, start), -segment.start)
    )
    said = spoken(source_text(session, place.source_id)[start:end]).text
    values: dict[str, Any] = like.model_dump(exclude={"id", "guid", "made_by_id", "made_at", "is_idle"})
    return {**values, "start": start, "end": end, "words": word_count(said), "text_hash": text_hash(said)}


def in_use(session: Session, segments: Collection[int]) -> set[int]:
    """Return the segments, among those given, that are in use."""
    rows = session.exec(select(SegmentRow.id).where(among(SegmentRow.id, segments)))
    return {stored_id(number) for number in rows}


def hand_made(session: Session) -> set[int]:
    """Return the numbers of the segments in use that were made by hand."""
    rows = session.exec(select(SegmentRow.id).where(col(SegmentRow.made_by_id).is_not(None)))
    return {stored_id(number) for number in rows}
