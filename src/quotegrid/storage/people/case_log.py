"""The log of researchers' changes to cases, as part of the journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from quotegrid.domain.coding.journal import EntryKind
from quotegrid.domain.people.case_values import CaseAction
from quotegrid.storage.engines.row_numbers import stored_id
from quotegrid.storage.journal import add_entry, taken_back_among, taken_back_of_kind
from quotegrid.storage.tables import CaseChangeRow, JournalRow


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """A change of cases in the log."""

    id: int
    guid: str
    at: str
    coder: str
    action: CaseAction
    payload: Mapping[str, Any]
    undoes: int | None
    """The number of the change that it takes back."""
    entry: int
    """Its number in the journal."""

    @property
    def subjects(self) -> frozenset[str]:
        """Return what a later change has to be about to be in the way of an undo of this one.

        Cases and sources by their GUIDs, groups and areas by their names in the settings. That two cases are
        two people is in the way of nothing.
        """
        if self.action is CaseAction.APART:
            return frozenset()
        if self.action is CaseAction.SPELLINGS:
            return frozenset(f"{self.payload['table']} {name}" for name in self.payload["after"])
        return frozenset([*self.payload["cases"], *self.payload.get("others", ())])


def list_changes(session: Session) -> list[LoggedChange]:
    """Return all changes, oldest first."""
    undone = aliased(CaseChangeRow)
    rows = session.exec(
        select(CaseChangeRow, JournalRow, undone.id)
        .join(JournalRow, col(JournalRow.id) == CaseChangeRow.entry_id)
        .outerjoin(undone, col(undone.entry_id) == JournalRow.undoes_id)
        .order_by(col(CaseChangeRow.id))
    )
    return [
        LoggedChange(
            id=stored_id(row.id),
            guid=entry.guid,
            at=entry.at,
            coder=entry.by,
            action=CaseAction(row.action),
            payload=row.payload,
            undoes=undoes,
            entry=row.entry_id,
        )
        for row, entry, undoes in rows
    ]


def newest_change_of_others(session: Session, by: str) -> int:
    """Return the number of the latest change that somebody else made; 0 if there is none."""
    newest = select(func.max(CaseChangeRow.id)).join(JournalRow, col(JournalRow.id) == CaseChangeRow.entry_id)
    return session.exec(newest.where(JournalRow.by != by)).one() or 0


def changed_cases(session: Session) -> set[str]:
    """Return the GUIDs of the cases that changes which still count concern, tables of attributes left out."""
    return {
        guid
        for change in counting(session)
        if change.action is not CaseAction.IMPORT
        for guid in change.payload["cases"]
    }


def kept_apart(session: Session) -> set[frozenset[str]]:
    """Return the GUIDs of each two cases of which somebody has said that they are two people."""
    said = select(CaseChangeRow.entry_id, CaseChangeRow.payload).where(
        CaseChangeRow.action == CaseAction.APART.value
    )
    found = {entry: frozenset(payload["cases"]) for entry, payload in session.exec(said)}
    gone = taken_back_of_kind(session, EntryKind.CASE) if found else set()
    return {cases for entry, cases in found.items() if entry not in gone}


def counting(session: Session, log: Sequence[LoggedChange] | None = None) -> list[LoggedChange]:
    """Return the changes that nobody has taken back, oldest first.

    Args:
        session: A session.
        log: All changes, if they have been read already.
    """
    gone = taken_back_among(session, CaseChangeRow)
    changes = list_changes(session) if log is None else log
    return [change for change in changes if change.undoes is None and change.entry not in gone]


def add_change(
    session: Session,
    by: str,
    action: CaseAction,
    payload: dict[str, Any],
    *,
    undoes: int | None = None,
    group: int | None = None,
) -> int:
    """Add a change to the journal.

    Args:
        session: A transaction that writes.
        by: The name of whoever made it.
        action: The kind of change.
        payload: Enough to list the change and to undo it.
        undoes: The entry of the journal that it takes back.
        group: The first entry of those that it belongs to.

    Returns:
        The number of its entry.
    """
    entry = add_entry(session, EntryKind.CASE, by, undoes=undoes, group=group)
    session.add(CaseChangeRow(entry_id=entry, action=action.value, payload=payload))
    session.flush()
    return entry
