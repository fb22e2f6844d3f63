"""The undoing and redoing of removals and replacements of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotegrid.errors import UsageError

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session
    from quotegrid.storage.journal import Entry


def reverse_version(session: Session, entry: Entry, new_entry: int) -> None:
    """Reverse a removal or a replacement, or an undo of one.

    Args:
        session: A transaction that writes.
        entry: The entry that is reversed.
        new_entry: The entry that reverses it.

    Raises:
        UsageError: If what happened since is in its way.
    """
    from quotegrid.storage.sources.versions.changing import reverse, why_not_reversed

    why = why_not_reversed(session, entry)
    if why:
        raise UsageError(why, todo='Nothing was undone; "quotegrid history" shows what happened since.')
    reverse(session, entry, new_entry)
