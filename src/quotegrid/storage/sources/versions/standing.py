"""The coding and the memos on a source, and those that could not be placed in a corrected version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.sources.model import SegmentKind
from quotegrid.domain.sources.replacing import OldPassage
from quotegrid.storage.coding.decision_log import decisions_on_sources, standing_on
from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.journal import not_counting
from quotegrid.storage.sources.memo_list import list_memos
from quotegrid.storage.sources.memos import memos_about_source
from quotegrid.storage.sources.versions.archive import unpacked
from quotegrid.storage.tables import (
    AnySegmentRow,
    AnySourceRow,
    CodeRow,
    CoderRow,
    CodingRow,
    DecisionRow,
    ExemplarRow,
    JournalRow,
    MemoRow,
    SegmentRow,
    SourceArchiveRow,
    TurnRow,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The codings, decisions and memos that stand on a source, as counts."""

    codings: int
    codes: int
    """The number of different codes among them."""
    coders: tuple[str, ...]
    decisions: int
    """The number of decisions that count."""
    memos: int
    """The number of memos that were written here."""


@dataclass(frozen=True, slots=True)
class CodedWords:
    """A coding with its range in the source's text."""

    segment: int
    start: int
    end: int
    code: str
    coder: str


@dataclass(frozen=True, slots=True)
class LostCoding:
    """A coding that could not be placed in the corrected version of its source."""

    source: str
    """The name of the source today."""
    version: str
    """The name of the version that has its words."""
    segment: int
    code: str
    coder: str
    words: str


def standing_on_source(session: Session, source_id: int) -> Standing:
    """Return what stands on a source."""
    coded = session.exec(
        select(CodingRow.code_id, CoderRow.name)
        .join(CoderRow, col(CoderRow.id) == CodingRow.coder_id)
        .where(CodingRow.source_id == source_id)
    ).all()
    memos = list_memos(session, only=memos_about_source(session, source_id))
    return Standing(
        codings=len(coded),
        codes=len({code for code, _ in coded}),
        coders=tuple(sorted({coder for _, coder in coded})),
        decisions=decisions_on_sources(session).get(source_id, 0),
        memos=sum(not memo.is_imported for memo in memos),
    )


def passages_to_place(session: Session, source_id: int) -> list[OldPassage]:
    """Return the passages of a source, in use or not: those that an import cut before those cut by hand."""
    rows = session.exec(
        select(
            AnySegmentRow.id,
            AnySegmentRow.start,
            AnySegmentRow.end,
            func.coalesce(TurnRow.label, AnySegmentRow.label),
            AnySegmentRow.turn_id,
            AnySegmentRow.kind,
        )  # type: ignore[call-overload]  # more columns than `select` is typed for
        .outerjoin(TurnRow, col(TurnRow.id) == AnySegmentRow.turn_id)
        .where(AnySegmentRow.source_id == source_id)
        .order_by(col(AnySegmentRow.made_by_id).is_not(None), col(AnySegmentRow.start))
    ).all()
    numbers = [stored_id(number) for number, *_ in rows]
    own = (MemoRow.about == "segment", col(MemoRow.is_imported).is_(False))
    references: list[Any] = [
        select(DecisionRow.segment_id).where(among(DecisionRow.segment_id, numbers)),
        select(ExemplarRow.segment_id).where(among(ExemplarRow.segment_id, numbers)),
        select(MemoRow.about_id).where(*own, among(MemoRow.about_id, numbers)),
    ]
    referenced = {number for query in references for number in session.exec(query)}
    return [
        OldPassage(
            stored_id(number),
            start,
            end,
            number in referenced,
            label,
            is_aside=turn is None and kind == SegmentKind.TURN.value,
        )
        for number, start, end, label, turn, kind in rows
    ]


def memo_ranges(session: Session, source_id: int) -> dict[int, tuple[int, int]]:
    """Return the range of each memo that was written here on words of a source, by its number."""
    rows = session.exec(
        select(MemoRow.id, MemoRow.start, MemoRow.end).where(
            MemoRow.about == "source",
            MemoRow.about_id == source_id,
            col(MemoRow.is_imported).is_(False),
            col(MemoRow.start).is_not(None),
        )
    )
    return {stored_id(number): (start or 0, end or 0) for number, start, end in rows}


def codings_with_words(session: Session, source_id: int) -> list[CodedWords]:
    """Return the codings of a source with their ranges, in the order of the text."""
    rows = session.exec(
        select(CodingRow.segment_id, CodingRow.start, CodingRow.end, CodeRow.name, CoderRow.name)  # type: ignore[call-overload]  # more columns than `select` is typed for
        .join(CodeRow, col(CodeRow.id) == CodingRow.code_id)
        .join(CoderRow, col(CoderRow.id) == CodingRow.coder_id)
        .where(CodingRow.source_id == source_id)
        .order_by(col(CodingRow.start), col(CodingRow.end), col(CodeRow.position), CoderRow.name)
    )
    return [CodedWords(*row) for row in rows]


