"""The log of what researchers change about cases; entries are only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from quotegrid.domain.people.cases import CaseAction
from quotegrid.storage.engines.row_numbers import stored_id
from quotegrid.storage.tables import CaseChangeRow, CoderRow


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """A change of cases as it is listed."""

    id: int
    guid: str
    at: str
    coder: str
    action: CaseAction
    payload: Mapping[str, Any]
    undoes: int | None


def list_changes(session: Session) -> list[LoggedChange]:
    """The log, oldest first."""
    rows = session.exec(
        select(CaseChangeRow, CoderRow.name)
        .join(CoderRow, col(CoderRow.id) == CaseChangeRow.coder_id)
        .order_by(col(CaseChangeRow.id))
    )
    return [
        LoggedChange(
            id=stored_id(row.id),
            guid=row.guid,
            at=row.at,
            coder=coder,
            action=CaseAction(row.action),
            payload=row.payload,
            undoes=row.undoes_id,
        )
        for row, coder in rows
    ]


def changed_cases(session: Session) -> set[str]:
    """The GUIDs of the cases that a change which still counts is about."""
    return {guid for one in counting(session) for guid in one.payload["cases"]}


def counting(session: Session) -> list[LoggedChange]:
    """The changes that nobody has taken back, oldest first."""
    log = list_changes(session)
    taken_back = {one.undoes for one in log}
    return [one for one in log if one.action is not CaseAction.UNDO and one.id not in taken_back]


def add_change(
    session: Session, coder: int, action: CaseAction, payload: dict[str, Any], undoes: int | None = None
) -> int:
    """Add an entry to the log.

    Returns:
        Its number.
    """
    row = CaseChangeRow(coder_id=coder, action=action.value, payload=payload, undoes_id=undoes)
    session.add(row)
    session.flush()
    return stored_id(row.id)
