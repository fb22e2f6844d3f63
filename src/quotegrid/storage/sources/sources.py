"""Sources with their turns and segments."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import func, insert
from sqlmodel import Session, col, delete, select, update

from quotegrid.domain.sources.model import (
    ReadWarning,
    Segment,
    Source,
    Turn,
    segment_guid,
    source_guid,
)
from quotegrid.domain.sources.recognition import KnownSource
from quotegrid.domain.text.non_speech import spoken
from quotegrid.domain.text.normalise import text_hash, word_hash
from quotegrid.domain.text.words import word_count
from quotegrid.storage.coding.decision_log import decisions_on_sources
from quotegrid.storage.coding.overview import IS_PASSAGE
from quotegrid.storage.engines.row_numbers import stored_id
from quotegrid.storage.people.case_placing import place_speakers
from quotegrid.storage.people.case_values import remove_values_of
from quotegrid.storage.people.cases import remove_silent_cases
from quotegrid.storage.sources.memos import detach_memos, replace_comments
from quotegrid.storage.sources.read_marks import (
    passages_by_source,
    passages_coded,
    passages_decided,
    sources_read,
)
from quotegrid.storage.sources.source_attributes import set_attributes
from quotegrid.storage.sources.source_log import reading_options
from quotegrid.storage.sources.turns.turn_changes import edits_of_sources
from quotegrid.storage.sources.versions.archive import (
    cases_to_keep,
    drop_silent_cases,
    is_version,
    name_aside,
    take_out,
)
from quotegrid.storage.tables import (
    AnySegmentRow,
    AnySourceRow,
    AttributeRow,
    CaseAliasRow,
    CaseRow,
    CaseValueRow,
    DecisionRow,
    SegmentRow,
    SourceRow,
    SuggestionRow,
    TurnRow,
    UnsureRow,
)


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """A source in a listing."""

    id: int
    guid: str
    name: str
    kind: str
    title: str | None
    date: str | None
    characters: int
    turns: int
    segments: int
    cases: tuple[str, ...]
    imported_at: str
    file_hash: str
    """SHA-256 of the file that it was read from."""
    text_hash: str
    """SHA-256 of the normalised text."""
    repairs: Mapping[str, int]
    """The number of repairs of each kind that were made to the file's characters."""
    language: str | None
    """The code of its language; None if it is not known."""
    is_read: bool
    """Whether it is read to the end."""
    words: int
    """The number of words of its passages."""
    decided: int
    """The number of its passages on which a decision counts."""
    coded: int
    """The number of its passages on which a coding stands, those cut out by hand among them."""
    options: Mapping[str, str]
    """The options that were given when it was read, by their names."""


@dataclass(frozen=True, slots=True)
class TurnView:
    """A turn with its words, for showing a segment in its context."""

    id: int
    label: str | None
    is_interviewer: bool
    start: int
    end: int
    time: str | None
    text: str


def find_source(session: Session, name: str) -> SourceRow | None:
    """Return the source with that name."""
    return session.exec(select(SourceRow).where(SourceRow.name == name)).first()


def source_numbers(session: Session) -> dict[str, int]:
    """Return the number of each source by its name, in order."""
    rows = session.exec(select(SourceRow.name, SourceRow.id).order_by(SourceRow.name))
    return {name: stored_id(number) for name, number in rows}


def source_paths(session: Session) -> dict[str, str]:
    """Return the path of each source's file, as the study keeps it, by the source's name, in order."""
    return dict(session.exec(select(SourceRow.name, SourceRow.path).order_by(SourceRow.name)).all())


def source_number(session: Session, name: str) -> int:
    """Return the number of the source with that name."""
    return stored_id(session.exec(select(SourceRow.id).where(SourceRow.name == name)).one())


def source_texts(session: Session, names: Collection[str]) -> dict[str, str]:
    """Return the texts of some sources, in use or set aside, by their names."""
    rows = session.exec(
        select(AnySourceRow.name, AnySourceRow.text).where(col(AnySourceRow.name).in_(list(names)))
    )
    return dict(rows.all())


