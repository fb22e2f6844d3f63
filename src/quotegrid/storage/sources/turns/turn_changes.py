"""The log of edits of turns, as part of the journal, and the list of what imports were unsure about."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import Session, col, select

from quotegrid.domain.coding.journal import EntryKind
from quotegrid.domain.sources.model import ABOUT_TURNS, ReadWarning, WarningKind
from quotegrid.storage.journal import add_entry, taken_back_of_kind
from quotegrid.storage.tables import AnySourceRow, JournalRow, SourceRow, TurnChangeRow, UnsureRow

_LINE_END = re.compile(r"\n")


@dataclass(frozen=True, slots=True)
class TurnChange:
    """Everything that an edit of turns changes, so that it can be taken back to the letter."""

    removed: Sequence[Mapping[str, Any]] = ()
    """The turns that it takes away: start, end, label, asks, time and the GUID of the case."""
    added: Sequence[Mapping[str, Any]] = ()
    """The turns that take their places."""
    passages: Sequence[Mapping[str, Any]] = ()
    """The ranges that become passages or stop being so: start, end, and who made them `before` and `after`,
    by name and time; None for a passage."""
    new_cases: Sequence[Mapping[str, Any]] = ()
    """The cases that it makes: GUID and name."""
    silent_cases: Sequence[Mapping[str, Any]] = ()
    """The cases that say nothing any more and are deleted, with their values and other names."""
    suggestions: Sequence[Mapping[str, Any]] = ()
    """The suggestions on passages that it sets aside."""
    ticks: Sequence[int] = ()
    """The places of what was unsure and is right now."""


@dataclass(frozen=True, slots=True)
class LoggedTurnChange:
    """An edit of turns in the journal."""

    entry: int
    by: str
    source_guid: str
    source: str
    """The source's name at the time."""
    what: str
    change: TurnChange


@dataclass(frozen=True, slots=True)
class UnsureLine:
    """Something that the import of a source was unsure about."""

    source_id: int
    source: str
    place: int
    kind: WarningKind
    what: str
    line: int | None
    start: int | None
    """The offset in the source's text at which the line begins."""
    is_done: bool
    """Whether somebody has ticked it off."""


def add_turn_change(
    session: Session,
    by: str,
    source: SourceRow | AnySourceRow,
    what: str,
    change: TurnChange,
    *,
    group: int | None = None,
) -> int:
    """Add an edit of turns to the journal.

    Args:
        session: A transaction that writes.
        by: The name of whoever edits.
        source: The source.
        what: The edit in words, as the end of a sentence that begins with who made it.
        change: Everything that it changes.
        group: The entry of the replacement of a source with which it goes.

    Returns:
        The number of its entry.
    """
    entry = add_entry(session, EntryKind.TURNS, by, group=group)
    session.add(
        TurnChangeRow(
            entry_id=entry, source_guid=source.guid, source=source.name, what=what, payload=asdict(change)
        )
    )
    session.flush()
    return entry


def list_turn_changes(session: Session, source_guid: str | None = None) -> list[LoggedTurnChange]:
    """Return the edits of the turns of one source or all, oldest first, also those that were taken back."""
    query = (
        select(TurnChangeRow, JournalRow.by)
        .join(JournalRow, col(JournalRow.id) == TurnChangeRow.entry_id)
        .order_by(col(TurnChangeRow.entry_id))
    )
    if source_guid is not None:
        query = query.where(TurnChangeRow.source_guid == source_guid)
    return [_logged(row, by) for row, by in session.exec(query)]


def turn_change_of(session: Session, entry: int) -> LoggedTurnChange:
    """Return the edit of turns that an entry of the journal is."""
    row, by = session.exec(
        select(TurnChangeRow, JournalRow.by)
        .join(JournalRow, col(JournalRow.id) == TurnChangeRow.entry_id)
        .where(TurnChangeRow.entry_id == entry)
    ).one()
    return LoggedTurnChange(
        row.entry_id, by, row.source_guid, row.source, row.what, TurnChange(**row.payload)
    )


def told_changes(session: Session) -> dict[int, tuple[str, str]]:
    """Return the source's name and the words of each edit of turns, by its entry in the journal."""
    rows = session.exec(select(TurnChangeRow.entry_id, TurnChangeRow.source, TurnChangeRow.what))
    return {entry: (source, what) for entry, source, what in rows}


def edits_of_sources(session: Session) -> dict[str, int]:
    """Return how many edits of turns count on each source, by its GUID."""
    gone = taken_back_of_kind(session, EntryKind.TURNS)
    found: dict[str, int] = {}
    for entry, guid in session.exec(select(TurnChangeRow.entry_id, TurnChangeRow.source_guid)):
        if entry not in gone:
            found[guid] = found.get(guid, 0) + 1
    return found


def keep_unsure(session: Session, source_id: int, warnings: Sequence[ReadWarning]) -> None:
    """Store what the import of a source was unsure about, a row for each line that it names.

    What is told of people, their groups and areas, is left out: `cases check` lists what of it is still so.
    """
    places = [
        (warning, line)
        for warning in warnings
        if warning.kind in ABOUT_TURNS
        for line in (warning.lines or (warning.line,))
    ]
    if not places:
        return
    text = session.get_one(SourceRow, source_id).text
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    session.add_all(
        UnsureRow(
            source_id=source_id,
            place=place,
            kind=warning.kind.value,
            what=warning.each or warning.what,
            line=line,
            start=starts[line - 1] if line is not None and 0 < line <= len(starts) else None,
        )
        for place, (warning, line) in enumerate(places)
    )
    session.flush()


def unsure_lines(session: Session, source_id: int | None = None) -> list[UnsureLine]:
    """Return what imports were unsure about, ticked off or not, in the order of the sources' texts."""
    ticked = _ticked(session)
    query = select(UnsureRow, SourceRow.name, SourceRow.guid).join(
        SourceRow, col(SourceRow.id) == UnsureRow.source_id
    )
    if source_id is not None:
        query = query.where(UnsureRow.source_id == source_id)
    found = [
        UnsureLine(
            row.source_id,
            name,
            row.place,
            WarningKind(row.kind),
            row.what,
            row.line,
            row.start,
            is_done=row.place in ticked.get(guid, ()),
        )
        for row, name, guid in session.exec(query)
    ]
    return sorted(found, key=lambda line: (line.source, line.start is None, line.start or 0, line.place))


def _logged(row: TurnChangeRow, by: str) -> LoggedTurnChange:
    change = TurnChange(**row.payload)
    return LoggedTurnChange(row.entry_id, by, row.source_guid, row.source, row.what, change)


def _ticked(session: Session) -> Mapping[str, Collection[int]]:
    """Return the places that edits which count have ticked off, by the sources' GUIDs."""
    gone = taken_back_of_kind(session, EntryKind.TURNS)
    found: dict[str, set[int]] = {}
    rows = session.exec(select(TurnChangeRow.entry_id, TurnChangeRow.source_guid, TurnChangeRow.payload))
    for entry, guid, payload in rows:
        if entry not in gone:
            found.setdefault(guid, set()).update(payload["ticks"])
    return found


def source_with_guid(session: Session, guid: str) -> SourceRow | None:
    """Return the source with a GUID; None where it is no longer there."""
    return session.exec(select(SourceRow).where(SourceRow.guid == guid)).first()
