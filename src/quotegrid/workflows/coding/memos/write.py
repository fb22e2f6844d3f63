"""The writing, changing and deleting of memos; each is an entry of the journal, which undo takes back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from quotegrid.domain.sources.memo_links import draft, links_of, stored
from quotegrid.domain.sources.memos import Memo, MemoSubject
from quotegrid.domain.text.normalise import normalise, visible
from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.workflows.codebook.codebook_file import bring_in_step
from quotegrid.workflows.coding.memos.subjects import as_new, find_subject
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session
    from quotegrid.storage.sources.memos import NewMemo

_NOTHING = "there is nothing in the memo."


@dataclass(frozen=True, slots=True)
class WrittenMemo:
    """The result of writing or changing a memo."""

    number: int
    about: str
    """The thing that it is on, by name."""
    is_changed: bool = True
    """Whether it differs from what stood before."""
    unresolved: tuple[str, ...] = ()
    """The links that lead nowhere yet, each in a sentence."""


def write_memo(
    study: StudyFolder, on: MemoSubject, name: str, text: str, *, day: str | None = None
) -> WrittenMemo:
    """Write a new memo by the coder.

    Args:
        study: The study.
        on: The kind of thing that it is on.
        name: The thing; see `find_subject`.
        text: Markdown; names of things in double brackets are links.
        day: For the study, the day that the entry of the diary is about, as 2026-11-30; None for today.

    Raises:
        UnknownNameError: If there is no such thing.
        UsageError: If there is nothing in it, or the day is none.
    """
    bring_in_step(study)
    if day is not None and on is not MemoSubject.STUDY:
        raise UsageError("only an entry of the diary is about a day.", todo="Leave out the day.")
    if day is not None:
        day = _checked_day(day)
    with study.writing_session("writing a memo") as session:
        subject = find_subject(session, on, name)
        kept, unresolved = _kept(session, text)
        memo = as_new(session, subject, study.settings.coder_name(), kept, day)
        return WrittenMemo(_add(session, study, memo), subject.name, unresolved=unresolved)


def change_memo(study: StudyFolder, number: int, text: str) -> WrittenMemo:
    """Give a memo of the coder's own another text.

    Raises:
        UnknownNameError: If there is no such memo.
        UsageError: If there is nothing in the text, or the memo is another coder's or came with a file.
    """
    from quotegrid.storage.sources.memos import change_memo as store_change

    bring_in_step(study)
    with study.writing_session("changing a memo") as session:
        memo = _own(session, study, number)
        kept, unresolved = _kept(session, text)
        if kept == memo.kept:
            return WrittenMemo(number, memo.about, is_changed=False, unresolved=unresolved)
        store_change(session, study.settings.coder_name(), number, kept)
    return WrittenMemo(number, memo.about, unresolved=unresolved)


def delete_memos(study: StudyFolder, numbers: Collection[int]) -> list[Memo]:
    """Delete memos of the coder's own; an undo brings each back.

    Returns:
        The memos that were deleted.

    Raises:
        UnknownNameError: If there is no such memo.
        UsageError: If one is another coder's or came with a file; none is deleted then.
    """
    from quotegrid.storage.sources.memos import change_memo as store_change

    with study.writing_session("deleting memos") as session:
        memos = [_own(session, study, number) for number in dict.fromkeys(numbers)]
        for memo in memos:
            store_change(session, study.settings.coder_name(), memo.id, "")
    return memos


def draft_of(session: Session, memo: Memo) -> str:
    """Return a memo's text for changing, with present names in its links."""
    from quotegrid.storage.sources.memo_things import known_things

    return draft(memo.kept, known_things(session, [memo.kept]))


def unknown_links(session: Session, text: str) -> tuple[str, ...]:
    """Return the links of a text that lead nowhere, each in a sentence."""
    from quotegrid.storage.sources.memo_things import known_things

    links = links_of(text, known_things(session, [text]))
    return tuple(f"[[{link.name}]]: {link.note}." for link in links if link.note)


def _kept(session: Session, text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text as it is stored, and its links that lead nowhere."""
    from quotegrid.storage.sources.memo_things import known_things

    text = visible(normalise(text)).strip()
    if not text:
        raise UsageError(_NOTHING, todo="Write it, or leave it.")
    return stored(text, known_things(session, [text])), unknown_links(session, text)


def _add(session: Session, study: StudyFolder, memo: NewMemo) -> int:
    from quotegrid.storage.sources.memos import add_memo

    return add_memo(session, study.settings.coder_name(), memo)


def _own(session: Session, study: StudyFolder, number: int) -> Memo:
    """Return a memo that the coder may change.

    Raises:
        UnknownNameError: If there is no such memo.
        UsageError: If it is another coder's or came with a file.
    """
    memo = memo_with(session, number)
    if memo.is_imported:
        raise UsageError(
            f"memo {number} is a comment that came with {memo.source}.",
            todo="Change it in the file and import that again, or write a memo of your own.",
        )
    coder = study.settings.coder_name()
    if memo.author != coder:
        raise UsageError(
            f"memo {number} is {memo.author}'s; you are {coder}.", todo="Write one of your own beside it."
        )
    return memo


def memo_with(session: Session, number: int) -> Memo:
    """Return the memo with a number.

    Raises:
        UnknownNameError: If there is none.
    """
    from quotegrid.storage.sources.memo_list import list_memos

    found = list_memos(session, only=[number])
    if not found:
        raise UnknownNameError(f"there is no memo {number}.", todo='"quotegrid memos" lists them.')
    return found[0]


def _checked_day(day: str) -> str:
    try:
        return date.fromisoformat(day.strip()).isoformat()
    except ValueError:
        raise UsageError(f'"{day}" is no day.', todo="Write it as 2026-11-30.") from None