def known_sources(session: Session) -> list[KnownSource]:
    """Return what a source's file is recognised by, for each source."""
    made: dict[int, int] = dict(
        session.exec(
            select(AnySegmentRow.source_id, func.count())
            .join(DecisionRow, col(DecisionRow.segment_id) == AnySegmentRow.id)
            .group_by(col(AnySegmentRow.source_id))
        ).all()
    )
    texts = {
        number: (of_text, of_words)
        for number, of_text, of_words in session.exec(
            select(SourceRow.id, SourceRow.text_hash, SourceRow.word_hash)
        )
    }
    standing = decisions_on_sources(session)
    edits = edits_of_sources(session)
    guids = dict(session.exec(select(SourceRow.id, SourceRow.guid)).all())
    files = session.exec(
        select(SourceRow.id, SourceRow.name, SourceRow.path, SourceRow.file_hash).order_by(col(SourceRow.id))
    )
    return [
        KnownSource(
            number,
            name,
            path,
            file_hash,
            *texts[number],
            decisions=made.get(stored_id(number), 0) + edits.get(guids[number], 0),
            standing=standing.get(stored_id(number), 0),
            edits=edits.get(guids[number], 0),
        )
        for number, name, path, file_hash in files
    ]


def update_file(session: Session, source_id: int, *, name: str, path: str, file_hash: str) -> None:
    """Record which file now holds a source's text; its codings and memos stay."""
    before = session.exec(select(SourceRow.name).where(SourceRow.id == source_id)).one()
    if before != name:
        session.exec(update(CaseAliasRow).where(col(CaseAliasRow.source) == before).values(source=name))
        session.exec(
            update(CaseValueRow)
            .where(col(CaseValueRow.source_id) == source_id, col(CaseValueRow.place) == before)
            .values(place=name)
        )
    session.exec(
        update(AnySourceRow)
        .where(col(AnySourceRow.id) == source_id)
        .values(name=name, path=path, file_hash=file_hash)
    )


def has_turns(session: Session, source_id: int, turns: Sequence[Turn]) -> bool:
    """Return whether a source has exactly these turns: the same ranges, labels and interviewer marks."""
    stored = session.exec(
        select(TurnRow.start, TurnRow.end, TurnRow.label, TurnRow.is_interviewer)
        .where(TurnRow.source_id == source_id)
        .order_by(col(TurnRow.position))
    )
    return [tuple(row) for row in stored] == [
        (turn.start, turn.end, turn.label, turn.is_interviewer) for turn in turns
    ]


def remove_source(session: Session, source_id: int) -> None:
    """Delete a source on which neither decisions nor memos stand; one that the journal names is set aside.

    Cases that speak nowhere else are deleted too, except those that somebody has changed or summarised,
    or has written a memo on.
    """
    if is_version(session, source_id):
        name = session.get_one(AnySourceRow, source_id).name
        archive = take_out(session, source_id, name_aside(session, name, "version"))
        drop_silent_cases(session, archive)
        return
    segments = select(AnySegmentRow.id).where(AnySegmentRow.source_id == source_id)
    replace_comments(session, source_id, ())
    detach_memos(session, source_id)
    session.exec(delete(SuggestionRow).where(col(SuggestionRow.segment_id).in_(segments)))
    session.exec(delete(AnySegmentRow).where(col(AnySegmentRow.source_id) == source_id))
    session.exec(delete(TurnRow).where(col(TurnRow.source_id) == source_id))
    session.exec(delete(UnsureRow).where(col(UnsureRow.source_id) == source_id))
    session.exec(delete(AttributeRow).where(col(AttributeRow.source_id) == source_id))
    remove_values_of(session, source_id)
    session.exec(delete(AnySourceRow).where(col(AnySourceRow.id) == source_id))
    remove_silent_cases(session, cases_to_keep(session))


