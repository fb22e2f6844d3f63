"""Changes that researchers make to cases: merge, split, rename, set by hand.

The journal names cases by their GUIDs, sources by their names and speakers by their labels, so that a change
can be taken back after a file has been read again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session, select

from quotegrid.domain.people.case_values import (
    CaseAction,
    Origin,
    StatedValue,
    agree,
    name_key,
    resolve_values,
)
from quotegrid.domain.people.merging import MergedAs, merged_fields
from quotegrid.storage.engines.row_numbers import stored_id
from quotegrid.storage.people.case_log import add_change
from quotegrid.storage.people.case_rows import (
    Labels,
    alias_of,
    dumped,
    hand_rows,
    hand_rows_of,
    is_about,
    labels_of_case,
    move_labels,
    names_of,
    source_guids,
)
from quotegrid.storage.people.case_values import follow_joined, settle, value_row, values_with_area
from quotegrid.storage.tables import CaseAliasRow, CaseRow, CaseValueRow

Payload = dict[str, Any]
"""The details of a change: enough to list it and to undo it."""


def merge(session: Session, by: str, case: CaseRow, into: CaseRow) -> int:
    """Merge a case into another, with its turns, values and names.

    Memos and summaries name cases by GUID and follow the merge.

    Args:
        session: A transaction that writes.
        by: The name of whoever merges.
        case: The case that goes.
        into: The case that stays.

    Returns:
        The number of the change in the journal.
    """
    return add_change(session, by, CaseAction.MERGE, merge_rows(session, case, into))


def merge_rows(session: Session, case: CaseRow, into: CaseRow) -> Payload:
    """Merge a case into another without an entry in the journal; of two values, that of the other stands."""
    number, target = stored_id(case.id), stored_id(into.id)
    differing = merged_fields(values_with_area(session, number), values_with_area(session, target))
    stood = resolve_values(values_with_area(session, target))
    labels = labels_of_case(session, number)
    hand = hand_rows(session, number)
    aliases = session.exec(select(CaseAliasRow).where(CaseAliasRow.case_id == number)).all()
    payload = {
        "name": case.name,
        "into": into.name,
        "cases": [case.guid, into.guid],
        "id": number,
        "labels": labels,
        "sources": source_guids(session, labels),
        "hand": [dumped(row) for row in hand],
        "aliases": [[row.source, row.name] for row in aliases],
    }
    move_labels(session, labels, number, target)
    lost = {field.field for field in differing if field.how is not MergedAs.TAKEN}
    for row in (*hand, *aliases):
        if isinstance(row, CaseValueRow) and is_about(row, lost):
            session.delete(row)
        else:
            row.case_id = target
            session.add(row)
    session.flush()
    session.delete(case)
    session.add(CaseAliasRow(case_id=target, name=case.name))
    session.flush()
    kept = [stood[field.field] for field in differing if field.how is MergedAs.KEPT and field.field in stood]
    payload["kept"] = [dumped(row) for row in _keep(session, target, kept, case.name)]
    settle(session, [target])
    return payload


def _keep(session: Session, case: int, stood: Sequence[StatedValue], name: str) -> list[CaseValueRow]:
    """Set by hand what a merge would change of a case that stays, and return the rows that say so."""
    before = {row.id for row in hand_rows(session, case)}
    for said in stood:
        follow_joined(session, [case])
        stands = resolve_values(values_with_area(session, case)).get(said.field)
        if stands is None or not agree(said.field, stands.value, said.value):
            by_hand = replace(said, origin=Origin.HAND, place=f'kept when "{name}" was merged', line=None)
            session.add(value_row(by_hand, case, None, ""))
            session.flush()
    follow_joined(session, [case])
    return [row for row in hand_rows(session, case) if row.id not in before]


def split(session: Session, by: str, case: CaseRow, labels: Labels, name: str) -> int:
    """Make some speaker labels of a case a new case, also for when their files are read again.

    Args:
        session: A transaction that writes.
        by: The name of whoever splits.
        case: The case.
        labels: The labels that become the new case.
        name: The new case's name.

    Returns:
        The number of the change in the journal.
    """
    new = CaseRow(name=name)
    return add_change(session, by, CaseAction.SPLIT, split_rows(session, case, labels, new))


def split_rows(session: Session, case: CaseRow, labels: Labels, new: CaseRow) -> Payload:
    """Split a case without an entry in the journal."""
    session.add(new)
    session.flush()
    number, target = stored_id(case.id), stored_id(new.id)
    pinned = [alias_of(session, source, label) for source, label in labels]
    payload = {
        "name": case.name,
        "into": new.name,
        "cases": [case.guid, new.guid],
        "id": target,
        "labels": [list(pair) for pair in labels],
        "sources": source_guids(session, labels),
        "pinned": [[row.source, row.name] for row in pinned if row is not None],
    }
    for row in pinned:
        if row is not None:
            row.case_id = target
            session.add(row)
    session.add_all(
        CaseAliasRow(case_id=target, source=source, name=label)
        for (source, label), row in zip(labels, pinned, strict=True)
        if row is None
    )
    session.flush()
    move_labels(session, labels, number, target)
    settle(session, [number, target])
    return payload


def rename(session: Session, by: str, case: CaseRow, name: str) -> int:
    """Rename a case, which keeps its old name as an alias.

    Args:
        session: A transaction that writes.
        by: The name of whoever renames.
        case: The case.
        name: Its new name.

    Returns:
        The number of the change in the journal.
    """
    return add_change(session, by, CaseAction.RENAME, rename_rows(session, case, name))


def rename_rows(session: Session, case: CaseRow, name: str) -> Payload:
    """Rename a case without an entry in the journal."""
    number = stored_id(case.id)
    own = next((row for row in names_of(session, number) if name_key(row.name) == name_key(name)), None)
    payload = {
        "name": case.name,
        "into": name,
        "cases": [case.guid],
        "alias": None if own is None else {"id": own.id, "name": own.name},
    }
    if own is not None:
        session.delete(own)
        session.flush()
    if name_key(case.name) != name_key(name):
        session.add(CaseAliasRow(case_id=number, name=case.name))
    case.name = name
    session.add(case)
    session.flush()
    return payload


@dataclass(frozen=True, slots=True)
class NewValues:
    """The values by hand that a case is to have."""

    case: CaseRow
    fields: frozenset[str]
    """The fields that are set; those without a new value go back to what the files say."""
    said: Sequence[StatedValue]
    """The new values, and the group that follows from a new role."""


@dataclass(frozen=True, slots=True)
class NewRows:
    """The rows by hand that a case is to have."""

    case: CaseRow
    fields: Sequence[str]
    """The fields whose values set by hand are removed."""
    values: Mapping[str, str]
    """The values that the change is listed with."""
    kept: Sequence[Mapping[str, Any]]
    """The rows to add, as `dumped` gives them; each gets its old number where that is free."""


def set_values(session: Session, by: str, new: Sequence[NewValues]) -> int:
    """Set some fields of one case or several by hand, in place of earlier values set by hand.

    Args:
        session: A transaction that writes.
        by: The name of whoever sets them.
        new: The values, each case once.

    Returns:
        The number of the change in the journal, which is one however many cases there are.
    """
    changes = set_rows(
        session,
        [
            NewRows(
                values.case,
                sorted(values.fields),
                {said.field: said.value for said in values.said if not said.follows},
                [dumped(value_row(said, stored_id(values.case.id), None, "")) for said in values.said],
            )
            for values in new
        ],
    )
    if len(changes) == 1:
        return add_change(session, by, CaseAction.SET, changes[0])
    return add_change(session, by, CaseAction.SET_SEVERAL, together(changes))


def together(changes: Sequence[Payload]) -> Payload:
    """Return the changes of several cases as one."""
    return {
        "name": changes[0]["name"],
        "cases": [guid for change in changes for guid in change["cases"]],
        "changes": list(changes),
    }


def set_rows(session: Session, new: Sequence[NewRows]) -> list[Payload]:
    """Set values of cases without an entry in the journal, and return what was changed of each."""
    numbers = [stored_id(rows.case.id) for rows in new]
    hand = hand_rows_of(session, numbers)
    changes = []
    for number, rows in zip(numbers, new, strict=True):
        old = [row for row in hand.get(number, ()) if is_about(row, set(rows.fields))]
        changes.append(
            {
                "name": rows.case.name,
                "cases": [rows.case.guid],
                "fields": list(rows.fields),
                "values": dict(rows.values),
                "hand": [dumped(row) for row in old],
            }
        )
        for row in old:
            session.delete(row)
    session.flush()
    for number, rows in zip(numbers, new, strict=True):
        for value in rows.kept:
            is_free = value["id"] is not None and session.get(CaseValueRow, value["id"]) is None
            session.add(CaseValueRow(**{**value, "id": value["id"] if is_free else None}, case_id=number))
    session.flush()
    follow_joined(session, numbers)
    settle(session, numbers)
    return changes
