"""An undo of changes of cases, without the checks of a workflow."""

from __future__ import annotations

from quotegrid.domain.coding.journal import EntryKind
from quotegrid.storage.engines.database import Session
from quotegrid.storage.journal import last_undoable
from quotegrid.storage.people.case_log import LoggedChange
from quotegrid.storage.people.case_reversals import reverse_change


def undo_latest(session: Session, by: str) -> LoggedChange | None:
    """Undo the latest change that still counts, whoever made it, and return it."""
    found = last_undoable(session, None, [EntryKind.CASE])
    return reverse_change(session, by, found[-1]) if found else None