def add_source(
    session: Session, source: Source, path: str = "", *, hashes: tuple[str, str] | None = None
) -> list[ReadWarning]:
    """Store a source with its turns, cases and segments.

    Args:
        session: A transaction that writes.
        source: The source.
        path: The path of its file, relative to the study where it is inside it.
        hashes: The `text_hash` and `word_hash` of its text, if they are known already.

    Returns:
        The contradictions between two sources on one case.
    """
    digest, of_words = hashes or (text_hash(source.text), word_hash(source.text))
    row = AnySourceRow(
        guid=_free_guid(session, source.name, digest),
        name=source.name,
        kind=source.kind.value,
        title=source.title,
        date=source.date,
        area=source.area,
        text=source.text,
        text_hash=digest,
        word_hash=of_words,
        file_hash=source.file_hash,
        path=path,
        pages=list(source.pages),
        repairs=dict(source.repairs),
        language=source.language,
        language_is_set=source.language_is_set,
    )
    session.add(row)
    session.flush()
    source_id = stored_id(row.id)
    set_attributes(session, source_id, source.attributes)
    cases, warnings = place_speakers(session, source, source_id)
    # Rows are passed as plain values: thousands of objects a file take more time than the database does.
    connection = session.connection()
    turns = [
        {
            "source_id": source_id,
            "case_id": None if turn.is_interviewer else cases.get(turn.label or ""),
            "position": position,
            "label": turn.label,
            "is_interviewer": turn.is_interviewer,
            "start": turn.start,
            "end": turn.end,
            "time": turn.time,
        }
        for position, turn in enumerate(source.turns)
    ]
    if turns:
        connection.execute(insert(TurnRow), turns)
    numbers = session.exec(
        select(TurnRow.id, TurnRow.case_id)
        .where(TurnRow.source_id == source_id)
        .order_by(col(TurnRow.position))
    ).all()
    segments = [_segment_values(segment, row, numbers, cases) for segment in source.segments]
    if segments:
        connection.execute(insert(AnySegmentRow), segments)
    replace_comments(session, source_id, source.comments)
    return warnings


def _free_guid(session: Session, name: str, digest: str) -> str:
    """Return the source's GUID; the next one where a renamed source, once of this name and text, has it."""
    taken = set(session.exec(select(AnySourceRow.guid).where(AnySourceRow.text_hash == digest)))
    names = (name if number == 0 else f"{name} ({number})" for number in count())
    return next(guid for former in names if (guid := source_guid(former, digest)) not in taken)


def _segment_values(
    segment: Segment,
    source: AnySourceRow,
    turns: Sequence[tuple[int | None, int | None]],
    cases: Mapping[str, int],
) -> dict[str, Any]:
    """Return the values of a segment's columns; each turn is given with its case."""
    turn_id, case_id = (None, None) if segment.turn is None else turns[segment.turn]
    if segment.turn is None and segment.case is not None:
        case_id = cases[segment.case]
    said = spoken(source.text[segment.start : segment.end]).text
    return {
        "guid": segment_guid(source.guid, segment.start, segment.end),
        "source_id": stored_id(source.id),
        "turn_id": turn_id,
        "case_id": case_id,
        "label": segment.case,
        "kind": segment.kind.value,
        "start": segment.start,
        "end": segment.end,
        "words": word_count(said),
        "text_hash": text_hash(said),
        "heading": segment.heading,
        "role": segment.role,
        "group": segment.group,
        "area": segment.area,
        "certainty": segment.certainty,
        "voice": segment.voice,
        "headings": list(segment.headings),
        "box": segment.box,
        "attributes": dict(segment.attributes),
        "is_idle": False,
    }


