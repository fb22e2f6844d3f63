"""What researchers change about cases: merge, split, rename, set by hand; logged, and undone exactly.

The log names cases by their GUIDs, sources by their names and speakers by their labels, so that a change can
be taken back after a file has been read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, or_
from sqlmodel import Session, col, select, update

from quotegrid.domain.people.cases import CaseAction, StatedValue, name_key
from quotegrid.storage.engines.row_numbers import stored_id
from quotegrid.storage.journal.case_log import LoggedChange, add_change, counting
from quotegrid.storage.people.case_values import settle, value_row
from quotegrid.storage.tables import (
    AnySegmentRow,
    CaseAliasRow,
    CaseRow,
    CaseValueRow,
    MemoRow,
    SegmentRow,
    SourceRow,
    TurnRow,
)

Labels = Sequence[Sequence[str]]
"""Speaker labels, each with its source's name in front."""


def merge(session: Session, coder: int, one: CaseRow, into: CaseRow) -> int:
    """Let a case be another one: what it says and what is said of it, its names and memos.

    Returns:
        The change's number in the log.
    """
    case, target = stored_id(one.id), stored_id(into.id)
    labels = labels_of_case(session, case)
    hand = _hand_rows(session, case)
    aliases = session.exec(select(CaseAliasRow).where(CaseAliasRow.case_id == case)).all()
    memos = session.exec(select(MemoRow).where(MemoRow.about == "case", MemoRow.about_id == case)).all()
    payload = {
        "name": one.name,
        "into": into.name,
        "cases": [one.guid, into.guid],
        "id": case,
        "labels": labels,
        "sources": _guids(session, labels),
        "hand": [_dumped(row) for row in hand],
        "aliases": [[row.source, row.name] for row in aliases],
        "memos": [memo.guid for memo in memos],
    }
    _move(session, labels, case, target)
    for row in (*hand, *aliases):
        row.case_id = target
        session.add(row)
    for memo in memos:
        memo.about_id = target
        session.add(memo)
    session.flush()
    session.delete(one)
    session.add(CaseAliasRow(case_id=target, name=one.name))
    session.flush()
    settle(session, [target])
    return add_change(session, coder, CaseAction.MERGE, payload)


