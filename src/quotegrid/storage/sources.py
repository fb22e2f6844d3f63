"""Sources, their turns and segments, and the cases who speak in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from quotegrid.domain.sources import (
    ReadWarning,
    Segment,
    Source,
    segment_guid,
    source_guid,
)
from quotegrid.domain.text import text_hash
from quotegrid.storage.case_log import changed_cases
from quotegrid.storage.case_placing import place_speakers
from quotegrid.storage.case_values import remove_values_of, stored_id
from quotegrid.storage.cases import remove_silent_cases
from quotegrid.storage.tables import (
    AttributeRow,
    CaseRow,
    DecisionRow,
    SegmentRow,
    SourceRow,
    SuggestionRow,
    TurnRow,
)


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """A source as it is listed."""

    id: int
    guid: str
    name: str
    kind: str
    title: str | None
    date: str | None
    characters: int
    turns: int
    segments: int
    cases: tuple[str, ...]
    imported_at: str


@dataclass(frozen=True, slots=True)
class TurnView:
    """A turn with its words, for showing a segment in its context."""

    id: int
    label: str | None
    is_interviewer: bool
    start: int
    end: int
    time: str | None
    text: str


def find_source(session: Session, name: str) -> SourceRow | None:
    """The source of that name."""
    return session.exec(select(SourceRow).where(SourceRow.name == name)).first()


def find_same_text(session: Session, text: str) -> SourceRow | None:
    """A source with exactly this normalised text."""
    return session.exec(select(SourceRow).where(SourceRow.text_hash == text_hash(text))).first()


def file_hashes(session: Session) -> dict[str, str]:
    """The hash of the file that each source was read from, by the source's name."""
    return dict(session.exec(select(SourceRow.name, SourceRow.file_hash)).all())


def update_file_hash(session: Session, name: str, file_hash: str) -> None:
    """Remember that another file holds the same text."""
    row = session.exec(select(SourceRow).where(SourceRow.name == name)).one()
    row.file_hash = file_hash
    session.add(row)


def count_decisions(session: Session, source_id: int) -> int:
    """How many decisions were made on a source's segments."""
    return session.exec(
        select(func.count()).select_from(DecisionRow).where(DecisionRow.source_id == source_id)
    ).one()


def remove_source(session: Session, source_id: int) -> None:
    """Take out a source without decisions, and the cases that speak nowhere else and that nobody changed."""
    segments = select(SegmentRow.id).where(SegmentRow.source_id == source_id)
    session.exec(delete(SuggestionRow).where(col(SuggestionRow.segment_id).in_(segments)))
    session.exec(delete(SegmentRow).where(col(SegmentRow.source_id) == source_id))
    session.exec(delete(TurnRow).where(col(TurnRow.source_id) == source_id))
    session.exec(delete(AttributeRow).where(col(AttributeRow.source_id) == source_id))
    remove_values_of(session, source_id)
    session.exec(delete(SourceRow).where(col(SourceRow.id) == source_id))
    remove_silent_cases(session, changed_cases(session))


def add_source(session: Session, source: Source) -> list[ReadWarning]:
    """Store a source with its turns, cases and segments.

    Returns:
        What two sources say differently of one case.
    """
    digest = text_hash(source.text)
    row = SourceRow(
        guid=source_guid(source.name, digest),
        name=source.name,
        kind=source.kind.value,
        title=source.title,
        date=source.date,
        area=source.area,
        text=source.text,
        text_hash=digest,
        file_hash=source.file_hash,
        pages=list(source.pages),
    )
    session.add(row)
    session.flush()
    source_id = stored_id(row.id)
    set_attributes(session, source_id, source.attributes)
    cases, warnings = place_speakers(session, source, source_id)
    turns = [
        TurnRow(
            source_id=source_id,
            case_id=None if turn.is_interviewer else cases.get(turn.label or ""),
            position=position,
            label=turn.label,
            is_interviewer=turn.is_interviewer,
            start=turn.start,
            end=turn.end,
            time=turn.time,
        )
        for position, turn in enumerate(source.turns)
    ]
    session.add_all(turns)
    session.flush()
    session.add_all(_segment_row(segment, row, turns) for segment in source.segments)
    session.flush()
    return warnings


def _segment_row(segment: Segment, source: SourceRow, turns: list[TurnRow]) -> SegmentRow:
    turn = None if segment.turn is None else turns[segment.turn]
    return SegmentRow(
        guid=segment_guid(source.guid, segment.start, segment.end),
        source_id=stored_id(source.id),
        turn_id=None if turn is None else turn.id,
        case_id=None if turn is None else turn.case_id,
        kind=segment.kind.value,
        start=segment.start,
        end=segment.end,
        text_hash=text_hash(source.text[segment.start : segment.end]),
        heading=segment.heading,
        role=segment.role,
        group=segment.group,
    )