def list_sources(session: Session) -> list[SourceSummary]:
    """Return all sources, by name."""
    turns: dict[int, int] = dict(
        session.exec(select(TurnRow.source_id, func.count()).group_by(col(TurnRow.source_id))).all()
    )
    segments = passages_by_source(session)
    of_source: Any = select(SegmentRow.source_id, func.sum(SegmentRow.words)).where(IS_PASSAGE)
    words: dict[int, int] = dict(session.exec(of_source.group_by(col(SegmentRow.source_id))).all())
    coded = passages_coded(session)
    decided = passages_decided(session)
    options = reading_options(session)
    cases: dict[int, list[str]] = {}
    for source_id, _, _, name in _appearances(session):
        cases.setdefault(source_id, []).append(name)
    read = sources_read(session)
    columns = session.exec(select(SourceRow, func.length(SourceRow.text)).order_by(SourceRow.name))
    return [
        SourceSummary(
            id=stored_id(row.id),
            guid=row.guid,
            name=row.name,
            kind=row.kind,
            title=row.title,
            date=row.date,
            characters=characters,
            turns=turns.get(stored_id(row.id), 0),
            segments=segments.get(stored_id(row.id), 0),
            cases=tuple(cases.get(stored_id(row.id), [])),
            imported_at=row.imported_at,
            file_hash=row.file_hash,
            text_hash=row.text_hash,
            repairs=row.repairs,
            language=row.language,
            is_read=stored_id(row.id) in read,
            words=words.get(stored_id(row.id), 0),
            decided=decided.get(stored_id(row.id), 0),
            coded=coded.get(stored_id(row.id), 0),
            options=options.get(row.guid, {}),
        )
        for row, characters in columns
    ]


def _appearances(session: Session) -> list[tuple[int, str, int, str]]:
    """Return each source with each case that speaks in it, as number and name, in the order of the cases."""
    sources = dict(session.exec(select(SourceRow.id, SourceRow.name)).all())
    cases = dict(session.exec(select(CaseRow.id, CaseRow.name)).all())
    taking_turns = session.exec(select(TurnRow.source_id, TurnRow.case_id).distinct()).all()
    quoted = session.exec(select(SegmentRow.source_id, SegmentRow.case_id).distinct()).all()
    found = {
        (source_id, sources[source_id], case_id, cases[case_id])
        for source_id, case_id in (*taking_turns, *quoted)
        if case_id is not None
    }
    return sorted(found, key=lambda pair: pair[3])


def turns_around(session: Session, segment_id: int, *, before: int, after: int) -> list[TurnView]:
    """Return the turn of a segment and its neighbours, in order; empty for a report's quote."""
    segment = session.get_one(SegmentRow, segment_id)
    if segment.turn_id is None:
        return []
    turn = session.get_one(TurnRow, segment.turn_id)
    text = session.exec(select(SourceRow.text).where(SourceRow.id == segment.source_id)).one()
    rows = session.exec(
        select(TurnRow)
        .where(
            TurnRow.source_id == segment.source_id,
            TurnRow.position >= turn.position - before,
            TurnRow.position <= turn.position + after,
        )
        .order_by(col(TurnRow.position))
    )
    return [
        TurnView(
            id=stored_id(row.id),
            label=row.label,
            is_interviewer=row.is_interviewer,
            start=row.start,
            end=row.end,
            time=row.time,
            text=text[row.start : row.end],
        )
        for row in rows
    ]


def text_around(session: Session, segment_id: int, characters: int) -> tuple[str, int]:
    """Return the text of a source around a segment.

    Returns:
        The text, and the offset in the source at which it begins.
    """
    segment = session.get_one(SegmentRow, segment_id)
    first = max(segment.start - characters, 0)
    text = session.exec(
        select(func.substr(SourceRow.text, first + 1, segment.end + characters - first)).where(
            SourceRow.id == segment.source_id
        )
    ).one()
    return str(text), first


def source_words(session: Session, source: str, start: int, end: int) -> str:
    """Return the text of a source from one offset to another."""
    words = session.exec(
        select(func.substr(SourceRow.text, start + 1, end - start)).where(SourceRow.name == source)
    ).one()
    return str(words)


def segment_texts(session: Session) -> Iterator[tuple[int, int, int, str]]:
    """Return number, source, start and words of every segment, in the order of the sources' text."""
    texts: dict[int | None, str] = dict(session.exec(select(SourceRow.id, SourceRow.text)).all())
    rows = session.exec(
        select(SegmentRow.id, SegmentRow.source_id, SegmentRow.start, SegmentRow.end).order_by(
            col(SegmentRow.source_id), col(SegmentRow.start)
        )
    )
    for segment_id, source_id, start, end in rows:
        yield stored_id(segment_id), source_id, start, texts[source_id][start:end]
