"""The journal: one sequence of everything done to a study, and the entries that undo and redo take back.

Entries are only ever added, and are ordered by their numbers alone: what a clock says is kept and never
compared.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from quotegrid.domain.coding import journal
from quotegrid.domain.coding.journal import UNDOABLE, EntryKind
from quotegrid.storage.engines.inserting import insert_numbered
from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.tables import JournalRow, new_guid, now

KindRow = Any
"""A table whose rows hold the content of entries of a kind, each with its `entry_id`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the journal."""

    number: int
    guid: str
    by: str
    """The name of whoever made it."""
    at: str
    kind: EntryKind
    undoes: int | None
    """The entry that it takes back."""
    group: int
    """The first of the entries that are undone and redone with it: itself where it stands alone."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to be added."""

    by: str
    """The name of whoever makes it."""
    undoes: int | None = None
    """The entry that it takes back."""
    group: int | None = None
    """The first entry of those that it belongs to; None if it is the first or stands alone."""
    at: str | None = None
    """The time at which it was made in another study; None for now."""


def add_each(session: Session, kind: EntryKind, entries: Sequence[NewEntry]) -> list[int]:
    """Add entries of a kind in their order, and return their numbers."""
    rows = [
        {
            "guid": new_guid(),
            "by": entry.by,
            "at": entry.at or now(),
            "kind": kind.value,
            "undoes_id": entry.undoes,
            "group_id": entry.group,
        }
        for entry in entries
    ]
    return insert_numbered(session, JournalRow, rows)


def add_entries(
    session: Session,
    kind: EntryKind,
    by: str,
    undoes: Sequence[int | None] = (None,),
    *,
    group: int | None = None,
) -> list[int]:
    """Add entries that are undone and redone together.

    Args:
        session: A transaction that writes.
        kind: Their kind.
        by: The name of who did it.
        undoes: For each entry, the one that it takes back.
        group: The first entry of those that they belong to; None if the first of these is it.

    Returns:
        Their numbers.
    """
    if group is None and len(undoes) > 1:
        first = add_entry(session, kind, by, undoes=undoes[0])
        return [first, *add_entries(session, kind, by, undoes[1:], group=first)]
    return add_each(session, kind, [NewEntry(by, undone, group) for undone in undoes])


def add_entry(
    session: Session, kind: EntryKind, by: str, *, undoes: int | None = None, group: int | None = None
) -> int:
    """Add one entry.

    Returns:
        Its number.
    """
    return add_each(session, kind, [NewEntry(by, undoes, group)])[0]


def newest_entry(session: Session) -> int:
    """Return the number of the newest entry, 0 where there is none."""
    return session.exec(select(func.max(JournalRow.id))).one() or 0


def group_of(session: Session, entry: int) -> int:
    """Return the first of the entries that are undone and redone with one."""
    return session.get_one(JournalRow, entry).group_id or entry


def not_counting(session: Session) -> set[int]:
    """Return the entries that do not count: undone ones whose undo was not itself undone."""
    return _taken_back(session, select(JournalRow.id, JournalRow.undoes_id))


def taken_back_among(session: Session, table: KindRow, *where: Any) -> set[int]:
    """Return the entries of a kind that do not count, where an entry and its undo have a row in one table.

    Args:
        session: A session.
        table: The table.
        where: Conditions on its rows that hold for an entry and its undo alike.
    """
    query = select(JournalRow.id, JournalRow.undoes_id).join(table, col(table.entry_id) == JournalRow.id)
    return _taken_back(session, query.where(*where))


def taken_back_of_kind(session: Session, kind: EntryKind) -> set[int]:
    """Return the entries of a kind that do not count."""
    return _taken_back(
        session, select(JournalRow.id, JournalRow.undoes_id).where(JournalRow.kind == kind.value)
    )


def _taken_back(session: Session, query: Any) -> set[int]:
    rows = session.exec(query.where(col(JournalRow.undoes_id).is_not(None)))
    return journal.taken_back((stored_id(number), stored_id(undone)) for number, undone in rows)


