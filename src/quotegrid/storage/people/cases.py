"""Cases, their names, and the sources and labels under which they speak."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from quotegrid.domain.people.case_values import name_key
from quotegrid.storage.engines.row_numbers import among, chunks, stored_id
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
    """A case in a listing."""

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
class CaseAppearance:
    """A speaker label of one source under which a case speaks."""

    source: str
    label: str
    turns: int
    """The number of its turns, or of its quotes in a report."""


def find_case(session: Session, name: str) -> CaseRow | None:
    """Return the case with a name or an alias, ignoring upper and lower case."""
    number = known_names(session).get(name_key(name))
    return None if number is None else session.get_one(CaseRow, number)


def all_names(session: Session) -> list[str]:
    """Return the names of all cases, in order."""
    return list(session.exec(select(CaseRow.name).order_by(CaseRow.name)))


def other_names(session: Session) -> dict[int, list[str]]:
    """Return the aliases of each case."""
    found: dict[int, list[str]] = {}
    rows = session.exec(select(CaseAliasRow).where(CaseAliasRow.source == "").order_by(col(CaseAliasRow.id)))
    for row in rows:
        found.setdefault(row.case_id, []).append(row.name)
    return found


def known_names(session: Session) -> dict[str, int]:
    """Return the case behind each name, by `name_key`."""
    aliases = session.exec(
        select(CaseAliasRow.name, CaseAliasRow.case_id).where(CaseAliasRow.source == "")
    ).all()
    names = session.exec(select(CaseRow.name, CaseRow.id)).all()
    return {name_key(name): number for name, number in (*aliases, *names) if number is not None}


def names_with_group(session: Session) -> set[str]:
    """Return the names and aliases of the cases whose group is known, by `name_key`."""
    grouped = set(session.exec(select(CaseRow.id).where(col(CaseRow.group).is_not(None))))
    return {name for name, number in known_names(session).items() if number in grouped}


def guids_by_name(session: Session) -> dict[str, str]:
    """Return the GUID of the case behind each name, by `name_key`."""
    guids = dict(session.exec(select(CaseRow.id, CaseRow.guid)).all())
    return {name: guids[number] for name, number in known_names(session).items()}


def areas_of_cases(session: Session) -> list[str]:
    """Return the areas that cases come from."""
    rows = session.exec(select(CaseRow.area).where(col(CaseRow.area).is_not(None)).distinct())
    return [area for area in rows if area is not None]


def where_cases_speak(session: Session) -> dict[int, list[CaseAppearance]]:
    """Return the sources and labels of each case, in the order of the sources' names."""
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
    found: dict[int, list[CaseAppearance]] = {}
    for case_id, source, label, times in sorted(
        [*spoken, *quoted], key=lambda place: (place[1], place[2] or "")
    ):
        found.setdefault(stored_id(case_id), []).append(CaseAppearance(source, label or "", times))
    return found


def words_of(
    session: Session, cases: Collection[int]
) -> Iterator[tuple[int, str, str, list[tuple[int, int]]]]:
    """Yield each case's turns, a source at a time: case, source name, text, and the turns' offsets."""
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
    """Return the roles of reports' quotes that are in no group: role, source, and number of quotes."""
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
    """Return all cases, by name."""
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
            sources=tuple(dict.fromkeys(place.source for place in places.get(stored_id(row.id), ()))),
            segments=segments.get(row.id, 0),
        )
        for row in session.exec(select(CaseRow).order_by(CaseRow.name))
    ]


def remove_silent_cases(session: Session, kept: Collection[str]) -> None:
    """Delete the cases that speak nowhere.

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


def cases_of_segments(session: Session, segments: Collection[int]) -> dict[int, str]:
    """Return the name of the case of each segment that has one; segments may be in use or not."""
    query = select(AnySegmentRow.id, CaseRow.name).join(CaseRow, col(CaseRow.id) == AnySegmentRow.case_id)
    query = query.where(among(AnySegmentRow.id, segments))
    return {stored_id(number): name for number, name in session.exec(query)}
