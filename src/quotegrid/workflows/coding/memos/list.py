"""The listing of memos, with search, and what stands on and speaks of one thing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quotegrid.domain.exchange.listing import Record, column, record_of
from quotegrid.domain.search.conditions import WildcardCondition
from quotegrid.domain.search.patterns import SECONDS, text_pattern
from quotegrid.domain.sources.memo_links import links_of, speaks_of
from quotegrid.domain.sources.memos import Memo, MemoSubject, Reference
from quotegrid.workflows.codebook.codebook_file import bring_in_step
from quotegrid.workflows.coding.history import checked_time
from quotegrid.workflows.coding.memos.subjects import Subject, find_any
from quotegrid.workflows.coding.memos.write import memo_with
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import resolve

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session


@dataclass(frozen=True, slots=True)
class ListedMemo:
    """A memo."""

    id: int = column("its number")
    guid: str = column("its GUID, the same in every copy of the study")
    on: str = column(
        "what it is on: `study` (an entry of the diary), `source`, `case`, `code`, `coding` or `passage` "
        "(a passage or other words)"
    )
    about: str = column("the thing that it is on, by its present name; by its last one where it is gone")
    source: str | None = column("the source; null where it is about no source")
    start: int | None = column(
        "where in the source's text it stands; null where it is about the whole source"
    )
    end: int | None = column("where it ends; null where it is about the whole source")
    segment: int | None = column("the passage; null where it is about the source or words beyond one passage")
    code: str | None = column("the code that it is about, also where it is about a coding")
    case: str | None = column("the case that it is about, or that says the words")
    words: str | None = column("the words that it is on")
    author: str = column("who wrote it")
    at: str = column("when")
    changed: str | None = column("when its author last changed it; null if never")
    day: str = column(
        "the day that it is about: that of its writing, or another that an entry of the diary says"
    )
    text: str = column("the note, in Markdown, with present names in its links")
    links: Sequence[str] = column("the things that its links lead to, by their present names")
    imported: bool = column("whether it is a comment that came with the source's file")
    gone: bool = column("whether the thing that it is on is no longer there")


@dataclass(frozen=True, slots=True)
class MemoFilter:
    """The conditions that memos must meet to be listed."""

    on: MemoSubject | None = None
    """The kind of thing that they are on."""
    about: str = ""
    """The thing that they are on: also the passages of a source or case, and the codings of a code."""
    links_to: str = ""
    """The thing that they link to."""
    coder: str = ""
    """The author."""
    search: str = ""
    """Words in them, as they are written, a star for any letters."""
    since: str = ""
    """The day or time since which they were written or changed (UTC)."""


def memo_records(study: StudyFolder, wanted: MemoFilter | None = None) -> list[Record]:
    """Return memos, those on the study, on codes and on cases first, then by the sources' names and texts.

    Raises:
        UnknownNameError: If there is no such thing or author.
        UsageError: If `since` is no day or time.
    """
    from quotegrid.storage.sources.memo_things import known_things
    from quotegrid.storage.sources.sources import source_texts

    with study.reading_session() as session:
        memos = find_memos(session, study, wanted or MemoFilter())
        texts = source_texts(
            session, {memo.source for memo in memos if memo.source and memo.start is not None}
        )
        things = known_things(session, [memo.kept for memo in memos])
    records = []
    for memo in memos:
        words = None
        if memo.source in texts and memo.start is not None and memo.end is not None:
            words = texts[memo.source][memo.start : memo.end]
        links = [] if memo.is_imported else links_of(memo.kept, things)
        records.append(
            record_of(
                ListedMemo,
                memo,
                on=memo.subject.value,
                words=words,
                changed=memo.changed_at,
                day=memo.date[:10],
                links=[link.name for link in links if link.reference is not None],
                imported=memo.is_imported,
                gone=memo.is_gone,
            )
        )
    return records


def all_memos(study: StudyFolder) -> list[Memo]:
    """Return all memos."""
    with study.reading_session() as session:
        return find_memos(session, study, MemoFilter())


def find_memos(session: Session, study: StudyFolder, wanted: MemoFilter) -> list[Memo]:
    """Return the memos that are asked for; those on words with the case that says these.

    Raises:
        UnknownNameError: If there is no such thing or author.
        UsageError: If `since` is no day or time.
    """
    from quotegrid.storage.people.cases import cases_of_segments
    from quotegrid.storage.sources.memo_list import list_memos

    if wanted.about or wanted.links_to:
        bring_in_step(study)
    memos = list_memos(session)
    speakers = cases_of_segments(session, {memo.segment for memo in memos if memo.segment is not None})
    memos = [
        memo if memo.segment is None else replace(memo, case=speakers.get(memo.segment)) for memo in memos
    ]
    if wanted.coder:
        author = resolve(wanted.coder, sorted({memo.author for memo in memos}), "author of memos", "authors")
        memos = [memo for memo in memos if memo.author == author]
    if wanted.on is not None:
        memos = [memo for memo in memos if memo.subject is wanted.on]
    if wanted.about:
        is_about = _about(find_any(session, wanted.about), memos)
        memos = [memo for memo in memos if is_about(memo)]
    if wanted.links_to:
        memos = speaking_of(session, memos, find_any(session, wanted.links_to).reference)
    since = checked_time(wanted.since)
    if since:
        memos = [memo for memo in memos if max(memo.date, memo.changed_at or "") >= since]
    return having(memos, wanted.search)


def having(memos: Sequence[Memo], words: str) -> list[Memo]:
    """Return the memos with words, as they are written, a star for any letters; all where none are asked."""
    if not words.strip():
        return list(memos)
    pattern = text_pattern(WildcardCondition(words.strip()))
    until = time.monotonic() + SECONDS
    return [memo for memo in memos if pattern.is_in(memo.text, until)]


def _about(subject: Subject, memos: Iterable[Memo]) -> Callable[[Memo], bool]:
    """Return the condition that a memo is on a thing or a part of it."""
    reference = subject.reference
    if reference.subject is MemoSubject.CASE:
        name = next((memo.case for memo in memos if memo.reference == reference), None) or subject.name
        return lambda memo: memo.reference == reference or memo.case == name
    if reference.subject is MemoSubject.SOURCE:
        return lambda memo: memo.reference == reference or memo.source == subject.name
    if reference.subject is MemoSubject.CODE:
        return lambda memo: reference.guid in (memo.reference.guid, memo.reference.code)
    return lambda memo: (
        memo.reference == reference
        or memo.reference == Reference(MemoSubject.CODING, reference.guid, memo.reference.code)
    )


def speaking_of(session: Session, memos: Iterable[Memo], reference: Reference) -> list[Memo]:
    """Return the memos that link to a thing."""
    from quotegrid.storage.sources.memo_things import known_things

    linked = [memo for memo in memos if not memo.is_imported and "[[" in memo.kept]
    things = known_things(session, [memo.kept for memo in linked])
    return [memo for memo in linked if speaks_of(links_of(memo.kept, things), reference)]


@dataclass(frozen=True, slots=True)
class ShownMemo:
    """A memo, with what else stands on its thing and speaks of it."""

    memo: Memo
    speaking: tuple[Memo, ...]
    """The memos that link to the thing that it is on."""


def show_memo(study: StudyFolder, number: int) -> ShownMemo:
    """Return a memo with the memos that speak of its thing.

    Raises:
        UnknownNameError: If there is no such memo.
    """
    from quotegrid.storage.sources.memo_list import list_memos

    with study.reading_session() as session:
        memo = memo_with(session, number)
        speaking = speaking_of(session, list_memos(session), memo.reference)
        others = tuple(other for other in speaking if other.id != number)
        return ShownMemo(memo, others)
