"""Cases: who speaks, by which names they go, and where they speak."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from quotegrid.domain.people.cases import name_key
from quotegrid.storage.engines.row_numbers import chunks, stored_id
from quotegrid.storage.tables import (
    AnySegmentRow,
    CaseAliasRow,
    CaseRow,
    CaseValueRow,
    SegmentRow,
    SourceRow,
    TurnRow,
)


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """A case as it is listed."""

    id: int
    guid: str
    name: str
    group: str | None
    role: str | None
    area: str | None
    attributes: Mapping[str, str]
    sources: tuple[str, ...]
    segments: int


@dataclass(frozen=True, slots=True)
class CaseSays:
    """Where a case speaks: one speaker label of one source."""

    source: str
    label: str
    turns: int
    """How many turns, or a report's quotes, are theirs."""


def find_case(session: Session, name: str) -> CaseRow | None:
    """The case that goes by a name, case aside: its own, or another that it is known by."""
    number = known_names(session).get(name_key(name))
    return None if number is None else session.get_one(CaseRow, number)


def all_names(session: Session) -> list[str]:
    """The names of all cases, in order."""
    return list(session.exec(select(CaseRow.name).order_by(CaseRow.name)))


def other_names(session: Session) -> dict[int, list[str]]:
    """The other names that each case is known by."""
    found: dict[int, list[str]] = {}
    rows = session.exec(select(CaseAliasRow).where(CaseAliasRow.source == "").order_by(col(CaseAliasRow.id)))
    for row in rows:
        found.setdefault(row.case_id, []).append(row.name)
    return found


def known_names(session: Session) -> dict[str, int]:
    """The case behind each name, by `name_key`."""
    aliases = session.exec(
        select(CaseAliasRow.name, CaseAliasRow.case_id).where(CaseAliasRow.source == "")
    ).all()
    names = session.exec(select(CaseRow.name, CaseRow.id)).all()
    return {name_key(name): number for name, number in (*aliases, *names) if number is not None}


def areas_of_cases(session: Session) -> list[str]:
    """The areas that cases come from."""
    rows = session.exec(select(CaseRow.area).where(col(CaseRow.area).is_not(None)).distinct())
    return [area for area in rows if area is not None]


def where_cases_speak(session: Session) -> dict[int, list[CaseSays]]:
    """The sources and labels of each case, in the order of the sources' names."""
    spoken = session.exec(
        select(TurnRow.case_id, SourceRow.name, TurnRow.label, func.count())
        .join(SourceRow, col(SourceRow.id) == TurnRow.source_id)
        .where(col(TurnRow.case_id).is_not(None))
        .group_by(col(TurnRow.case_id), SourceRow.name, col(TurnRow.label))
    ).all()
    quoted = session.exec(
        select(SegmentRow.case_id, SourceRow.name, SegmentRow.label, func.count())
        .join(SourceRow, col(SourceRow.id) == SegmentRow.source_id)
        .where(col(SegmentRow.case_id).is_not(None), col(SegmentRow.turn_id).is_(None))
        .group_by(col(SegmentRow.case_id), SourceRow.name, col(SegmentRow.label))
    ).all()
    found: dict[int, list[CaseSays]] = {}
    for case_id, source, label, times in sorted([*spoken, *quoted], key=lambda one: (one[1], one[2] or "")):
        found.setdefault(stored_id(case_id), []).append(CaseSays(source, label or "", times))
    return found


def words_of(
    session: Session, cases: Collection[int]
) -> Iterator[tuple[int, str, str, list[tuple[int, int]]]]:
    """What cases say, a source at a time: the case, the source's name and text, and where its turns stand."""
    for some in chunks(cases):
        turns: dict[tuple[int, int], list[tuple[int, int]]] = {}
        rows = session.exec(
            select(TurnRow.source_id, TurnRow.case_id, TurnRow.start, TurnRow.end)
            .where(col(TurnRow.case_id).in_(some))
            .order_by(col(TurnRow.source_id), col(TurnRow.start))
        )
        for source_id, case_id, start, end in rows:
            turns.setdefault((source_id, stored_id(case_id)), []).append((start, end))
        name, text = "", ""
        last: int | None = None
        for (source_id, case_id), spans in turns.items():
            if source_id != last:
                name, text = session.exec(
                    select(SourceRow.name, SourceRow.text).where(SourceRow.id == source_id)
                ).one()
                last = source_id
            yield case_id, name, text, spans


def roles_of_quotes(session: Session) -> list[tuple[str, str, int]]:
    """The roles of reports' quotes that are in no group: role, source, and how many quotes."""
    rows = session.exec(
        select(SegmentRow.role, SourceRow.name, func.count())
        .join(SourceRow, col(SourceRow.id) == SegmentRow.source_id)
        .where(
            col(SegmentRow.role).is_not(None),
            col(SegmentRow.group).is_(None),
            col(SegmentRow.case_id).is_(None),
        )
        .group_by(col(SegmentRow.role), SourceRow.name)
        .order_by(col(SegmentRow.role), SourceRow.name)
    )
    return [(role or "", source, count) for role, source, count in rows]


def list_cases(session: Session) -> list[CaseSummary]:
    """All cases, by name."""
    segments = dict(
        session.exec(select(SegmentRow.case_id, func.count()).group_by(col(SegmentRow.case_id))).all()
    )
    places = where_cases_speak(session)
    return [
        CaseSummary(
            id=stored_id(row.id),
            guid=row.guid,
            name=row.name,
            group=row.group,
            role=row.role,
            area=row.area,
            attributes=row.attributes,
            sources=tuple(dict.fromkeys(one.source for one in places.get(stored_id(row.id), ()))),
            segments=segments.get(row.id, 0),
        )
        for row in session.exec(select(CaseRow).order_by(CaseRow.name))
    ]


def remove_silent_cases(session: Session, kept: Collection[str]) -> None:
    """Take out the cases that speak nowhere.

    Args:
        session: A session.
        kept: The GUIDs of cases that stay whether or not they speak.
    """
    speaking = select(TurnRow.case_id).where(col(TurnRow.case_id).is_not(None))
    quoted = select(AnySegmentRow.case_id).where(col(AnySegmentRow.case_id).is_not(None))
    silent = session.exec(
        select(CaseRow.id, CaseRow.guid).where(
            col(CaseRow.id).not_in(speaking), col(CaseRow.id).not_in(quoted)
        )
    ).all()
    gone = [number for number, guid in silent if number is not None and guid not in kept]
    for some in chunks(gone):
        for table in (CaseValueRow, CaseAliasRow):
            session.exec(delete(table).where(col(table.case_id).in_(some)))
        session.exec(delete(CaseRow).where(col(CaseRow.id).in_(some)))


def cases_of_segments(session: Session) -> dict[int, str]:
    """Return the name of the case that says each segment, in use or not; without those of no case."""
    query = select(AnySegmentRow.id, CaseRow.name).join(CaseRow, col(CaseRow.id) == AnySegmentRow.case_id)
    return {stored_id(number): name for number, name in session.exec(query)}