def lost_codings(session: Session) -> list[LostCoding]:
    """Return the codings that could not be placed when their source was replaced, as long as that counts."""
    replaced = _replacements(session)
    after = {row.source_id: row.instead_id for row in replaced}
    codes = dict(session.exec(select(CodeRow.id, CodeRow.name)).all())
    coders = session.exec(select(CoderRow.id, CoderRow.name)).all()
    found = []
    for row in replaced:
        today = _version_today(session, row.source_id, after)
        if today is None:
            continue
        version = session.get_one(AnySourceRow, row.source_id)
        for number in unpacked(row.content)["lost"]:
            segment = session.get_one(AnySegmentRow, number)
            words = version.text[segment.start : segment.end]
            found += [
                LostCoding(today, version.name, number, codes[coding.code], coder, words)
                for coder_id, coder in coders
                for coding in standing_on(session, number, stored_id(coder_id))
            ]
    return found


def removed_sources(session: Session) -> dict[str, str]:
    """Return who removed each source that was removed, by its name, as long as that counts."""
    removed = [row for row in _replacements(session) if row.instead_id is None]
    entries = select(JournalRow.id, JournalRow.by).where(
        among(JournalRow.id, [row.entry_id for row in removed])
    )
    makers = dict(session.exec(entries).all())
    return {str(unpacked(row.content)["name"]): makers[row.entry_id] for row in removed}


def version_numbers(session: Session) -> dict[int, int]:
    """Return how many earlier versions are kept of each source that has some."""
    before = {row.instead_id: row.source_id for row in _replacements(session) if row.instead_id is not None}
    found = {}
    for version in before:
        number, at = 0, version
        while at in before:
            number, at = number + 1, before[at]
        found[version] = number
    return found


def is_earlier_version(session: Session, source_id: int, words: str) -> bool:
    """Return whether a text is one that a corrected version of a source has replaced.

    Args:
        session: A session.
        source_id: The source, in use.
        words: The `text_hash` of the text.
    """
    before = {row.instead_id: row.source_id for row in _replacements(session) if row.instead_id is not None}
    at = source_id
    while at in before:
        at = before[at]
        if session.get_one(AnySourceRow, at).text_hash == words:
            return True
    return False


def _replacements(session: Session) -> list[SourceArchiveRow]:
    """Return what the removals and replacements that count have set aside, oldest first."""
    gone = not_counting(session)
    rows = session.exec(
        select(SourceArchiveRow)
        .join(JournalRow, col(JournalRow.id) == SourceArchiveRow.entry_id)
        .where(col(JournalRow.undoes_id).is_(None))
        .order_by(col(SourceArchiveRow.id))
    )
    return [row for row in rows if row.entry_id not in gone]


def _version_today(session: Session, source_id: int, after: Mapping[int, int | None]) -> str | None:
    """Return the name of the version that is in use today after one; None if it was removed."""
    at: int | None = source_id
    while at is not None and at in after:
        at = after[at]
    return None if at is None else session.get_one(AnySourceRow, at).name


def decisions_since(session: Session, source_id: int, entry: int) -> list[str]:
    """Return who made each decision on a source after an entry, of those that count."""
    gone = not_counting(session)
    rows = session.exec(
        select(DecisionRow.entry_id, JournalRow.by)
        .join(JournalRow, col(JournalRow.id) == DecisionRow.entry_id)
        .join(AnySegmentRow, col(AnySegmentRow.id) == DecisionRow.segment_id)
        .where(
            AnySegmentRow.source_id == source_id,
            DecisionRow.action != Action.UNDO.value,
            DecisionRow.entry_id > entry,
        )
    )
    return [by for number, by in rows if number not in gone]


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """The facts about a source that a corrected version is compared with."""

    turns: int
    imported_passages: int
    coded: set[int]
    """The passages on which a coding stands."""
    decided: set[int]
    """The passages on which a decision counts."""


def source_facts(session: Session, source_id: int) -> SourceFacts:
    """Return the facts about a source."""
    gone = not_counting(session)
    turns = select(func.count()).select_from(TurnRow).where(TurnRow.source_id == source_id)
    passages = (
        select(func.count())
        .select_from(SegmentRow)
        .where(SegmentRow.source_id == source_id, col(SegmentRow.made_by_id).is_(None))
    )
    decided = session.exec(
        select(DecisionRow.entry_id, DecisionRow.segment_id)
        .join(AnySegmentRow, col(AnySegmentRow.id) == DecisionRow.segment_id)
        .where(AnySegmentRow.source_id == source_id, DecisionRow.action != Action.UNDO.value)
    )
    return SourceFacts(
        turns=session.exec(turns).one(),
        imported_passages=session.exec(passages).one(),
        coded=set(session.exec(select(CodingRow.segment_id).where(CodingRow.source_id == source_id))),
        decided={segment for entry, segment in decided if entry not in gone},
    )
