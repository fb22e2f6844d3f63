"""The attributes, areas and speaker labels of sources."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlmodel import Session, col, select

from quotegrid.domain.people.case_values import Origin
from quotegrid.domain.sources.model import Turn
from quotegrid.storage.engines.row_numbers import among
from quotegrid.storage.tables import (
    AnySegmentRow,
    AttributeRow,
    CaseRow,
    CaseValueRow,
    SegmentRow,
    SourceRow,
    TurnRow,
)


def set_attributes(
    session: Session, source_id: int, values: Mapping[str, str], emptied: Collection[str] = ()
) -> int:
    """Store further attributes of a source.

    Args:
        session: A transaction that writes.
        source_id: The source's number.
        values: The values by attribute.
        emptied: The attributes that are no longer given.

    Returns:
        How many values were new, changed or removed.
    """
    gone = select(AttributeRow).where(
        AttributeRow.source_id == source_id, col(AttributeRow.name).in_(list(emptied))
    )
    changed = 0
    for row in session.exec(gone).all():
        session.delete(row)
        changed += 1
    for name, value in values.items():
        query = select(AttributeRow).where(AttributeRow.name == name, AttributeRow.source_id == source_id)
        row = session.exec(query).first() or AttributeRow(source_id=source_id, name=name, value="")
        if row.value != value:
            row.value = value
            session.add(row)
            changed += 1
    session.flush()
    return changed


def sources_that_tell(session: Session, case_id: int, name: str) -> list[str]:
    """Return the sources of a case that themselves have a value of that name, by name."""
    speaking = select(AnySegmentRow.source_id).where(AnySegmentRow.case_id == case_id)
    found = session.exec(
        select(SourceRow.name)
        .join(AttributeRow, col(AttributeRow.source_id) == SourceRow.id)
        .where(AttributeRow.name == name, col(SourceRow.id).in_(speaking))
        .order_by(SourceRow.name)
    )
    return list(found)


def attributes_where_speaking(session: Session, case_id: int) -> list[tuple[str, str, str]]:
    """Return the attributes of the sources in which a case speaks: name, value, and the source's name."""
    speaking = select(AnySegmentRow.source_id).where(AnySegmentRow.case_id == case_id)
    found = session.exec(
        select(AttributeRow.name, AttributeRow.value, SourceRow.name)
        .join(SourceRow, col(SourceRow.id) == AttributeRow.source_id)
        .where(col(SourceRow.id).in_(speaking))
        .order_by(col(AttributeRow.name), SourceRow.name)
    )
    return list(found)


def labels_of(session: Session, source_id: int) -> dict[str, int]:
    """Return the case behind each speaker label, or participant's number in a report, of a source."""
    rows = session.exec(
        select(TurnRow.label, TurnRow.case_id)
        .where(TurnRow.source_id == source_id, col(TurnRow.case_id).is_not(None))
        .distinct()
    )
    quoted = session.exec(
        select(SegmentRow.label, SegmentRow.case_id)
        .where(
            SegmentRow.source_id == source_id,
            col(SegmentRow.case_id).is_not(None),
            col(SegmentRow.turn_id).is_(None),
        )
        .distinct()
    )
    return {label or "": case for label, case in (*quoted, *rows) if case is not None}


def names_of_labels(session: Session, source_id: int) -> dict[str, str]:
    """Return the name of the case behind each speaker label of a source."""
    cases = labels_of(session, source_id)
    rows = session.exec(select(CaseRow.id, CaseRow.name).where(among(CaseRow.id, set(cases.values()))))
    names = dict(rows.all())
    return {label: names[case] for label, case in cases.items()}


def labels_with_area(session: Session, source_id: int) -> set[str]:
    """Return the labels of a report's participants for whom the report itself names an area."""
    quoted = session.exec(
        select(SegmentRow.label).where(SegmentRow.source_id == source_id, col(SegmentRow.area).is_not(None))
    )
    said = session.exec(
        select(CaseValueRow.label).where(
            CaseValueRow.source_id == source_id,
            CaseValueRow.field == "area",
            CaseValueRow.origin == Origin.ATTRIBUTION.value,
        )
    )
    return {label for label in (*quoted, *said) if label}


def speaker_labels(session: Session) -> dict[str, set[str]]:
    """Return the labels of each source, by its name: those of turns and of a report's participants."""
    found: dict[str, set[str]] = {name: set() for name in session.exec(select(SourceRow.name))}
    for row in (TurnRow, AnySegmentRow):
        labels = select(SourceRow.name, row.label).join(SourceRow, col(SourceRow.id) == row.source_id)
        for source, label in session.exec(labels.where(col(row.label).is_not(None)).distinct()):
            found[source].add(label or "")
    return found


def interviewer_labels(session: Session) -> list[str]:
    """Return the interviewers' speaker labels."""
    rows = session.exec(select(TurnRow.label).where(col(TurnRow.is_interviewer)).distinct())
    return [label for label in rows if label]


def source_areas(session: Session) -> dict[int, str]:
    """Return the area of each source that has one of its own."""
    rows = session.exec(select(SourceRow.id, SourceRow.area).where(col(SourceRow.area).is_not(None)))
    return {number: area for number, area in rows if number is not None and area is not None}


def quoted_areas(session: Session) -> list[str]:
    """Return the areas that reports name for single quotes."""
    rows = session.exec(select(SegmentRow.area).where(col(SegmentRow.area).is_not(None)).distinct())
    return [area for area in rows if area is not None]


def set_turn_attributes(session: Session, source_id: int, turns: Sequence[Turn]) -> int:
    """Store the own attributes of the passages of each turn, in the order of the turns.

    Returns:
        How many passages changed.
    """
    numbers = session.exec(
        select(TurnRow.id).where(TurnRow.source_id == source_id).order_by(col(TurnRow.position))
    )
    own = {number: dict(turn.attributes) for number, turn in zip(numbers, turns, strict=True)}
    changed = 0
    for row in session.exec(select(AnySegmentRow).where(AnySegmentRow.source_id == source_id)):
        if row.turn_id is not None and row.attributes != own[row.turn_id]:
            row.attributes = own[row.turn_id]
            session.add(row)
            changed += 1
    session.flush()
    return changed


def set_area_attributes(session: Session, area: str, values: Mapping[str, str]) -> int:
    """Store further attributes of the quotes for which a report names an area.

    Returns:
        How many values of the area were new or changed.
    """
    changed: set[str] = set()
    for row in session.exec(select(AnySegmentRow).where(AnySegmentRow.area == area)):
        different = {name for name, value in values.items() if row.attributes.get(name) != value}
        if different:
            row.attributes = {**row.attributes, **values}
            session.add(row)
            changed |= different
    session.flush()
    return len(changed)
