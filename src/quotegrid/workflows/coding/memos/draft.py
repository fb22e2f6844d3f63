"""A coder's memo on one thing, as it is written in the workbench: what stands there, and what is kept."""

from __future__ import annotations

from dataclasses import dataclass

from quotegrid.domain.sources.memos import Memo, MemoSubject
from quotegrid.workflows.coding.memos.list import speaking_of
from quotegrid.workflows.coding.memos.subjects import as_new, find_subject
from quotegrid.workflows.coding.memos.write import change_memo, delete_memos, draft_of, memo_with, write_memo
from quotegrid.workflows.study.folder import StudyFolder


@dataclass(frozen=True, slots=True)
class MemoDraft:
    """The coder's own memo on a thing, for changing, and what else is written on it."""

    on: MemoSubject
    name: str
    """The thing, as `find_subject` finds it."""
    title: str
    """The thing, by its present name."""
    number: int | None = None
    """The number of the memo that is changed; None where a new one is written."""
    text: str = ""
    others: tuple[Memo, ...] = ()
    """The other memos on it, the latest first."""
    speaking: tuple[Memo, ...] = ()
    """The memos that link to it, the latest first."""


def memo_draft(study: StudyFolder, on: MemoSubject, name: str = "") -> MemoDraft:
    """Return the coder's latest memo on a thing, for changing; of the study always a new one.

    Args:
        study: The study.
        on: The kind of thing.
        name: The thing; see `find_subject`.

    Raises:
        UnknownNameError: If there is no such thing.
        UsageError: If it is a coding that several others have made.
    """
    from quotegrid.storage.sources.memo_list import list_memos

    with study.reading_session() as session:
        subject = find_subject(session, on, name)
        memos = sorted(list_memos(session), key=lambda memo: (memo.date, memo.id), reverse=True)
        here = [memo for memo in memos if memo.reference == subject.reference]
        speaking = tuple(speaking_of(session, memos, subject.reference))
        coder = study.settings.coder_name()
        own = [memo for memo in here if memo.author == coder and not memo.is_imported]
        if on is MemoSubject.STUDY or not own:
            # What cannot be kept is refused before it is written, not after.
            as_new(session, subject, coder, "")
            return MemoDraft(on, name, subject.name, None, "", tuple(here), speaking)
        mine = max(own, key=lambda memo: memo.id)
        others = tuple(memo for memo in here if memo is not mine)
        return MemoDraft(on, name, subject.name, mine.id, draft_of(session, mine), others, speaking)


def draft_of_memo(study: StudyFolder, number: int) -> MemoDraft:
    """Return one memo for changing.

    Raises:
        UnknownNameError: If there is no such memo.
    """
    with study.reading_session() as session:
        memo = memo_with(session, number)
        return MemoDraft(memo.subject, "", memo.about, number, draft_of(session, memo))


def keep_draft(study: StudyFolder, draft: MemoDraft, text: str) -> str:
    """Keep what was written in the place of a draft; an empty text deletes the memo.

    Returns:
        What was done, in a sentence.

    Raises:
        UnknownNameError: If the thing or the memo is no longer there.
        UsageError: If the memo is another coder's or came with a file.
    """
    if draft.number is None:
        if not text.strip():
            return "There was nothing in the memo."
        written = write_memo(study, draft.on, draft.name, text)
        return " ".join(["Kept the memo.", *written.unresolved])
    if not text.strip():
        delete_memos(study, [draft.number])
        return "Deleted the memo; u brings it back."
    written = change_memo(study, draft.number, text)
    return " ".join(
        ["Changed the memo." if written.is_changed else "Nothing was changed.", *written.unresolved]
    )