def set_attributes(session: Session, source_id: int, values: Mapping[str, str]) -> int:
    """Store further values of a source.

    Returns:
        How many were new or different.
    """
    changed = 0
    for name, value in values.items():
        query = select(AttributeRow).where(AttributeRow.name == name, AttributeRow.source_id == source_id)
        row = session.exec(query).first() or AttributeRow(source_id=source_id, name=name, value="")
        if row.value != value:
            row.value = value
            session.add(row)
            changed += 1
    session.flush()
    return changed


def labels_of(session: Session, source_id: int) -> dict[str, int]:
    """The case behind each speaker label of a source."""
    rows = session.exec(
        select(TurnRow.label, TurnRow.case_id)
        .where(TurnRow.source_id == source_id, col(TurnRow.case_id).is_not(None))
        .distinct()
    )
    return {label or "": case for label, case in rows if case is not None}


def interviewer_labels(session: Session) -> list[str]:
    """What those who ask are called in the sources."""
    rows = session.exec(select(TurnRow.label).where(col(TurnRow.is_interviewer)).distinct())
    return [label for label in rows if label]


def source_areas(session: Session) -> dict[int, str]:
    """The area of each source that has one of its own."""
    rows = session.exec(select(SourceRow.id, SourceRow.area).where(col(SourceRow.area).is_not(None)))
    return {number: area for number, area in rows if number is not None and area is not None}


def list_sources(session: Session) -> list[SourceSummary]:
    """All sources, by name."""
    turns: dict[int, int] = dict(
        session.exec(select(TurnRow.source_id, func.count()).group_by(col(TurnRow.source_id))).all()
    )
    segments: dict[int, int] = dict(
        session.exec(select(SegmentRow.source_id, func.count()).group_by(col(SegmentRow.source_id))).all()
    )
    cases: dict[int, list[str]] = {}
    spoken = (
        select(TurnRow.source_id, CaseRow.name)
        .join(CaseRow, col(CaseRow.id) == TurnRow.case_id)
        .distinct()
        .order_by(CaseRow.name)
    )
    for source_id, name in session.exec(spoken):
        cases.setdefault(source_id, []).append(name)
    columns = session.exec(select(SourceRow, func.length(SourceRow.text)).order_by(SourceRow.name))
    return [
        SourceSummary(
            id=stored_id(row.id),
            guid=row.guid,
            name=row.name,
            kind=row.kind,
            title=row.title,
            date=row.date,
            characters=characters,
            turns=turns.get(stored_id(row.id), 0),
            segments=segments.get(stored_id(row.id), 0),
            cases=tuple(cases.get(stored_id(row.id), [])),
            imported_at=row.imported_at,
        )
        for row, characters in columns
    ]


def turns_around(session: Session, segment_id: int, *, before: int, after: int) -> list[TurnView]:
    """The turn of a segment and its neighbours, in order; empty for a report's quote."""
    segment = session.get_one(SegmentRow, segment_id)
    if segment.turn_id is None:
        return []
    turn = session.get_one(TurnRow, segment.turn_id)
    text = session.exec(select(SourceRow.text).where(SourceRow.id == segment.source_id)).one()
    rows = session.exec(
        select(TurnRow)
        .where(
            TurnRow.source_id == segment.source_id,
            TurnRow.position >= turn.position - before,
            TurnRow.position <= turn.position + after,
        )
        .order_by(col(TurnRow.position))
    )
    return [
        TurnView(
            id=stored_id(row.id),
            label=row.label,
            is_interviewer=row.is_interviewer,
            start=row.start,
            end=row.end,
            time=row.time,
            text=text[row.start : row.end],
        )
        for row in rows
    ]


def text_around(session: Session, segment_id: int, characters: int) -> tuple[str, int]:
    """The text of a source around a segment.

    Returns:
        The text, and the offset in the source at which it begins.
    """
    segment = session.get_one(SegmentRow, segment_id)
    first = max(segment.start - characters, 0)
    text = session.exec(
        select(func.substr(SourceRow.text, first + 1, segment.end + characters - first)).where(
            SourceRow.id == segment.source_id
        )
    ).one()
    return str(text), first


def segment_texts(session: Session) -> Iterator[tuple[int, int, int, str]]:
    """Number, source, start and words of every segment, in the order of the sources' text."""
    texts: dict[int | None, str] = dict(session.exec(select(SourceRow.id, SourceRow.text)).all())
    rows = session.exec(
        select(SegmentRow.id, SegmentRow.source_id, SegmentRow.start, SegmentRow.end).order_by(
            col(SegmentRow.source_id), col(SegmentRow.start)
        )
    )
    for segment_id, source_id, start, end in rows:
        yield stored_id(segment_id), source_id, start, texts[source_id][start:end]
