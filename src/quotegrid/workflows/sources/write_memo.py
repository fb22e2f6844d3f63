"""The writing of memos on ranges of a source."""

from __future__ import annotations

from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.workflows.study.folder import StudyFolder


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
