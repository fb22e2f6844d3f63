"""Memos on sources and segments: comments from files, and memos written here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, delete, select

from quotegrid.domain.coding.journal import EntryKind
from quotegrid.domain.sources.memos import Memo
from quotegrid.domain.sources.model import Comment
from quotegrid.storage.coding.decisions import coder_id
from quotegrid.storage.engines.row_numbers import among
from quotegrid.storage.journal import add_entry, not_counting
from quotegrid.storage.tables import AnySegmentRow, CoderRow, MemoRow, SegmentRow, SourceRow, now

UNNAMED = "comment without an author"
"""The coder of comments that name no author."""


def replace_comments(session: Session, source_id: int, comments: Iterable[Comment]) -> None:
    """Replace a source's imported memos by the comments of its file.

    A comment whose words touch one segment is about that segment, any other about the source.
    """
    session.exec(delete(MemoRow).where(_about_source(source_id), col(MemoRow.is_imported).is_(True)))
    comments = list(comments)
    if not comments:
        return
    segments = session.exec(
        select(AnySegmentRow.id, AnySegmentRow.start, AnySegmentRow.end).where(
            AnySegmentRow.source_id == source_id, col(AnySegmentRow.made_by_id).is_(None)
        )
    ).all()
    for comment in comments:
        last = max(comment.end, comment.start + 1)
        touched = [number for number, start, end in segments if comment.start < end and start < last]
        segment = touched[0] if len(touched) == 1 else None
        session.add(
            MemoRow(
                coder_id=coder_id(session, comment.author or UNNAMED),
                at=comment.date or now(),
                about="source" if segment is None else "segment",
                about_id=segment or source_id,
                start=comment.start,
                end=comment.end,
                is_imported=True,
                text=comment.text,
            )
        )
    session.flush()


def add_memo(session: Session, *, by: str, text: str, source_id: int, start: int, end: int) -> None:
    """Add a memo on a range of a source: on the segment with exactly that range, or else on the source.

    Args:
        session: A transaction that writes.
        by: The name of the writer.
        text: The note.
        source_id: The source's number.
        start: The start of the range in the source's text.
        end: The end of the range, exclusive.
    """
    segment = session.exec(
        select(SegmentRow.id).where(
            SegmentRow.source_id == source_id, SegmentRow.start == start, SegmentRow.end == end
        )
    ).first()
    about = "source" if segment is None else "segment"
    session.add(
        MemoRow(
            coder_id=coder_id(session, by),
            about=about,
            about_id=segment or source_id,
            entry_id=add_entry(session, EntryKind.MEMO, by),
            start=start,
            end=end,
            text=text,
        )
    )
    session.flush()


def written_memos(
    session: Session, entries: Collection[int]
) -> dict[int, tuple[str, str | None, int | None]]:
    """Return the memo of each of some journal entries, with its source, and its segment if it is on one."""
    on_segment = and_(col(MemoRow.about) == "segment", col(MemoRow.about_id) == AnySegmentRow.id)
    on_source = and_(col(MemoRow.about) == "source", col(MemoRow.about_id) == SourceRow.id)
    rows = session.exec(
        select(MemoRow.entry_id, MemoRow.text, SourceRow.name, AnySegmentRow.id)
        .outerjoin(AnySegmentRow, on_segment)
        .outerjoin(SourceRow, or_(on_source, col(SourceRow.id) == AnySegmentRow.source_id))
        .where(among(MemoRow.entry_id, entries), MemoRow.about != "decision")
    )
    return {entry: (text, source, segment) for entry, text, source, segment in rows if entry is not None}


def stands(session: Session) -> ColumnElement[bool]:
    """Return the condition that a memo has not been undone."""
    return or_(col(MemoRow.entry_id).is_(None), ~among(MemoRow.entry_id, not_counting(session)))


def count_own_memos(session: Session, source_id: int) -> int:
    """Count the memos on a source and its segments that were written here, including undone ones."""
    return session.exec(
        select(func.count())
        .select_from(MemoRow)
        .where(_about_source(source_id), col(MemoRow.is_imported).is_(False))
    ).one()


def list_memos(session: Session, *, segments: Collection[int] | None = None) -> list[Memo]:
    """Return the memos on sources and segments, in the order of the sources' names and texts.

    Args:
        session: A session.
        segments: The numbers of the segments; None for all memos, including those on sources.
    """
    on_segment = and_(col(MemoRow.about) == "segment", col(MemoRow.about_id) == AnySegmentRow.id)
    on_source = and_(col(MemoRow.about) == "source", col(MemoRow.about_id) == SourceRow.id)
    query = (
        select(MemoRow, CoderRow.name, SourceRow.name, AnySegmentRow)
        .join(CoderRow, col(CoderRow.id) == MemoRow.coder_id)
        .outerjoin(AnySegmentRow, on_segment)
        .join(SourceRow, or_(on_source, col(SourceRow.id) == AnySegmentRow.source_id))
        .where(stands(session))
    )
    if segments is not None:
        query = query.where(on_segment, among(MemoRow.about_id, segments))
    found = []
    for row, author, source, segment in session.exec(query):
        place = segment if segment is not None and row.start is None else row
        found.append(
            Memo(
                id=row.id or 0,
                source=source,
                segment=None if segment is None or segment.is_idle else segment.id,
                start=place.start,
                end=place.end,
                author=author,
                at=row.at,
                text=row.text,
                is_imported=row.is_imported,
            )
        )
    found.sort(key=lambda memo: (memo.source.casefold(), -1 if memo.start is None else memo.start, memo.id))
    return found


def texts_on_segments(session: Session) -> list[tuple[int, str]]:
    """Return segment and text of each memo on a segment."""
    rows = session.exec(
        select(MemoRow.about_id, MemoRow.text).where(MemoRow.about == "segment", stands(session))
    )
    return list(rows.all())


def _about_source(source_id: int) -> Any:
    """Return the condition that a memo is about a source or one of its segments."""
    segments = select(AnySegmentRow.id).where(AnySegmentRow.source_id == source_id)
    return or_(
        and_(col(MemoRow.about) == "source", col(MemoRow.about_id) == source_id),
        and_(col(MemoRow.about) == "segment", col(MemoRow.about_id).in_(segments)),
    )
