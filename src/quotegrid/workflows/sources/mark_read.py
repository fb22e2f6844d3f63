"""The mark that a source is read to the end."""

from __future__ import annotations

from collections.abc import Sequence

from quotegrid.domain.sources.changes import SourceAction
from quotegrid.domain.text.normalise import counted
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import named_source

_LISTED = 3


def mark_read(study: StudyFolder, names: Sequence[str], *, is_read: bool = True) -> str:
    """Mark sources as read to the end, or as not; one undo takes all the marks back.

    Args:
        study: The study.
        names: The sources.
        is_read: Whether they are read.

    Returns:
        What was done, in words.

    Raises:
        UnknownNameError: If there is no such source.
    """
    from quotegrid.storage.sources.read_marks import read_marks, sources_read
    from quotegrid.storage.sources.source_log import add_source_change
    from quotegrid.storage.sources.sources import source_numbers

    with study.writing_session("marking what is read") as session:
        numbers = source_numbers(session)
        names = list(dict.fromkeys(named_source(session, study.root, name) for name in names))
        marks, read = read_marks(session), sources_read(session)
        # What is read by decisions alone can be marked besides: taking one back then changes nothing.
        new = [
            name
            for name in names
            if marks.get(numbers[name]) is not is_read and (is_read or numbers[name] in read)
        ]
        action = SourceAction.READ if is_read else SourceAction.NOT_READ
        first: int | None = None
        for name in new:
            entry = add_source_change(
                session, study.settings.coder_name(), action, name, number=numbers[name], group=first
            )
            first = first or entry
    which = ", ".join(f'"{name}"' for name in (new or names)[:_LISTED])
    if len(new or names) > _LISTED:
        which = counted(len(new or names), "source")
    are = "is" if len(new or names) == 1 else "are"
    word = "read to the end" if is_read else "not read to the end"
    return f"{which} {are} {word}{'' if new else ' already'}."


def turn_read_mark(study: StudyFolder, name: str) -> str:
    """Mark a source as read to the end, or as not where it is.

    Returns:
        What was done, in words.
    """
    from quotegrid.storage.sources.read_marks import sources_read
    from quotegrid.storage.sources.sources import source_numbers

    with study.reading_session() as session:
        is_read = source_numbers(session)[name] in sources_read(session)
    return mark_read(study, [name], is_read=not is_read)
