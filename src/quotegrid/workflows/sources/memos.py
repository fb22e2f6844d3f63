"""The listing of memos, and the writing of one on a range of a source."""

from __future__ import annotations

from dataclasses import dataclass

from quotegrid.domain.exchange.listing import Record, column, record_of
from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.workflows.study.folder import StudyFolder


@dataclass(frozen=True, slots=True)
class ListedMemo:
    """A memo."""

    id: int = column("its number")
    source: str = column("the source")
    start: int | None = column(
        "where in the source's text it stands; null where it is about the whole source"
    )
    end: int | None = column("where it ends; null where it is about the whole source")
    segment: int | None = column("the passage; null where it is about the source or words beyond one passage")
    author: str = column("who wrote it")
    at: str = column("when")
    text: str = column("the note")
    imported: bool = column("whether it is a comment that came with the source's file")


def memo_records(study: StudyFolder) -> list[Record]:
    """Return memos on sources and segments, in the order of the sources' names and texts."""
    from quotegrid.storage.sources.memos import list_memos

    with study.reading_session() as session:
        return [record_of(ListedMemo, memo, imported=memo.is_imported) for memo in list_memos(session)]


def write_memo(study: StudyFolder, source: int, start: int, end: int, text: str) -> None:
    """Add a memo by the coder on a range of a source.

    Args:
        study: The study.
        source: The source's number.
        start: The start of the range in its text.
        end: The end of the range, exclusive.
        text: The note.

    Raises:
        UsageError: If there is nothing in it.
    """
    from quotegrid.storage.sources.memos import add_memo

    if not text.strip():
        raise UsageError("there is nothing in the memo.", todo="Write it, or leave with Esc.")
    with study.writing_session("writing a memo") as session:
        by = study.settings.coder_name()
        add_memo(session, by=by, text=text.strip(), source_id=source, start=start, end=end)


def write_memo_on(study: StudyFolder, segment: int, text: str) -> None:
    """Add a memo by the coder on a whole segment.

    Raises:
        UnknownNameError: If there is no such segment any more.
        UsageError: If there is nothing in the memo.
    """
    from quotegrid.storage.sources.reading import place_of_segment

    with study.reading_session() as session:
        place = place_of_segment(session, segment)
    if place is None:
        raise UnknownNameError(f"there is no passage {segment} any more.")
    write_memo(study, *place, text)
