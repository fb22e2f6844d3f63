"""The areas of reports' quotes: their texts to look for them in, and what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import func
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from quotegrid.domain.people.case_values import area_key
from quotegrid.domain.sources.model import SourceKind
from quotegrid.storage.people.case_values import attributes_of_areas
from quotegrid.storage.tables import AnySegmentRow, CaseRow, SourceRow


def report_texts(session: Session) -> dict[int, tuple[str, str]]:
    """Return the name and the text of each report, by its number."""
    rows = session.exec(
        select(SourceRow.id, SourceRow.name, SourceRow.text)
        .where(SourceRow.kind == SourceKind.REPORT.value)
        .order_by(col(SourceRow.id))
    )
    return {number: (name, text) for number, name, text in rows if number is not None}


def set_quoted_areas(session: Session, source_id: int, found: Sequence[tuple[int, int, str | None]]) -> int:
    """Give the quotes of a report the areas that its text names for them, with these areas' attributes.

    Args:
        session: A transaction that writes.
        source_id: The report.
        found: The start, the end and the area of each quote; parts of it have its area too.

    Returns:
        How many passages have another area now.
    """
    of_areas = attributes_of_areas(session)
    of_cases = dict(session.exec(select(CaseRow.id, CaseRow.area)).all())
    changed = 0
    for row in session.exec(select(AnySegmentRow).where(AnySegmentRow.source_id == source_id)):
        areas = [area for start, end, area in found if start <= row.start and row.end <= end]
        if not areas:
            continue
        area = None if of_cases.get(row.case_id) else areas[0]
        if row.area == area:
            continue
        row.attributes = {
            **_without(row.attributes, of_areas.get(area_key(row.area or ""), {})),
            **of_areas.get(area_key(area or ""), {}),
        }
        row.area = area
        session.add(row)
        changed += 1
    session.flush()
    return changed


def count_quoted(session: Session, area: str) -> int:
    """Return how many quotes have an area of their own."""
    return session.exec(select(func.count()).where(AnySegmentRow.area == area)).one()


def areas_of_quotes(session: Session) -> dict[str, int]:
    """Return the areas that quotes have by themselves, each with the number of its quotes."""
    return _counted(session, col(AnySegmentRow.area))


def areas_of_sources(session: Session) -> dict[str, int]:
    """Return the areas of whole sources, each with the number of its sources."""
    return _counted(session, col(SourceRow.area))


def _counted(session: Session, area: Mapped[str | None]) -> dict[str, int]:
    rows = session.exec(select(area, func.count()).where(area.is_not(None)).group_by(area).order_by(area))
    return {name: number for name, number in rows if name is not None}


def set_source_area(session: Session, source_id: int, area: str) -> None:
    """Give a source another area."""
    row = session.get_one(SourceRow, source_id)
    row.area = area
    session.add(row)
    session.flush()


def source_area(session: Session, source_id: int) -> str | None:
    """Return the area of a source."""
    return session.get_one(SourceRow, source_id).area


def _without(attributes: Mapping[str, str], others: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if others.get(name) != value}
