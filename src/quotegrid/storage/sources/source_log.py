"""The log of what is done to sources, as part of the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from quotegrid.domain.coding.journal import EntryKind
from quotegrid.domain.sources.changes import READ_MARKS, VERSIONS, SourceAction
from quotegrid.storage.journal import add_entry
from quotegrid.storage.tables import AnySourceRow, SourceChangeRow


@dataclass(frozen=True, slots=True)
class SourceChange:
    """A change of a source, or values that came with a table."""

    action: SourceAction
    name: str
    """The name of the source or the table at the time."""
    before: str | None
    """The source's name before it was renamed."""
    language: str | None
    """The code of the language that it was given."""


def list_source_changes(session: Session) -> dict[int, SourceChange]:
    """Return all changes by their numbers in the journal."""
    return {
        row.entry_id: SourceChange(SourceAction(row.action), row.name, row.before, row.language)
        for row in session.exec(select(SourceChangeRow))
    }


def add_source_change(
    session: Session,
    by: str,
    action: SourceAction,
    name: str,
    *,
    number: int | None = None,
    before: str | None = None,
    language: str | None = None,
    options: Mapping[str, str] | None = None,
    group: int | None = None,
) -> int:
    """Add to the journal a change of a source, or the values of a table.

    Args:
        session: A transaction that writes.
        by: The name of whoever makes it.
        action: The kind of change.
        name: The name of the source or the table.
        number: The source's number; None for a table.
        before: The source's earlier name.
        language: The code of the language that it is given.
        options: The options that the user gave for the reading of its file.
        group: The first entry of the same import, or of the marks made at once.

    Returns:
        The number of its entry.
    """
    guid = None if number is None else session.get_one(AnySourceRow, number).guid
    kind = _kind(action)
    entry = add_entry(session, kind, by, group=group)
    session.add(
        SourceChangeRow(
            entry_id=entry,
            action=action.value,
            source_guid=guid,
            name=name,
            before=before,
            language=language,
            options=dict(options or {}),
        )
    )
    session.flush()
    return entry


def reading_options(session: Session) -> dict[str, dict[str, str]]:
    """Return the options with which each source was last read, by its GUID."""
    readings = [action.value for action in (SourceAction.ADD, SourceAction.REPLACE, *VERSIONS)]
    rows = session.exec(
        select(SourceChangeRow.source_guid, SourceChangeRow.options)
        .where(col(SourceChangeRow.action).in_(readings))
        .order_by(col(SourceChangeRow.entry_id))
    )
    return {guid: dict(options) for guid, options in rows if guid is not None}


def _kind(action: SourceAction) -> EntryKind:
    if action is SourceAction.REMOVE:
        return EntryKind.REMOVAL
    if action in VERSIONS:
        return EntryKind.REPLACEMENT
    return EntryKind.READ if action in READ_MARKS else EntryKind.SOURCE
