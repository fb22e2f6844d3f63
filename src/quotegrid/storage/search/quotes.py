"""Quotes: segments joined with their speakers, their codes and their suggested codes."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import sqlalchemy
from sqlmodel import Session, col, select

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.people.case_values import area_key
from quotegrid.domain.sources.memos import Memo
from quotegrid.domain.sources.model import Certainty, SegmentKind, Voice
from quotegrid.domain.study.progress import ProgressReport
from quotegrid.storage.coding.exemplars import exemplars_of
from quotegrid.storage.engines.portable import as_text
from quotegrid.storage.engines.row_numbers import among
from quotegrid.storage.people.case_values import attributes_in_sources, attributes_of_areas
from quotegrid.storage.sources.memo_list import list_memos
from quotegrid.storage.tables import (
    AnySegmentRow,
    AttributeRow,
    CaseRow,
    CodeRow,
    CoderRow,
    CodingRow,
    SegmentRow,
    SourceRow,
)

_REPORTED_EVERY = 1000


def load_quotes(
    session: Session,
    *,
    only: Collection[int] | None = None,
    suggested: Mapping[int, tuple[str, ...]] | None = None,
    report: ProgressReport | None = None,
) -> list[Quote]:
    """Return quotes in the order of the sources' names and texts, each with its codes of the codebook.

    Args:
        session: A session.
        only: The numbers of the segments; None for all.
        suggested: Undecided suggestions by segment, to be added to the quotes.
        report: Called with the progress.
    """
    source_query = select(SourceRow)
    if only is not None:
        of_these = select(SegmentRow.source_id).where(among(SegmentRow.id, only))
        source_query = source_query.where(col(SourceRow.id).in_(of_these))
    sources = {row.id or 0: row for row in session.exec(source_query)}
    codes: dict[int, list[str]] = {}
    stances: dict[int, dict[str, tuple[Stance, ...]]] = {}
    standing = (
        select(CodingRow.segment_id, CodeRow.name, CodingRow.stance, CodeRow.position)
        .join(CodeRow, col(CodeRow.id) == CodingRow.code_id)
        .where(col(CodeRow.is_active))
        .distinct()
        .order_by(col(CodeRow.position), col(CodingRow.stance))
    )
    if only is not None:
        standing = standing.where(among(CodingRow.segment_id, only))
    for segment_id, code, stance, _ in session.exec(standing):
        of_segment = codes.setdefault(segment_id, [])
        if code not in of_segment:
            of_segment.append(code)
        if stance is not None:
            of_codes = stances.setdefault(segment_id, {})
            of_codes[code] = (*of_codes.get(code, ()), Stance(stance))
    of_source: dict[int, dict[str, str]] = {}
    attribute_query = select(AttributeRow)
    case_query = select(CaseRow)
    if only is not None:
        speaking = select(SegmentRow.case_id).where(among(SegmentRow.id, only))
        attribute_query = attribute_query.where(among(AttributeRow.source_id, sources))
        case_query = case_query.where(col(CaseRow.id).in_(speaking))
    for value in session.exec(attribute_query):
        of_source.setdefault(value.source_id, {})[value.name] = value.value
    of_areas = attributes_of_areas(session)
    in_sources = attributes_in_sources(session)
    cases = {row.id: row for row in session.exec(case_query)}
    memos: dict[int | None, list[Memo]] = {}
    for memo in list_memos(session, segments=only):
        memos.setdefault(memo.segment, []).append(memo)
    exemplary = exemplars_of(session, only=only)
    coders = dict(session.exec(select(CoderRow.id, CoderRow.name)).all())
    columns: list[Any] = [
        SegmentRow.id,
        SegmentRow.source_id,
        SegmentRow.case_id,
        SegmentRow.kind,
        SegmentRow.start,
        SegmentRow.end,
        SegmentRow.heading,
        SegmentRow.role,
        SegmentRow.group,
        SegmentRow.area,
        SegmentRow.certainty,
        SegmentRow.voice,
        SegmentRow.headings,
        SegmentRow.box,
        SegmentRow.attributes,
        SegmentRow.made_by_id,
    ]
    query = sqlalchemy.select(*columns)
    if only is not None:
        query = query.where(among(SegmentRow.id, only))
    quotes: list[Quote] = []
    rows = session.connection().execute(query).all()
    for row in rows:
        if report is not None and len(quotes) % _REPORTED_EVERY == 0:
            report("Reading quotes", len(quotes), len(rows))
        number, source_id, case_id, kind, start, end, heading, role, group, area = row[:10]
        certainty, voice, headings, box, own, made_by = row[10:]
        source = sources[source_id]
        case = cases.get(case_id)
        quotes.append(
            Quote(
                id=number,
                text=source.text[start:end],
                kind=SegmentKind(kind),
                source=source.name,
                start=start,
                end=end,
                case=None if case is None else case.name,
                group=group or (None if case is None else case.group),
                role=role or (None if case is None else case.role),
                area=area or (None if case is None else case.area) or source.area,
                heading=heading,
                headings=tuple(headings),
                box=box,
                certainty=None if certainty is None else Certainty(certainty),
                voice=None if voice is None else Voice(voice),
                page=bisect_right(source.pages, start) or None,
                codes=tuple(codes.get(number, ())),
                suggested=(suggested or {}).get(number, ()),
                attributes=standing_attributes(
                    {} if case is None else case.attributes,
                    {**in_sources.get((case_id, source_id), {}), **of_source.get(source_id, {})},
                    of_areas.get(area_key(source.area or ""), {}),
                    own,
                    names_area=bool(area),
                ),
                memos=tuple(memos.get(number, ())),
                stances=stances.get(number, {}),
                exemplar_of=exemplary.get(number, ()),
                made_by=coders.get(made_by),
            )
        )
    quotes.sort(key=lambda quote: (quote.source.casefold(), quote.start))
    return quotes


def load_texts(session: Session, numbers: Collection[int]) -> Iterator[tuple[int, int, str]]:
    """Return number, start and text of segments, in the order of their sources."""
    rows = session.exec(
        select(SegmentRow.id, SegmentRow.source_id, SegmentRow.start, SegmentRow.end)
        .where(among(SegmentRow.id, numbers))
        .order_by(col(SegmentRow.source_id))
    )
    text, last = "", 0
    for number, source_id, start, end in rows:
        if source_id != last:
            text = session.exec(select(SourceRow.text).where(SourceRow.id == source_id)).one()
            last = source_id
        yield number or 0, start, text[start:end]


def standing_attributes(
    of_case: Mapping[str, str],
    of_source: Mapping[str, str],
    of_area: Mapping[str, str],
    own: Mapping[str, str],
    *,
    names_area: bool,
) -> Mapping[str, str]:
    """Return the attributes that hold for a quote: its own value, else its source's, else its case's.

    Args:
        of_case: The case's attributes, including those of its area.
        of_source: The source's attributes, and the case's that hold in this source alone.
        of_area: The attributes of the source's area, for speakers without attributes.
        own: The quote's own attributes, which those of an area that a report names for it are among.
        names_area: Whether a report names an area for this quote.
    """
    usual = of_case if names_area else of_case or of_area
    return {**usual, **of_source, **own}


def turns_of_segments(session: Session) -> dict[int, int]:
    """Return the turn of each segment that has one, by their numbers."""
    columns: list[Any] = [SegmentRow.id, SegmentRow.turn_id]
    found = sqlalchemy.select(*columns).where(col(SegmentRow.turn_id).is_not(None))
    return {row[0]: row[1] for row in session.connection().execute(found)}


def known_segments(session: Session, numbers: Collection[int]) -> set[int]:
    """Return the numbers of segments of sources in use, whether or not they are in use themselves."""
    found = session.exec(
        select(AnySegmentRow.id)
        .join(SourceRow, col(SourceRow.id) == AnySegmentRow.source_id)
        .where(among(AnySegmentRow.id, numbers))
    )
    return {number for number in found if number is not None}


def attribute_names(session: Session) -> list[str]:
    """Return the names of all further attributes, in order."""
    of_sources = session.exec(select(AttributeRow.name).distinct())
    of_cases = session.exec(select(as_text(CaseRow.attributes)).distinct())
    of_areas = session.exec(
        select(as_text(SegmentRow.attributes)).where(as_text(SegmentRow.attributes) != "{}").distinct()
    )
    in_areas = {name for values in attributes_of_areas(session).values() for name in values}
    own = (name for values in {*of_cases, *of_areas} for name in json.loads(values))
    in_sources = (name for values in attributes_in_sources(session).values() for name in values)
    return sorted({*of_sources, *in_sources, *in_areas, *own})
