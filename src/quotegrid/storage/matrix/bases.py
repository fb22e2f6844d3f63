"""The quotes of a study, read in the form that is counted.

The database gathers the numbers of the quotes into one text for each speaker and each code: reading a million
codings as rows of their own takes three times as long.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import sqlalchemy
from sqlmodel import Session, col, select

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.matrix.bases import HeardQuotes, Speaker
from quotegrid.domain.people.case_values import area_key
from quotegrid.domain.text.overlaps import Overlaps, PlacedQuote, find_overlaps, places_of_words
from quotegrid.storage.engines.portable import as_text, joined
from quotegrid.storage.people.case_values import attributes_in_sources, attributes_of_areas
from quotegrid.storage.search.quotes import load_texts, standing_attributes
from quotegrid.storage.sources.read_marks import sources_read
from quotegrid.storage.suggestions.suggestions import pending_codes
from quotegrid.storage.tables import AttributeRow, CaseRow, CodeRow, CodingRow, SegmentRow, SourceRow


def load_heard(session: Session, *, with_words: bool = False, with_suggestions: bool = False) -> HeardQuotes:
    """Return all quotes in the form that is counted.

    Args:
        session: A session.
        with_words: Whether their words are to be counted.
        with_suggestions: Whether undecided suggestions are wanted.
    """
    speakers, speaker_of, words = _speakers(session, with_words=with_words)
    overlaps = _overlaps(session, speaker_of)
    coded: dict[str, list[int]] = {}
    stances: dict[tuple[str, Stance], frozenset[int]] = {}
    names = dict(session.exec(select(CodeRow.id, CodeRow.name).where(col(CodeRow.is_active))).all())
    gathered = select(CodingRow.code_id, CodingRow.stance, joined(CodingRow.segment_id)).group_by(
        col(CodingRow.code_id), col(CodingRow.stance)
    )
    for code_id, stance, numbers in session.exec(gathered):
        if code_id not in names:
            continue
        code, (found,) = names[code_id].casefold(), _lists([numbers])
        coded.setdefault(code, []).extend(found)
        if stance is not None:
            stances[code, Stance(stance)] = frozenset(found)
    suggested: dict[str, set[int]] = {}
    for number, codes in (pending_codes(session) if with_suggestions else {}).items():
        for code in codes:
            suggested.setdefault(code.casefold(), set()).add(number)
    return HeardQuotes(
        speakers=speakers,
        speaker_of=speaker_of,
        coded={code: frozenset(found) for code, found in coded.items()},
        stances=stances,
        suggested={code: frozenset(found) for code, found in suggested.items()},
        words=words,
        shared=_shared(session, overlaps) if with_words else {},
        overlaps=overlaps,
        read_sources=_read_sources(session),
    )


def _overlaps(session: Session, speaker_of: Mapping[int, int]) -> Overlaps:
    """Return the overlaps of quotes in the sources of which some were cut out by hand."""
    is_cut = col(SegmentRow.made_by_id).is_not(None)
    if session.exec(select(SegmentRow.id).where(is_cut).limit(1)).first() is None:
        return Overlaps()
    cut = select(SegmentRow.source_id).where(is_cut).distinct()
    columns: list[Any] = [SegmentRow.id, SegmentRow.start, SegmentRow.end, SegmentRow.made_by_id]
    rows = session.connection().execute(sqlalchemy.select(*columns).where(col(SegmentRow.source_id).in_(cut)))
    return find_overlaps(
        PlacedQuote(number, speaker_of[number], start, end, made_by is not None)
        for number, start, end, made_by in rows
    )


def _read_sources(session: Session) -> frozenset[str]:
    """Return the names of the sources that are read to the end."""
    read = sources_read(session)
    names = session.exec(select(SourceRow.id, SourceRow.name))
    return frozenset(name for number, name in names if number in read)


def _shared(session: Session, overlaps: Overlaps) -> dict[int, frozenset[int]]:
    """Return where each word of the quotes begins that share words with another one."""
    found = load_texts(session, overlaps.ranges)
    return {number: places_of_words(text, start) for number, start, text in found}


def _speakers(session: Session, *, with_words: bool) -> tuple[list[Speaker], dict[int, int], dict[int, int]]:
    sources = {
        number: (name, area)
        for number, name, area in session.exec(select(SourceRow.id, SourceRow.name, SourceRow.area))
    }
    of_source: dict[int | None, dict[str, str]] = {}
    for value in session.exec(select(AttributeRow)):
        of_source.setdefault(value.source_id, {})[value.name] = value.value
    of_areas = attributes_of_areas(session)
    in_sources = attributes_in_sources(session)
    cases = {row.id: row for row in session.exec(select(CaseRow))}
    # Speakers outnumber by far the areas and the attributes that reports give them.
    of_area_of_source = {
        number: of_areas.get(area_key(area or ""), {}) for number, (_, area) in sources.items()
    }
    read_own = cache(json.loads)
    said_alike: list[Any] = [
        SegmentRow.source_id,
        SegmentRow.case_id,
        SegmentRow.group,
        SegmentRow.role,
        SegmentRow.area,
        # As text: few segments have attributes of their own, for which it must be read.
        as_text(SegmentRow.attributes),
    ]
    counts: Any = joined(SegmentRow.words) if with_words else sqlalchemy.literal("")
    gathered = sqlalchemy.select(*said_alike, joined(SegmentRow.id), counts).group_by(*said_alike)
    speakers: list[Speaker] = []
    speaker_of: dict[int, int] = {}
    words: dict[int, int] = {}
    rows = session.connection().execute(gathered).all()
    for row, found in zip(rows, _lists(row[-2] for row in rows), strict=True):
        source_id, case_id, group, role, area, own, _, spoken = tuple(row)
        name, area_of_source = sources[source_id]
        case = cases.get(case_id)
        speaker_of |= dict.fromkeys(found, len(speakers))
        if with_words:
            (counts_of,) = _lists([spoken])
            words |= zip(found, counts_of, strict=True)
        speakers.append(
            Speaker(
                source=name,
                case=None if case is None else case.name,
                group=group or (None if case is None else case.group),
                role=role or (None if case is None else case.role),
                area=area or (None if case is None else case.area) or area_of_source,
                attributes=standing_attributes(
                    {} if case is None else case.attributes,
                    {**in_sources.get((case_id, source_id), {}), **of_source.get(source_id, {})},
                    of_area_of_source[source_id],
                    read_own(own),
                    names_area=bool(area),
                ),
            )
        )
    return speakers, speaker_of, words


def _lists(gathered: Iterable[str]) -> list[list[int]]:
    """Return the numbers of texts such as "1,2,3"; JSON's reader is twice as fast as splitting them."""
    numbers: list[list[int]] = json.loads(f"[{','.join(f'[{numbers_text}]' for numbers_text in gathered)}]")
    return numbers
