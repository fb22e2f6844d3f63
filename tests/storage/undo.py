"""Taking back decisions in tests of the store."""

from __future__ import annotations

from sqlmodel import Session

from quotegrid.storage.coding.decision_log import decisions_of_entries
from quotegrid.storage.coding.decisions import take_back_decisions
from quotegrid.storage.journal import last_undoable


def undo_last(session: Session, coder: str) -> tuple[int, list[int]] | None:
    """Take back what a coder decided last and still counts.

    Returns:
        The number of the last decision that was taken back, and the numbers of the undos.
    """
    entries = [entry.number for entry in last_undoable(session, coder)]
    if not entries:
        return None
    return decisions_of_entries(session, entries)[-1], take_back_decisions(session, coder, entries)
