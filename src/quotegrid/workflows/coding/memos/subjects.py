"""The things that memos are written on, found by what a user calls them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotegrid.domain.sources.memo_links import link_of
from quotegrid.domain.sources.memos import STUDY, MemoSubject, Reference
from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.workflows.study.names import closest

if TYPE_CHECKING:
    from quotegrid.domain.sources.memo_links import KnownThings
    from quotegrid.storage.engines.database import Session
    from quotegrid.storage.sources.memos import NewMemo

_MANY = {MemoSubject.CODE: "codes", MemoSubject.CASE: "cases", MemoSubject.SOURCE: "sources"}
_EXAMPLE = "a passage is its number, or words as in talk.md:120-180"


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing on which a memo can be written."""

    reference: Reference
    name: str
    """Its present name."""


def find_subject(session: Session, on: MemoSubject, name: str) -> Subject:
    """Return the thing that a user names.

    Args:
        session: A session.
        on: Its kind.
        name: A code, a source, any name of a case, a passage's number or words as in talk.md:120-180, or a
            coding as in 12/trust; empty for the study.

    Raises:
        UnknownNameError: If there is no such thing.
        UsageError: If the study is given a name, or anything else none.
    """
    from quotegrid.storage.sources.memo_things import known_things

    name = name.strip()
    if on is MemoSubject.STUDY:
        if name:
            raise UsageError("the study needs no name.", todo="Write: quotegrid memos write study TEXT")
        return Subject(STUDY, "the study")
    if not name:
        raise UsageError(
            f"say which {on.value}.", todo=f'Example: quotegrid memos write {on.value} NAME "..."'
        )
    things = known_things(session, [f"[[{name}]]"])
    if on in _MANY:
        found = things.named(name, on.value)
        if len(found) != 1:
            raise _unknown(things, on, name)
        return Subject(found[0], things.name(found[0]) or name)
    link = link_of(name, things)
    if link.reference is None or link.reference.subject is not on:
        raise _unknown(things, on, name)
    return Subject(link.reference, link.name)


def find_any(session: Session, name: str) -> Subject:
    """Return the thing that a name leads to, whatever its kind.

    Raises:
        UnknownNameError: If there is no such thing, or there are several.
    """
    from quotegrid.storage.sources.memo_things import known_things

    if name.strip().casefold() == MemoSubject.STUDY.value:
        return Subject(STUDY, "the study")
    things = known_things(session, [f"[[{name}]]"])
    link = link_of(name.strip(), things)
    if link.reference is None:
        several = things.named(name)
        if several:
            kinds = [reference.subject.value for reference in several]
            raise UnknownNameError(
                f'a {" and a ".join(kinds)} are called "{name}".',
                todo=f'Write "{kinds[0]}: {name}" for the {kinds[0]}.',
            )
        near = things.nearest(name)
        raise UnknownNameError(
            f'there is no code, case, source or passage "{name}" here.',
            todo=f"Did you mean {' or '.join(near)}?" if near else "",
        )
    return Subject(link.reference, link.name)


def _unknown(things: KnownThings, on: MemoSubject, name: str) -> UnknownNameError:
    if on in _MANY:
        names = {
            MemoSubject.CODE: things.codes,
            MemoSubject.CASE: things.cases,
            MemoSubject.SOURCE: things.sources,
        }[on]
        return UnknownNameError(
            f'there is no {on.value} "{name}" here.', todo=closest(name, list(names.values()), _MANY[on])
        )
    todo = f"{_EXAMPLE[0].upper()}{_EXAMPLE[1:]}."
    if on is MemoSubject.CODING:
        todo = f"Write a passage and a code, as in 12/trust; {_EXAMPLE}."
    return UnknownNameError(f'there is no {on.value} "{name}" here.', todo=todo)


def as_new(session: Session, subject: Subject, by: str, text: str, day: str | None = None) -> NewMemo:
    """Return a new memo on a thing.

    Args:
        session: A session.
        subject: The thing.
        by: The coder, whose own coding is preferred where several coders made one.
        text: The note, as it is stored.
        day: The day that an entry of the diary is about; None for today.

    Raises:
        UnknownNameError: If a coding does not stand.
        UsageError: If several other coders have made the coding.
    """
    from quotegrid.storage.sources.memo_things import coding_of, source_with
    from quotegrid.storage.sources.memos import NewMemo, on_words
    from quotegrid.storage.sources.segment_references import segments_by_guid

    reference = subject.reference
    match reference.subject:
        case MemoSubject.STUDY:
            return NewMemo("study", text, day=day)
        case MemoSubject.CODE | MemoSubject.CASE:
            return NewMemo(reference.subject.value, text, about_guid=reference.guid, name=subject.name)
        case MemoSubject.CODING:
            coders = coding_of(session, reference.guid, reference.code)
            if not coders:
                raise UnknownNameError(f'the coding "{subject.name}" does not stand.')
            if by not in coders and len(coders) > 1:
                raise UsageError(
                    f'{" and ".join(sorted(coders))} have each made the coding "{subject.name}".',
                    todo="Write on the passage or on the code.",
                )
            segment, coder = coders[by] if by in coders else next(iter(coders.values()))
            return NewMemo(
                "coding",
                text,
                about_id=segment,
                about_guid=reference.code,
                whose_id=coder,
                name=subject.name,
            )
        case MemoSubject.PASSAGE if reference.start is None:
            place = segments_by_guid(session, [reference.guid])[reference.guid]
            source, name = source_with(session, number=place.source)
            return on_words(session, source, place.start, place.end, name, text)
    source, name = source_with(session, guid=reference.guid)
    if reference.start is None or reference.end is None:
        return NewMemo("source", text, about_id=source, name=name)
    return on_words(session, source, reference.start, reference.end, name, text)
