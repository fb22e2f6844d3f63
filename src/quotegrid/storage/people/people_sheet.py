"""The rows of the grid of people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import func
from sqlmodel import Session, col, select

from quotegrid.domain.people.case_values import WHO
from quotegrid.domain.people.sheet import SheetRow
from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.people.case_values import attributes_in_sources
from quotegrid.storage.tables import AttributeRow, CaseRow, SegmentRow, SourceRow, TurnRow


def sheet_rows(session: Session, guids: Collection[str] | None = None) -> list[SheetRow]:
    """Return the people with their values, in the order in which they came into the study.

    Args:
        session: A session.
        guids: The GUIDs of the cases that are wanted, those that are not in the study left out; None for all.
    """
    query = select(CaseRow).order_by(col(CaseRow.id))
    if guids is not None:
        query = query.where(col(CaseRow.guid).in_(list(guids)))
    cases = {stored_id(case.id): case for case in session.exec(query)}
    only = None if guids is None else list(cases)
    names = dict(session.exec(select(SourceRow.id, SourceRow.name)).all())
    of_sources: dict[int, dict[str, str]] = {}
    for number, name, value in session.exec(
        select(AttributeRow.source_id, AttributeRow.name, AttributeRow.value)
    ):
        of_sources.setdefault(number, {})[name] = value
    in_sources = attributes_in_sources(session, only)
    places, segments = _places(session, only)
    return [
        SheetRow(
            guid=case.guid,
            name=case.name,
            values=_values(
                {**{field: getattr(case, field) or "" for field in WHO}, **case.attributes},
                [
                    {**in_sources.get((number, place), {}), **of_sources.get(place, {})}
                    for place in places.get(number, ())
                ],
            ),
            sources=tuple(sorted(names[place] for place in places.get(number, ()))),
            segments=segments.get(number, 0),
        )
        for number, case in cases.items()
    ]


def _places(
    session: Session, only: Collection[int] | None
) -> tuple[Mapping[int, list[int]], Mapping[int, int]]:
    """Return the sources in which each case speaks, and the number of its passages."""
    passages = select(SegmentRow.case_id, SegmentRow.source_id, func.count()).where(
        col(SegmentRow.case_id).is_not(None)
    )
    turns = select(TurnRow.case_id, TurnRow.source_id).where(col(TurnRow.case_id).is_not(None))
    if only is not None:
        passages = passages.where(among(SegmentRow.case_id, only))
        turns = turns.where(among(TurnRow.case_id, only))
    places: dict[int, dict[int, None]] = {}
    segments: dict[int, int] = {}
    counts = passages.group_by(col(SegmentRow.case_id), col(SegmentRow.source_id))
    for case, source, count in session.exec(counts):
        number = stored_id(case)
        places.setdefault(number, {})[source] = None
        segments[number] = segments.get(number, 0) + count
    for case, source in session.exec(turns.distinct()):
        places.setdefault(stored_id(case), {})[source] = None
    return {case: sorted(sources) for case, sources in places.items()}, segments


def _values(own: Mapping[str, str], interviews: Iterable[Mapping[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the values by field: those of the interviews go before the person's own, but for who it is."""
    told = list(interviews) or [{}]
    fields = dict.fromkeys([*own, *(field for values in told for field in values)])
    return {
        field: (own.get(field, ""),)
        if field in WHO
        else tuple(dict.fromkeys(values.get(field, own.get(field, "")) for values in told))
        for field in fields
    }
