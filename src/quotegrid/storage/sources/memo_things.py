"""The things that memos are on and link to, by their present names."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy
from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from quotegrid.domain.coding.decisions import STANDS, Action
from quotegrid.domain.people.case_values import name_key
from quotegrid.domain.sources.memo_links import KnownThings, PassagePlace, mentioned_passages
from quotegrid.storage.codebook.versions import merged_codes
from quotegrid.storage.coding.summaries import merged_cases
from quotegrid.storage.engines.row_numbers import among, chunks, stored_id
from quotegrid.storage.journal import not_counting
from quotegrid.storage.tables import (
    AnySegmentRow,
    CaseAliasRow,
    CaseRow,
    CodeRow,
    CoderRow,
    CodingRow,
    DecisionRow,
    JournalRow,
    SourceRow,
)


def known_things(session: Session, texts: Iterable[str] = (), passages: Iterable[int] = ()) -> KnownThings:
    """Return the things that links can name.

    Args:
        session: A session.
        texts: The texts whose links are to be resolved.
        passages: The numbers of further passages that are wanted.
    """
    texts = list(texts)
    sources = session.exec(select(SourceRow.guid, SourceRow.name)).all()
    aliases = session.exec(
        select(CaseAliasRow.name, CaseRow.guid)
        .join(CaseRow, col(CaseRow.id) == CaseAliasRow.case_id)
        .where(CaseAliasRow.source == "")
    )
    codes = select(CodeRow.guid, CodeRow.name).where(col(CodeRow.is_active)).order_by(col(CodeRow.position))
    return KnownThings(
        codes=dict(session.exec(codes).all()),
        cases=dict(session.exec(select(CaseRow.guid, CaseRow.name).order_by(CaseRow.name)).all()),
        aliases={name_key(name): guid for name, guid in aliases},
        sources=dict(sources),
        lengths=_lengths(session, sources, texts),
        passages=_passages(session, texts, passages),
        merged={**merged_codes(session), **merged_cases(session)},
    )


def _lengths(session: Session, sources: Iterable[tuple[str, str]], texts: Iterable[str]) -> dict[str, int]:
    """Return the lengths of the sources of which texts mention words, by GUID."""
    named = {name_key(name) for name, _, _ in mentioned_passages(texts).places}
    wanted = [guid for guid, name in sources if name_key(name) in named]
    found: dict[str, int] = {}
    for some in chunks(wanted):
        lengths = select(SourceRow.guid, func.length(SourceRow.text)).where(col(SourceRow.guid).in_(some))
        found |= dict(session.exec(lengths).all())
    return found


def _passages(session: Session, texts: Iterable[str], numbers: Iterable[int]) -> dict[str, PassagePlace]:
    """Return the segments that texts mention, and those with some numbers, by GUID."""
    mentioned = mentioned_passages(texts)
    columns: list[Any] = [
        AnySegmentRow.guid,
        AnySegmentRow.id,
        SourceRow.guid,
        AnySegmentRow.start,
        AnySegmentRow.end,
    ]
    query = sqlalchemy.select(*columns).join_from(
        AnySegmentRow, SourceRow, col(SourceRow.id) == AnySegmentRow.source_id
    )
    wanted: list[Any] = [among(AnySegmentRow.id, {*mentioned.numbers, *numbers})]
    if mentioned.places:
        starts = {start for _, start, _ in mentioned.places}
        ends = {end for _, _, end in mentioned.places}
        wanted.append(among(AnySegmentRow.start, starts) & among(AnySegmentRow.end, ends))
    wanted += [col(AnySegmentRow.guid).in_(some) for some in chunks(mentioned.guids)]
    rows = session.connection().execute(query.where(or_(*wanted)))
    return {guid: PassagePlace(number, source, start, end) for guid, number, source, start, end in rows}


CodingKey = tuple[int, int, int]
"""A coding: its segment, code and coder, by their numbers."""


def present_codings(session: Session, keys: Collection[CodingKey]) -> dict[CodingKey, CodingKey]:
    """Return what codings have become: a merge, a split or a moved end of the passage takes them along.

    Codings that no longer stand in any form are left out.
    """
    gone = not_counting(session) if keys else set()
    found = {}
    for key in keys:
        now = _present_coding(session, key, gone)
        if now is not None:
            found[key] = now
    return found


def _present_coding(session: Session, key: CodingKey, gone: set[int]) -> CodingKey | None:
    seen: set[CodingKey] = set()
    while key not in seen:
        seen.add(key)
        segment, code, coder = key
        stands = session.exec(
            select(CodingRow.id).where(
                CodingRow.segment_id == segment, CodingRow.code_id == code, CodingRow.coder_id == coder
            )
        ).first()
        if stands is not None:
            return key
        key = _moved_to(session, key, gone) or key
    return None


def _moved_to(session: Session, key: CodingKey, gone: set[int]) -> CodingKey | None:
    """Return the coding that the last move of one made; None where something else took it off."""
    segment, code, coder = key
    decisions = session.exec(
        select(DecisionRow)
        .where(DecisionRow.segment_id == segment, DecisionRow.code_id == code, DecisionRow.coder_id == coder)
        .order_by(col(DecisionRow.id).desc())
    )
    last = next((row for row in decisions if row.entry_id not in gone and row.action != Action.MARK), None)
    if last is None or last.action != Action.MOVE:
        return None
    entry = session.get_one(JournalRow, last.entry_id)
    group = entry.group_id or stored_id(entry.id)
    applied = session.exec(
        select(DecisionRow.segment_id, DecisionRow.code_id)
        .join(JournalRow, col(JournalRow.id) == DecisionRow.entry_id)
        .where(
            or_(col(JournalRow.id) == group, col(JournalRow.group_id) == group),
            col(DecisionRow.action).in_([action.value for action in STANDS]),
            DecisionRow.coder_id == coder,
            or_(col(DecisionRow.segment_id) == segment, col(DecisionRow.code_id) == code),
        )
        .order_by(col(DecisionRow.id))
    ).first()
    return None if applied is None or applied[1] is None else (applied[0], applied[1], coder)


def coding_of(session: Session, segment: str, code: str) -> dict[str, tuple[int, int]]:
    """Return who has coded a segment with a code: the numbers of segment and coder, by the coder's name.

    Args:
        session: A session.
        segment: The segment's GUID.
        code: The code's GUID.
    """
    rows = session.exec(
        select(CoderRow.name, CodingRow.segment_id, CodingRow.coder_id)
        .join(CodingRow, col(CodingRow.coder_id) == CoderRow.id)
        .join(AnySegmentRow, col(AnySegmentRow.id) == CodingRow.segment_id)
        .join(CodeRow, col(CodeRow.id) == CodingRow.code_id)
        .where(AnySegmentRow.guid == segment, CodeRow.guid == code)
    )
    return {name: (number, coder) for name, number, coder in rows}


def source_with(session: Session, *, guid: str = "", number: int | None = None) -> tuple[int, str]:
    """Return the number and name of the source that has a GUID or a number."""
    is_it = SourceRow.guid == guid if number is None else SourceRow.id == number
    found, name = session.exec(select(SourceRow.id, SourceRow.name).where(is_it)).one()
    return stored_id(found), name
