"""Memos: comments from files, memos written here, and what became of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, delete, select, update

from quotegrid.domain.coding.journal import EntryKind
from quotegrid.domain.sources.memos import MemoChange, latest_changes
from quotegrid.domain.sources.model import Comment
from quotegrid.storage.coding.decisions import coder_id
from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.journal import add_entry, not_counting
from quotegrid.storage.tables import (
    AnySegmentRow,
    JournalRow,
    MemoChangeRow,
    MemoRow,
    SegmentRow,
    now,
)

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


@dataclass(frozen=True, slots=True)
class NewMemo:
    """A memo to be added, with its subject as the table names it."""

    about: str
    """The kind of its subject, as in `MemoRow`."""
    text: str
    about_id: int | None = None
    about_guid: str | None = None
    whose_id: int | None = None
    name: str = ""
    """The present name of its subject."""
    start: int | None = None
    end: int | None = None
    day: str | None = None


def add_memo(session: Session, by: str, memo: NewMemo) -> int:
    """Add a memo.

    Args:
        session: A transaction that writes.
        by: The name of the writer.
        memo: The memo.

    Returns:
        Its number.
    """
    row = MemoRow(
        coder_id=coder_id(session, by),
        about=memo.about,
        about_id=memo.about_id,
        about_guid=memo.about_guid,
        whose_id=memo.whose_id,
        about_name=memo.name,
        day=memo.day,
        start=memo.start,
        end=memo.end,
        text=memo.text,
        entry_id=add_entry(session, EntryKind.MEMO, by),
    )
    session.add(row)
    session.flush()
    return stored_id(row.id)


def on_words(session: Session, source_id: int, start: int, end: int, name: str, text: str) -> NewMemo:
    """Return a new memo on words: on the segment with exactly that range, or else on the source.

    Args:
        session: A session.
        source_id: The source's number.
        start: The start of the range in the source's text.
        end: The end of the range, exclusive.
        name: The source's name.
        text: The note.
    """
    segment = session.exec(
        select(SegmentRow.id).where(
            SegmentRow.source_id == source_id, SegmentRow.start == start, SegmentRow.end == end
        )
    ).first()
    about = "source" if segment is None else "segment"
    return NewMemo(about, text, segment or source_id, name=f"{name}:{start}-{end}", start=start, end=end)


def change_memo(session: Session, by: str, memo: int, text: str) -> None:
    """Give a memo another text; an empty one deletes it.

    Args:
        session: A transaction that writes.
        by: The name of whoever changes it.
        memo: The memo's number.
        text: The new text.
    """
    entry = add_entry(session, EntryKind.MEMO, by)
    session.add(MemoChangeRow(entry_id=entry, memo_id=memo, text=text))
    session.flush()


def memo_changes(session: Session) -> dict[int, MemoChange]:
    """Return the last change that counts of each changed memo."""
    rows = session.exec(
        select(MemoChangeRow, JournalRow.at).join(JournalRow, col(JournalRow.id) == MemoChangeRow.entry_id)
    ).all()
    log = [MemoChange(row.entry_id, row.memo_id, row.text, at) for row, at in rows]
    return latest_changes(log, not_counting(session) if log else ())


def stands(session: Session, changes: Mapping[int, MemoChange]) -> ColumnElement[bool]:
    """Return the condition that a memo has been neither undone nor deleted.

    Args:
        session: A session.
        changes: The last change of each changed memo.
    """
    deleted = [memo for memo, change in changes.items() if not change.text]
    is_written = or_(col(MemoRow.entry_id).is_(None), ~among(MemoRow.entry_id, not_counting(session)))
    return and_(is_written, ~among(MemoRow.id, deleted))


def memos_about_source(session: Session, source_id: int) -> list[int]:
    """Return the numbers of the memos on a source, its segments and codings, undone ones among them."""
    return [stored_id(number) for number in session.exec(select(MemoRow.id).where(_about_source(source_id)))]


def count_own_memos(session: Session, source_id: int) -> int:
    """Count the memos on a source, its segments and codings that were written here and that stand."""
    return session.exec(
        select(func.count())
        .select_from(MemoRow)
        .where(
            _about_source(source_id),
            col(MemoRow.is_imported).is_(False),
            stands(session, memo_changes(session)),
        )
    ).one()


def detach_memos(session: Session, source_id: int) -> None:
    """Take undone and deleted memos off a source that goes; one that is brought back then has no subject."""
    session.exec(
        update(MemoRow)
        .where(_about_source(source_id), col(MemoRow.is_imported).is_(False))
        .values(about_id=None)
    )


def noted_cases(session: Session) -> set[str]:
    """Return the GUIDs of the cases on which memos were ever written."""
    guids = session.exec(select(MemoRow.about_guid).where(MemoRow.about == "case").distinct())
    return {guid for guid in guids if guid is not None}


def texts_on_segments(session: Session) -> list[tuple[int, str]]:
    """Return segment and text of each memo on a segment."""
    changes = memo_changes(session)
    rows = session.exec(
        select(MemoRow.id, MemoRow.about_id, MemoRow.text).where(
            MemoRow.about == "segment", stands(session, changes)
        )
    )
    return [
        (stored_id(segment), changes[memo].text if memo in changes else text)
        for memo, segment, text in rows
        if memo is not None
    ]


@dataclass(frozen=True, slots=True)
class MemoEntry:
    """The content of a journal entry on a memo."""

    memo: int
    did: str
    """"wrote", "changed" or "deleted"."""
    text: str
    """The text as it is stored: the new one, or that which was deleted."""


def memo_entries(session: Session, entries: Collection[int]) -> dict[int, MemoEntry]:
    """Return the content of journal entries that write, change or delete memos, none of them an undo."""
    written = session.exec(
        select(MemoRow.entry_id, MemoRow.id, MemoRow.text).where(
            among(MemoRow.entry_id, entries), MemoRow.about != "decision"
        )
    )
    found = {stored_id(entry): MemoEntry(stored_id(memo), "wrote", text) for entry, memo, text in written}
    memos = session.exec(select(MemoChangeRow.memo_id).where(among(MemoChangeRow.entry_id, entries))).all()
    if not memos:
        return found
    texts = dict(session.exec(select(MemoRow.id, MemoRow.text).where(among(MemoRow.id, memos))).all())
    rows = session.exec(
        select(MemoChangeRow).where(among(MemoChangeRow.memo_id, memos)).order_by(col(MemoChangeRow.entry_id))
    )
    for row in rows:
        before, texts[row.memo_id] = texts[row.memo_id], row.text
        if row.entry_id in entries:
            change = ("changed", row.text) if row.text else ("deleted", before)
            found[row.entry_id] = MemoEntry(row.memo_id, *change)
    return found


def _about_source(source_id: int) -> Any:
    """Return the condition that a memo is about a source, one of its segments or a coding of one."""
    segments = select(AnySegmentRow.id).where(AnySegmentRow.source_id == source_id)
    return or_(
        and_(col(MemoRow.about) == "source", col(MemoRow.about_id) == source_id),
        and_(col(MemoRow.about).in_(["segment", "coding"]), col(MemoRow.about_id).in_(segments)),
    )
