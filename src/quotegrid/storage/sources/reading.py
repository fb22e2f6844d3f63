"""A source for reading on the screen: its text, turns, passages and codings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlalchemy import func
from sqlmodel import Session, col, select

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.reading import (
    CodedRange,
    Passage,
    PendingSuggestion,
    ReadableSource,
    Remark,
    Turn,
)
from quotegrid.storage.sources.memo_list import list_memos
from quotegrid.storage.sources.memos import memos_about_source
from quotegrid.storage.sources.read_marks import passages_by_source, passages_coded, sources_read
from quotegrid.storage.tables import (
    CaseRow,
    CodeRow,
    CoderRow,
    CodingRow,
    SegmentRow,
    SourceRow,
    SuggestionRow,
    TurnRow,
)


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A turn with its case and its words."""

    label: str | None
    case: str | None
    """The name of the case who speaks; None for an interviewer."""
    is_interviewer: bool
    time: str | None
    start: int
    end: int
    text: str


def listed_sources(session: Session) -> list[ReadableSource]:
    """Return all sources by name, with their speakers' groups and the number of coded segments."""
    speaking: list[Any] = [SegmentRow.source_id, func.coalesce(SegmentRow.group, CaseRow.group)]
    connection = session.connection()
    groups: dict[int, set[str]] = {}
    spoken = sqlalchemy.select(*speaking).outerjoin_from(
        SegmentRow, CaseRow, col(CaseRow.id) == SegmentRow.case_id
    )
    for source, group in connection.execute(spoken.distinct()):
        if group is not None:
            groups.setdefault(source, set()).add(group)
    segments, done = passages_by_source(session), passages_coded(session)
    read = sources_read(session)
    rows = session.exec(select(SourceRow.id, SourceRow.name, SourceRow.title)).all()
    found = [
        ReadableSource(
            number,
            name,
            title,
            tuple(sorted(groups.get(number, ()))),
            segments.get(number, 0),
            done.get(number, 0),
            number in read,
        )
        for number, name, title in (
            (number_of_source or 0, name, title) for number_of_source, name, title in rows
        )
    ]
    return sorted(found, key=lambda listed: listed.name.casefold())


def source_of_segment(session: Session, segment: int) -> int | None:
    """Return the number of a segment's source; None where there is no such segment."""
    return session.exec(select(SegmentRow.source_id).where(SegmentRow.id == segment)).first()


def source_words(session: Session, source: int) -> tuple[str, str, list[int]]:
    """Return the name and the text of a source, and the offsets at which its pages begin."""
    row = session.get_one(SourceRow, source)
    return row.name, row.text, list(row.pages)


def turns_of(session: Session, source: int) -> list[Turn]:
    """Return the turns of a source in order; none for a report."""
    rows = session.exec(select(TurnRow).where(TurnRow.source_id == source).order_by(col(TurnRow.position)))
    return [Turn(row.start, row.end, row.label, row.is_interviewer, row.time) for row in rows]


def stored_turns(session: Session, source: int) -> list[StoredTurn]:
    """Return the turns of a source in order, with their cases and words; none for a report."""
    text = session.exec(select(SourceRow.text).where(SourceRow.id == source)).one()
    columns: list[Any] = [
        TurnRow.label,
        CaseRow.name,
        TurnRow.is_interviewer,
        TurnRow.time,
        TurnRow.start,
        TurnRow.end,
    ]
    rows = session.connection().execute(
        sqlalchemy.select(*columns)
        .outerjoin_from(TurnRow, CaseRow, col(CaseRow.id) == TurnRow.case_id)
        .where(col(TurnRow.source_id) == source)
        .order_by(col(TurnRow.position))
    )
    return [
        StoredTurn(label, case, is_interviewer, time, start, end, text[start:end])
        for label, case, is_interviewer, time, start, end in rows
    ]


def passages_of(session: Session, source: int) -> list[Passage]:
    """Return the imported segments of a source with their speakers, in the order of its text."""
    columns: list[Any] = [
        SegmentRow.id,
        SegmentRow.start,
        SegmentRow.end,
        func.coalesce(CaseRow.name, SegmentRow.label),
        func.coalesce(SegmentRow.role, CaseRow.role),
        func.coalesce(SegmentRow.group, CaseRow.group),
        func.coalesce(SegmentRow.area, CaseRow.area),
    ]
    rows = session.connection().execute(
        sqlalchemy.select(*columns)
        .outerjoin_from(SegmentRow, CaseRow, col(CaseRow.id) == SegmentRow.case_id)
        .where(col(SegmentRow.source_id) == source, col(SegmentRow.made_by_id).is_(None))
        .order_by(col(SegmentRow.start), col(SegmentRow.end))
    )
    return [
        Passage(number, start, end, " · ".join(part for part in said if part))
        for number, start, end, *said in rows
    ]


def first_segment(session: Session, source: int) -> int | None:
    """Return the first segment of a source; None where it has none."""
    first = select(SegmentRow.id).where(SegmentRow.source_id == source).order_by(col(SegmentRow.start))
    return session.exec(first.limit(1)).first()


def codings_of(session: Session, source: int) -> list[CodedRange]:
    """Return the codes on the segments of a source, each once whoever coded, in the order of the text."""
    columns: list[Any] = [
        SegmentRow.id,
        SegmentRow.start,
        SegmentRow.end,
        CodeRow.name,
        CoderRow.name,
        CodingRow.stance,
    ]
    rows = session.connection().execute(
        sqlalchemy.select(*columns)
        .join_from(CodingRow, SegmentRow, col(CodingRow.segment_id) == SegmentRow.id)
        .join(CodeRow, col(CodeRow.id) == CodingRow.code_id)
        .join(CoderRow, col(CoderRow.id) == CodingRow.coder_id)
        .where(col(SegmentRow.source_id) == source)
        .order_by(col(SegmentRow.start), col(SegmentRow.end), col(CodeRow.position), col(CoderRow.name))
    )
    found: dict[tuple[int, str], CodedRange] = {}
    for segment, start, end, code, coder, stance in rows:
        before = found.get((segment, code))
        coders = (*(before.coders if before else ()), coder)
        stances = before.stances if before else ()
        if stance is not None and Stance(stance) not in stances:
            stances = (*stances, Stance(stance))
        found[(segment, code)] = CodedRange(segment, start, end, code, coders, stances)
    return list(found.values())


def pencilled_of(session: Session, source: int) -> list[PendingSuggestion]:
    """Return the undecided suggestions on the segments of a source, in the order of the text."""
    columns: list[Any] = [
        SegmentRow.id,
        SegmentRow.start,
        SegmentRow.end,
        CodeRow.name,
        SuggestionRow.score,
    ]
    rows = session.connection().execute(
        sqlalchemy.select(*columns)
        .join_from(SuggestionRow, SegmentRow, col(SuggestionRow.segment_id) == SegmentRow.id)
        .join(CodeRow, col(CodeRow.id) == SuggestionRow.code_id)
        .where(col(SegmentRow.source_id) == source, col(SuggestionRow.verdict).is_(None))
        .order_by(col(SegmentRow.start), col(SuggestionRow.rank))
    )
    return [PendingSuggestion(*row) for row in rows]


def remarks_on(session: Session, source: int) -> list[Remark]:
    """Return the memos on a source, its words and codings, in the order of the text."""
    memos = list_memos(session, only=memos_about_source(session, source))
    found = [
        Remark(memo.start or 0, memo.end or 0, memo.author, memo.text, memo.code, memo.start is None)
        for memo in memos
    ]
    return sorted(found, key=lambda memo: memo.start)
