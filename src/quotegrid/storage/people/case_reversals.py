"""The exact undo and redo of changes to cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session, select

from quotegrid.domain.people.case_values import CaseAction, Origin
from quotegrid.storage.engines.row_numbers import stored_id
from quotegrid.storage.journal import Entry
from quotegrid.storage.people.case_changes import (
    NewRows,
    Payload,
    merge_rows,
    rename_rows,
    set_rows,
    split_rows,
    together,
)
from quotegrid.storage.people.case_log import LoggedChange, add_change, counting, list_changes
from quotegrid.storage.people.case_rows import (
    alias_of,
    as_called_now,
    case_with,
    dumped,
    hand_rows,
    is_same_value,
    labels_of_case,
    move_labels,
    point_alias,
)
from quotegrid.storage.people.case_values import follow_joined, settle
from quotegrid.storage.people.taken_tables import kept_changes, put_back
from quotegrid.storage.tables import CaseAliasRow, CaseRow, CaseValueRow


def in_the_way(session: Session, entry: Entry, log: Sequence[LoggedChange]) -> LoggedChange | None:
    """Return the latest change that counts, made after an entry and to its subjects; None if there is none.

    Args:
        session: A session.
        entry: A change of cases, or the undo of one.
        log: All changes.
    """
    change = next(logged for logged in log if logged.entry == (entry.undoes or entry.number))
    later = [other for other in counting(session, log) if other.entry > entry.number]
    return next((other for other in reversed(later) if change.subjects & other.subjects), None)


def needed_cases(change: LoggedChange, *, is_redone: bool) -> list[str]:
    """Return the GUIDs of the cases without which a change cannot be undone or redone.

    Args:
        change: The change.
        is_redone: Whether it is to be redone.
    """
    cases: list[str] = change.payload["cases"]
    if change.action in (CaseAction.APART, CaseAction.IMPORT):
        return []
    if change.action is CaseAction.MERGE and not is_redone:
        return cases[1:]
    if change.action is CaseAction.SPLIT and is_redone:
        return cases[:1]
    return cases


def reverse_change(session: Session, by: str, entry: Entry, *, group: int | None = None) -> LoggedChange:
    """Undo a change of cases, or redo the change that an undo took back.

    Args:
        session: A transaction that writes.
        by: The name of whoever does it.
        entry: The change or the undo, after which none of its cases was changed.
        group: The first entry of those that are undone and redone with this one.

    Returns:
        The change that was undone or redone.
    """
    log = {change.entry: change for change in list_changes(session)}
    reversed_ = log[entry.number]
    if reversed_.action is not CaseAction.UNDO:
        payload = _latest(log, reversed_)
        again = _UNDO[reversed_.action](session, payload)
        add_change(
            session,
            by,
            CaseAction.UNDO,
            {"name": payload["name"], "cases": payload["cases"], "again": again},
            undoes=entry.number,
            group=group,
        )
        return reversed_
    change = next(logged for logged in log.values() if logged.id == reversed_.undoes)
    payload = _REDO[change.action](session, _latest(log, change), reversed_.payload.get("again", {}))
    add_change(session, by, CaseAction.REDO, payload, undoes=entry.number, group=group)
    return change


def _latest(log: Mapping[int, LoggedChange], change: LoggedChange) -> Mapping[str, Any]:
    """Return the payload for undoing a change, as of when it was made or last redone."""
    undos = {entry.id for entry in log.values() if entry.undoes == change.id}
    redos = [entry for entry in log.values() if entry.undoes in undos]
    return redos[-1].payload if redos else change.payload


def _undo_merge(session: Session, payload: Mapping[str, Any]) -> Payload:
    guid, into = payload["cases"]
    number = payload["id"] if session.get(CaseRow, payload["id"]) is None else None
    target = stored_id(case_with(session, into).id)
    restored = CaseRow(id=number, guid=guid, name=payload["name"])
    alias = alias_of(session, "", payload["name"])
    if alias is not None:
        session.delete(alias)
        session.flush()
    session.add(restored)
    session.flush()
    case = stored_id(restored.id)
    move_labels(session, as_called_now(session, payload, payload["labels"]), target, case)
    here = hand_rows(session, target)
    for kept in payload.get("kept", ()):
        row = _taken_from(here, kept)
        if row is not None:
            session.delete(row)
    session.flush()
    for value in payload["hand"]:
        row = _taken_from(here, value)
        if row is None:
            # The merge dropped it, as the other case had a value of its own.
            is_free = session.get(CaseValueRow, value["id"]) is None
            row = CaseValueRow(**{**value, "id": value["id"] if is_free else None}, case_id=case)
        row.case_id = case
        session.add(row)
    for source, name in as_called_now(session, payload, payload["aliases"]):
        point_alias(session, source, name, case)
    session.flush()
    follow_joined(session, [case, target])
    settle(session, [case, target])
    return {}


def _taken_from(rows: list[CaseValueRow], value: Mapping[str, Any]) -> CaseValueRow | None:
    """Take the row of a value out of a list and return it; None where it is not there."""
    row = next((row for row in rows if dumped(row) == value), None)
    row = row or next((row for row in rows if is_same_value(row, value)), None)
    if row is not None:
        rows.remove(row)
    return row


def _redo_merge(session: Session, payload: Mapping[str, Any], _again: Mapping[str, Any]) -> Payload:
    case, into = payload["cases"]
    return merge_rows(session, case_with(session, case), case_with(session, into))


def _undo_split(session: Session, payload: Mapping[str, Any]) -> Payload:
    guid, new_guid = payload["cases"]
    case, new = stored_id(case_with(session, guid).id), case_with(session, new_guid)
    labels = as_called_now(session, payload, payload["labels"])
    pinned = as_called_now(session, payload, payload["pinned"])
    move_labels(session, labels, stored_id(new.id), case)
    for source, label in labels:
        if [source, label] in pinned:
            point_alias(session, source, label, case)
        elif (row := alias_of(session, source, label)) is not None:
            session.delete(row)
    session.flush()
    settle(session, [case, stored_id(new.id)])
    if not labels_of_case(session, stored_id(new.id)):
        session.delete(new)
        session.flush()
    return {"id": new.id}


def _redo_split(session: Session, payload: Mapping[str, Any], again: Mapping[str, Any]) -> Payload:
    guid, new_guid = payload["cases"]
    labels = as_called_now(session, payload, payload["labels"])
    # Files read since may have given the new case labels of their own: then it was not removed.
    new = session.exec(select(CaseRow).where(CaseRow.guid == new_guid)).first()
    if new is None:
        number = again.get("id")
        if number is not None and session.get(CaseRow, number) is not None:
            number = None
        new = CaseRow(id=number, guid=new_guid, name=payload["into"])
    return split_rows(session, case_with(session, guid), labels, new)


def _undo_rename(session: Session, payload: Mapping[str, Any]) -> Payload:
    case = case_with(session, payload["cases"][0])
    alias = alias_of(session, "", payload["name"])
    if alias is not None:
        session.delete(alias)
    case.name = payload["name"]
    session.add(case)
    session.flush()
    old = payload["alias"]
    if old is not None:
        number = old["id"] if session.get(CaseAliasRow, old["id"]) is None else None
        session.add(CaseAliasRow(id=number, case_id=stored_id(case.id), name=old["name"]))
        session.flush()
    return {}


def _redo_rename(session: Session, payload: Mapping[str, Any], _again: Mapping[str, Any]) -> Payload:
    return rename_rows(session, case_with(session, payload["cases"][0]), payload["into"])


def _undo_set(session: Session, payload: Mapping[str, Any]) -> Payload:
    return {"hand": _undo_settings(session, [payload])[0]}


def _undo_set_several(session: Session, payload: Mapping[str, Any]) -> Payload:
    return {"hands": _undo_settings(session, payload["changes"])}


def _undo_settings(session: Session, changes: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Undo what was set of cases, and return the rows by hand that are gone of each."""
    old = [
        NewRows(case_with(session, change["cases"][0]), change["fields"], {}, change["hand"])
        for change in changes
    ]
    return [undone["hand"] for undone in set_rows(session, old)]