def split(session: Session, coder: int, one: CaseRow, labels: Labels, name: str) -> int:
    """Let speaker labels of a case be a new case, also when their files are read again.

    Returns:
        The change's number in the log.
    """
    new = CaseRow(name=name)
    session.add(new)
    session.flush()
    case, target = stored_id(one.id), stored_id(new.id)
    pinned = [_alias(session, source, label) for source, label in labels]
    payload = {
        "name": one.name,
        "into": name,
        "cases": [one.guid, new.guid],
        "labels": [list(pair) for pair in labels],
        "sources": _guids(session, labels),
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
    _move(session, labels, case, target)
    settle(session, [case, target])
    return add_change(session, coder, CaseAction.SPLIT, payload)


def rename(session: Session, coder: int, one: CaseRow, name: str) -> int:
    """Call a case by another name; it is still known by the old one.

    Returns:
        The change's number in the log.
    """
    case = stored_id(one.id)
    own = next((row for row in _names_of(session, case) if name_key(row.name) == name_key(name)), None)
    payload = {
        "name": one.name,
        "into": name,
        "cases": [one.guid],
        "alias": None if own is None else {"id": own.id, "name": own.name},
    }
    if own is not None:
        session.delete(own)
        session.flush()
    if name_key(one.name) != name_key(name):
        session.add(CaseAliasRow(case_id=case, name=one.name))
    one.name = name
    session.add(one)
    session.flush()
    return add_change(session, coder, CaseAction.RENAME, payload)


def set_values(
    session: Session, coder: int, one: CaseRow, fields: Iterable[str], said: Sequence[StatedValue]
) -> int:
    """Let what somebody says by hand stand for some fields of a case, in place of what was said by hand.

    Args:
        session: A session.
        coder: The coder's number.
        one: The case.
        fields: The fields; those of which nothing is said go back to what the files say.
        said: What is said, and the group that follows from a role said so.

    Returns:
        The change's number in the log.
    """
    case = stored_id(one.id)
    wanted = set(fields)
    old = [row for row in _hand_rows(session, case) if _is_about(row, wanted)]
    payload = {
        "name": one.name,
        "cases": [one.guid],
        "fields": sorted(wanted),
        "values": {value.field: value.value for value in said if not value.follows},
        "hand": [_dumped(row) for row in old],
    }
    for row in old:
        session.delete(row)
    session.flush()
    session.add_all(value_row(value, case, None, "") for value in said)
    session.flush()
    settle(session, [case])
    return add_change(session, coder, CaseAction.SET, payload)


def undo(session: Session, coder: int) -> LoggedChange | None:
    """Take back the latest change that still counts, whoever made it; None if there is none."""
    log = counting(session)
    if not log:
        return None
    last = log[-1]
    take_back = {
        CaseAction.MERGE: _undo_merge,
        CaseAction.SPLIT: _undo_split,
        CaseAction.RENAME: _undo_rename,
        CaseAction.SET: _undo_set,
    }[last.action]
    take_back(session, last.payload)
    payload = {"name": last.payload["name"], "cases": last.payload["cases"]}
    add_change(session, coder, CaseAction.UNDO, payload, undoes=last.id)
    return last


def _undo_merge(session: Session, payload: Mapping[str, Any]) -> None:
    guid, into = payload["cases"]
    number = payload["id"] if session.get(CaseRow, payload["id"]) is None else None
    target = stored_id(_case(session, into).id)
    one = CaseRow(id=number, guid=guid, name=payload["name"])
    alias = _alias(session, "", payload["name"])
    if alias is not None:
        session.delete(alias)
        session.flush()
    session.add(one)
    session.flush()
    case = stored_id(one.id)
    _move(session, _as_called_now(session, payload, payload["labels"]), target, case)
    here = _hand_rows(session, target)
    for dumped in payload["hand"]:
        row = next((row for row in here if _dumped(row) == dumped), None)
        row = row or next((row for row in here if _same(row, dumped)), None)
        if row is not None:
            here.remove(row)
            row.case_id = case
            session.add(row)
    for source, name in _as_called_now(session, payload, payload["aliases"]):
        _point(session, source, name, case)
    for memo in session.exec(select(MemoRow).where(col(MemoRow.guid).in_(payload["memos"]))):
        memo.about_id = case
        session.add(memo)
    session.flush()
    settle(session, [case, target])


def _undo_split(session: Session, payload: Mapping[str, Any]) -> None:
    guid, new_guid = payload["cases"]
    case, new = stored_id(_case(session, guid).id), _case(session, new_guid)
    labels = _as_called_now(session, payload, payload["labels"])
    pinned = _as_called_now(session, payload, payload["pinned"])
    _move(session, labels, stored_id(new.id), case)
    for source, label in labels:
        if [source, label] in pinned:
            _point(session, source, label, case)
        elif (row := _alias(session, source, label)) is not None:
            session.delete(row)
    session.flush()
    settle(session, [case, stored_id(new.id)])
    if not labels_of_case(session, stored_id(new.id)):
        session.delete(new)
        session.flush()


def _undo_rename(session: Session, payload: Mapping[str, Any]) -> None:
    one = _case(session, payload["cases"][0])
    alias = _alias(session, "", payload["name"])
    if alias is not None:
        session.delete(alias)
    one.name = payload["name"]
    session.add(one)
    session.flush()
    old = payload["alias"]
    if old is not None:
        number = old["id"] if session.get(CaseAliasRow, old["id"]) is None else None
        session.add(CaseAliasRow(id=number, case_id=stored_id(one.id), name=old["name"]))
        session.flush()


def _undo_set(session: Session, payload: Mapping[str, Any]) -> None:
    case = stored_id(_case(session, payload["cases"][0]).id)
    for row in _hand_rows(session, case):
        if _is_about(row, set(payload["fields"])):
            session.delete(row)
    session.flush()
    for dumped in payload["hand"]:
        number = dumped["id"] if session.get(CaseValueRow, dumped["id"]) is None else None
        session.add(CaseValueRow(**{**dumped, "id": number}, case_id=case))
    session.flush()
    settle(session, [case])


def labels_of_case(session: Session, case: int) -> list[list[str]]:
    """The speaker labels of a case, each with its source's name in front."""
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


def _move(session: Session, labels: Labels, case: int, target: int) -> None:
    """Let what one case says under some labels, and what is said of it there, be another's."""
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


def _guids(session: Session, labels: Labels) -> dict[str, str]:
    """The GUIDs of the sources of labels, by their names."""
    names = {source for source, _ in labels}
    rows = session.exec(select(SourceRow.name, SourceRow.guid).order_by(SourceRow.name)).all()
    return {name: guid for name, guid in rows if name in names}


def _as_called_now(session: Session, payload: Mapping[str, Any], labels: Labels) -> list[list[str]]:
    """Labels with the names that their sources have now, where one has been renamed since."""
    rows = session.exec(select(SourceRow.guid, SourceRow.name)).all()
    names, by_guid = {name for _, name in rows}, dict(rows)
    now = {
        name: name if name in names else by_guid.get(guid, name) for name, guid in payload["sources"].items()
    }
    return [[now.get(source, source), label] for source, label in labels]


def _case(session: Session, guid: str) -> CaseRow:
    return session.exec(select(CaseRow).where(CaseRow.guid == guid)).one()


def _names_of(session: Session, case: int) -> list[CaseAliasRow]:
    query = select(CaseAliasRow).where(CaseAliasRow.case_id == case, CaseAliasRow.source == "")
    return list(session.exec(query))


def _alias(session: Session, source: str, name: str) -> CaseAliasRow | None:
    query = select(CaseAliasRow).where(CaseAliasRow.source == source, CaseAliasRow.name == name)
    return session.exec(query).first()


def _point(session: Session, source: str, name: str, case: int) -> None:
    row = _alias(session, source, name)
    if row is not None:
        row.case_id = case
        session.add(row)


def _hand_rows(session: Session, case: int) -> list[CaseValueRow]:
    """What somebody said of a case by hand, and the groups that follow from it."""
    query = select(CaseValueRow).where(CaseValueRow.case_id == case, col(CaseValueRow.source_id).is_(None))
    return list(session.exec(query.order_by(col(CaseValueRow.id))))


def _is_about(row: CaseValueRow, fields: set[str]) -> bool:
    """Whether a value said by hand is about one of the fields, or follows from one."""
    follows = row.field == "group" and row.origin == "derived"
    return bool({"role", "group"} & fields) if follows else row.field in fields


def _dumped(row: CaseValueRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "field": row.field,
        "value": row.value,
        "origin": row.origin,
        "place": row.place,
        "line": row.line,
    }


def _same(row: CaseValueRow, dumped: Mapping[str, Any]) -> bool:
    return {**_dumped(row), "id": None} == {**dumped, "id": None}
