"""The rows behind a case: its speaker labels, its other names, and its values set by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import func, or_
from sqlmodel import Session, col, select, update

from quotegrid.storage.engines.row_numbers import chunks
from quotegrid.storage.tables import (
    AnySegmentRow,
    CaseAliasRow,
    CaseRow,
    CaseValueRow,
    SegmentRow,
    SourceRow,
    TurnRow,
)

Labels = Sequence[Sequence[str]]
"""Speaker labels, each with its source's name in front."""


def labels_of_case(session: Session, case: int) -> list[list[str]]:
    """Return the speaker labels of a case, each with its source's name in front."""
    spoken = (
        select(SourceRow.name, func.coalesce(TurnRow.label, ""))
        .join(SourceRow, col(SourceRow.id) == TurnRow.source_id)
        .where(TurnRow.case_id == case)
        .distinct()
    )
    told = (
        select(SourceRow.name, CaseValueRow.label)
        .join(SourceRow, col(SourceRow.id) == CaseValueRow.source_id)
        .where(CaseValueRow.case_id == case)
        .distinct()
    )
    quoted = (
        select(SourceRow.name, func.coalesce(SegmentRow.label, ""))
        .join(SourceRow, col(SourceRow.id) == SegmentRow.source_id)
        .where(SegmentRow.case_id == case, col(SegmentRow.turn_id).is_(None))
        .distinct()
    )
    found = {pair for query in (spoken, told, quoted) for pair in session.exec(query)}
    return sorted([source, label] for source, label in found)


def move_labels(session: Session, labels: Labels, case: int, target: int) -> None:
    """Move the turns, quotes and values of some speaker labels to another case."""
    for source, label in labels:
        number = session.exec(select(SourceRow.id).where(SourceRow.name == source)).first()
        spoken = select(TurnRow.id).where(
            TurnRow.source_id == number,
            func.coalesce(TurnRow.label, "") == label,
            TurnRow.case_id == case,
        )
        quoted = select(AnySegmentRow.id).where(
            AnySegmentRow.source_id == number,
            col(AnySegmentRow.turn_id).is_(None),
            func.coalesce(AnySegmentRow.label, "") == label,
            AnySegmentRow.case_id == case,
        )
        said = or_(col(AnySegmentRow.turn_id).in_(spoken), col(AnySegmentRow.id).in_(quoted))
        session.exec(update(AnySegmentRow).where(said).values(case_id=target))
        session.exec(update(TurnRow).where(col(TurnRow.id).in_(spoken)).values(case_id=target))
        session.exec(
            update(CaseValueRow)
            .where(
                col(CaseValueRow.source_id) == number,
                col(CaseValueRow.label) == label,
                col(CaseValueRow.case_id) == case,
            )
            .values(case_id=target)
        )


def source_guids(session: Session, labels: Labels) -> dict[str, str]:
    """Return the GUIDs of the sources of labels, by their names."""
    names = {source for source, _ in labels}
    rows = session.exec(select(SourceRow.name, SourceRow.guid).order_by(SourceRow.name)).all()
    return {name: guid for name, guid in rows if name in names}


def as_called_now(session: Session, payload: Mapping[str, Any], labels: Labels) -> list[list[str]]:
    """Return labels with the current names of their sources, which may have been renamed."""
    rows = session.exec(select(SourceRow.guid, SourceRow.name)).all()
    names, by_guid = {name for _, name in rows}, dict(rows)
    now = {
        name: name if name in names else by_guid.get(guid, name) for name, guid in payload["sources"].items()
    }
    return [[now.get(source, source), label] for source, label in labels]


def case_with(session: Session, guid: str) -> CaseRow:
    """Return the case with a GUID."""
    return session.exec(select(CaseRow).where(CaseRow.guid == guid)).one()


def find_guid(session: Session, guid: str) -> CaseRow | None:
    """Return the case with a GUID, or None if it is not in the study."""
    return session.exec(select(CaseRow).where(CaseRow.guid == guid)).first()


def names_of(session: Session, case: int) -> list[CaseAliasRow]:
    """Return the other names of a case that hold everywhere."""
    query = select(CaseAliasRow).where(CaseAliasRow.case_id == case, CaseAliasRow.source == "")
    return list(session.exec(query))


def alias_of(session: Session, source: str, name: str) -> CaseAliasRow | None:
    """Return the alias for a name or a label of a source."""
    query = select(CaseAliasRow).where(CaseAliasRow.source == source, CaseAliasRow.name == name)
    return session.exec(query).first()


def point_alias(session: Session, source: str, name: str, case: int) -> None:
    """Point a name or a label of a source to another case."""
    row = alias_of(session, source, name)
    if row is not None:
        row.case_id = case
        session.add(row)


def hand_rows(session: Session, case: int) -> list[CaseValueRow]:
    """Return the values of a case set by hand, and the groups that follow from them."""
    return hand_rows_of(session, [case]).get(case, [])


def hand_rows_of(session: Session, cases: Collection[int]) -> dict[int, list[CaseValueRow]]:
    """Return the values of cases set by hand, and the groups that follow from them, by the case."""
    found: dict[int, list[CaseValueRow]] = {}
    query = select(CaseValueRow).where(col(CaseValueRow.source_id).is_(None))
    for some in chunks(cases):
        rows = session.exec(query.where(col(CaseValueRow.case_id).in_(some)).order_by(col(CaseValueRow.id)))
        for row in rows:
            found.setdefault(row.case_id, []).append(row)
    return found


def is_about(row: CaseValueRow, fields: set[str]) -> bool:
    """Return whether a value set by hand belongs to one of the fields, or follows from one."""
    follows = row.field == "group" and row.origin == "derived"
    return bool({"role", "group"} & fields) if follows else row.field in fields


def dumped(row: CaseValueRow) -> dict[str, Any]:
    """Return a value in the form of a payload, a group or area as it was written."""
    return {
        "id": row.id,
        "field": row.field,
        "value": row.written or row.value,
        "origin": row.origin,
        "place": row.place,
        "line": row.line,
    }


def is_same_value(row: CaseValueRow, kept: Mapping[str, Any]) -> bool:
    """Return whether a row equals a payload's value, whatever its number."""
    return {**dumped(row), "id": None} == {**kept, "id": None}