def _redo_set(session: Session, payload: Mapping[str, Any], again: Mapping[str, Any]) -> Payload:
    case = case_with(session, payload["cases"][0])
    # An undo of the first schema kept nothing; what was set by hand stands in the change itself.
    said = [
        {"id": None, "field": field, "value": value, "origin": Origin.HAND.value, "place": "", "line": None}
        for field, value in payload["values"].items()
    ]
    kept = again.get("hand", said)
    return set_rows(session, [NewRows(case, payload["fields"], payload["values"], kept)])[0]


def _redo_set_several(session: Session, payload: Mapping[str, Any], again: Mapping[str, Any]) -> Payload:
    new = [
        NewRows(case_with(session, change["cases"][0]), change["fields"], change["values"], kept)
        for change, kept in zip(payload["changes"], again["hands"], strict=True)
    ]
    return together(set_rows(session, new))


def _undo_import(session: Session, payload: Mapping[str, Any]) -> Payload:
    put_back(session, kept_changes(session, payload["changes"]), is_redone=False)
    return {}


def _redo_import(session: Session, payload: Mapping[str, Any], _again: Mapping[str, Any]) -> Payload:
    put_back(session, kept_changes(session, payload["changes"]), is_redone=True)
    return dict(payload)


def _undo_in_log(_session: Session, _payload: Mapping[str, Any]) -> Payload:
    """Change no case: the change stands in the journal, or in the settings besides."""
    return {}


def _redo_in_log(_session: Session, payload: Mapping[str, Any], _again: Mapping[str, Any]) -> Payload:
    return dict(payload)


_UNDO = {
    CaseAction.MERGE: _undo_merge,
    CaseAction.SPLIT: _undo_split,
    CaseAction.RENAME: _undo_rename,
    CaseAction.SET: _undo_set,
    CaseAction.SET_SEVERAL: _undo_set_several,
    CaseAction.SPELLINGS: _undo_in_log,
    CaseAction.APART: _undo_in_log,
    CaseAction.IMPORT: _undo_import,
}
_REDO = {
    CaseAction.MERGE: _redo_merge,
    CaseAction.SPLIT: _redo_split,
    CaseAction.RENAME: _redo_rename,
    CaseAction.SET: _redo_set,
    CaseAction.SET_SEVERAL: _redo_set_several,
    CaseAction.SPELLINGS: _redo_in_log,
    CaseAction.APART: _redo_in_log,
    CaseAction.IMPORT: _redo_import,
}