def last_undoable(
    session: Session, by: str | None, kinds: Collection[EntryKind] = UNDOABLE
) -> tuple[Entry, ...]:
    """Return the entries that an undo takes back: the latest that counts and is no undo, with its group.

    Args:
        session: A session.
        by: Whose; None for anybody's.
        kinds: The kinds that may be undone.

    Returns:
        The entries that count, in order; nothing where there is nothing to take back.
    """
    gone = not_counting(session)
    entries = session.exec(_undoable(by, kinds))
    return _whole(session, next((stored_id(number) for number in entries if number not in gone), None), gone)


def last_undo(session: Session, by: str) -> tuple[Entry, ...]:
    """Return the entries that a redo reverses: the coder's latest undo, if they did nothing new since."""
    gone = not_counting(session)
    undone = aliased(JournalRow)
    newest = session.exec(_undoable(by, UNDOABLE)).first() or 0
    undos = session.exec(
        select(JournalRow.id)
        .join(undone, col(undone.id) == JournalRow.undoes_id)
        .where(
            JournalRow.by == by,
            col(JournalRow.kind).in_([kind.value for kind in UNDOABLE]),
            col(undone.undoes_id).is_(None),
            col(JournalRow.id) > newest,
        )
        .order_by(col(JournalRow.id).desc())
    )
    return _whole(session, next((stored_id(number) for number in undos if number not in gone), None), gone)


def entries_in(session: Session, numbers: Collection[int] | None = None) -> list[Entry]:
    """Return entries in order: those of some numbers, or the whole journal."""
    query = select(JournalRow).order_by(col(JournalRow.id))
    if numbers is not None:
        query = query.where(among(JournalRow.id, numbers))
    return [_entry(row) for row in session.exec(query)]


def find_entries(
    session: Session,
    *,
    kind: str = "",
    by: str = "",
    since: str = "",
    decisions: Collection[int] | None = None,
) -> list[Entry]:
    """Return entries in order, all where nothing is asked.

    Args:
        session: A session.
        kind: Only entries of a kind.
        by: Only entries that somebody made.
        since: Only entries from a time on (UTC).
        decisions: The only decisions that are wanted; entries of other kinds are found besides.
    """
    query = select(JournalRow).order_by(col(JournalRow.id))
    if kind:
        query = query.where(JournalRow.kind == kind)
    if by:
        query = query.where(JournalRow.by == by)
    if since:
        query = query.where(JournalRow.at >= since)
    if decisions is not None:
        query = query.where(
            or_(col(JournalRow.kind) != EntryKind.DECISION.value, among(JournalRow.id, decisions))
        )
    return [_entry(row) for row in session.exec(query)]


def with_reversals(session: Session, entries: Collection[int]) -> set[int]:
    """Return entries with the undos of them, the redos that undo these, and so on."""
    found = set(entries)
    latest = found
    while latest:
        reversals = session.exec(select(JournalRow.id).where(among(JournalRow.undoes_id, latest)))
        latest = {stored_id(number) for number in reversals}
        found |= latest
    return found


def makers(session: Session) -> list[str]:
    """Return the names of all who made entries."""
    return list(session.exec(select(JournalRow.by).distinct().order_by(JournalRow.by)))


def _undoable(by: str | None, kinds: Collection[EntryKind]) -> Any:
    """Select the numbers of the entries that are no undos, latest first."""
    query = select(JournalRow.id).where(
        col(JournalRow.undoes_id).is_(None), col(JournalRow.kind).in_([kind.value for kind in kinds])
    )
    if by is not None:
        query = query.where(JournalRow.by == by)
    return query.order_by(col(JournalRow.id).desc())


def _whole(session: Session, number: int | None, gone: Collection[int]) -> tuple[Entry, ...]:
    if number is None:
        return ()
    first = group_of(session, number)
    rows = session.exec(
        select(JournalRow)
        .where((col(JournalRow.id) == first) | (col(JournalRow.group_id) == first))
        .order_by(col(JournalRow.id))
    )
    return tuple(_entry(row) for row in rows if row.id not in gone)


def _entry(row: JournalRow) -> Entry:
    number = stored_id(row.id)
    return Entry(
        number=number,
        guid=row.guid,
        by=row.by,
        at=row.at,
        kind=EntryKind(row.kind),
        undoes=row.undoes_id,
        group=row.group_id or number,
    )
