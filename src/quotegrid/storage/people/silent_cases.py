"""Cases that an edit of turns leaves without a word: deleted, and brought back as they were."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, delete, select

from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.people.case_log import list_changes
from quotegrid.storage.people.case_values import settle
from quotegrid.storage.tables import AnySegmentRow, CaseAliasRow, CaseRow, CaseValueRow, MemoRow, TurnRow

SilentCase = Mapping[str, Any]
"""The rows of a deleted case: itself, its values and its other names."""


def take_silent(session: Session, guids: Collection[str], kept: Collection[str]) -> list[SilentCase]:
    """Delete those of some cases that say nothing, and that nobody has changed or noted on.

    Args:
        session: A transaction that writes.
        guids: The GUIDs of the cases.
        kept: The GUIDs of cases that stay whether or not they speak.

    Returns:
        The deleted cases, from which `bring_back` makes them again.
    """
    if not guids:
        return []
    speaking = select(TurnRow.id).where(TurnRow.case_id == CaseRow.id).exists()
    quoted = select(AnySegmentRow.id).where(AnySegmentRow.case_id == CaseRow.id).exists()
    noted = select(MemoRow.id).where(MemoRow.about == "case", MemoRow.about_id == CaseRow.id).exists()
    rows = session.exec(
        select(CaseRow).where(col(CaseRow.guid).in_(guids), ~speaking, ~quoted, ~noted).order_by(CaseRow.name)
    ).all()
    if not rows:
        return []
    changed = {guid for change in list_changes(session) for guid in change.payload["cases"]}
    taken = [row for row in rows if row.guid not in changed and row.guid not in kept]
    found = [kept_case(session, row) for row in taken]
    numbers = [stored_id(row.id) for row in taken]
    for table in (CaseValueRow, CaseAliasRow):
        session.exec(delete(table).where(among(table.case_id, numbers)))
    session.exec(delete(CaseRow).where(among(CaseRow.id, numbers)))
    session.flush()
    return found


def kept_case(session: Session, row: CaseRow) -> SilentCase:
    """Return the rows of a case in a form from which `bring_back` makes them again."""
    number = stored_id(row.id)
    return {
        "case": row.model_dump(exclude={"id"}),
        **{
            name: [
                kept.model_dump(exclude={"id", "case_id"})
                for kept in session.exec(select(table).where(table.case_id == number).order_by(col(table.id)))
            ]
            for name, table in (("values", CaseValueRow), ("aliases", CaseAliasRow))
        },
    }


def new_case(name: str) -> SilentCase:
    """Return a case of whom nothing but a name is known, for `bring_back` to make."""
    return {"case": {"name": name}, "values": [], "aliases": []}


def guids_of(cases: Sequence[SilentCase]) -> set[str]:
    """Return the GUIDs of deleted cases."""
    return {str(kept["case"]["guid"]) for kept in cases}


def bring_back(session: Session, cases: Sequence[SilentCase]) -> list[CaseRow]:
    """Make deleted cases again, with their GUIDs, values and other names."""
    made = []
    for kept in cases:
        row = CaseRow(**kept["case"])
        session.add(row)
        session.flush()
        made.append(row)
        number = stored_id(row.id)
        session.add_all(CaseValueRow(**value, case_id=number) for value in kept["values"])
        session.add_all(CaseAliasRow(**alias, case_id=number) for alias in kept["aliases"])
        session.flush()
    settle(session, {stored_id(row.id) for row in made})
    return made
