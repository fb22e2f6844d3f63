"""The listing of memos."""

from __future__ import annotations

from dataclasses import dataclass

from quotegrid.domain.exchange.listing import Record, column, record_of
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
