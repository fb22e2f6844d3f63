"""Undo and redo of changes of cases, and of joined spellings, with what is in their way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotegrid.domain.coding.journal import EntryKind
from quotegrid.domain.people.case_values import CaseAction
from quotegrid.errors import UsageError
from quotegrid.workflows.people.change_cases import gone
from quotegrid.workflows.people.change_words import described
from quotegrid.workflows.people.joins.spellings import reverse_spellings
from quotegrid.workflows.study.change_settings import kept_on_failure
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session
    from quotegrid.storage.journal import Entry
    from quotegrid.storage.people.case_log import LoggedChange


def undo_case_change(study: StudyFolder) -> LoggedChange | None:
    """Undo the latest change of a case that still counts, whoever made it.

    Returns:
        The change that was undone, None if there was none.

    Raises:
        UsageError: If the settings were changed by hand since, or files have given other values.
    """
    from quotegrid.storage.journal import last_undoable

    with study.writing("undoing"), kept_on_failure(study), study.writing_session("undoing") as session:
        entries = last_undoable(session, None, [EntryKind.CASE])
        return reverse_entry(session, study, entries[-1], None) if entries else None


def reverse_entry(session: Session, study: StudyFolder, entry: Entry, group: int | None) -> LoggedChange:
    """Undo or redo a change of cases or of joined spellings.

    Args:
        session: A transaction that writes, within `kept_on_failure`.
        study: The study.
        entry: The change's entry in the journal, or that of its undo.
        group: The first entry of those that are reversed with it.

    Returns:
        The change.

    Raises:
        UsageError: If a later change is in its way, or the settings were changed by hand since.
    """
    from quotegrid.storage.people.case_reversals import reverse_change

    _refuse_to_reverse(session, entry)
    change = reverse_change(session, study.settings.coder_name(), entry, group=group)
    if change.action is CaseAction.SPELLINGS:
        reverse_spellings(session, study, change.payload, is_redone=entry.undoes is not None)
    return change


def _refuse_to_reverse(session: Session, entry: Entry) -> None:
    """Refuse to undo or redo a change of cases that a later change prevents.

    Args:
        session: A session.
        entry: The change's entry in the journal, or that of its undo.

    Raises:
        UsageError: If one of its cases was changed since, or another case has taken the name.
    """
    from quotegrid.storage.people.case_log import list_changes
    from quotegrid.storage.people.case_reversals import in_the_way, needed_cases
    from quotegrid.storage.people.case_rows import find_guid
    from quotegrid.storage.people.cases import find_case
    from quotegrid.storage.people.taken_tables import has_changed_since, kept_changes

    log = list_changes(session)
    later = in_the_way(session, entry, log)
    made = entry.undoes or entry.number
    change = next(logged for logged in log if logged.entry == made)
    if later is not None:
        raise UsageError(
            f"since then {later.coder} {described(later)}.",
            todo='Nothing was changed. "quotegrid cases undo" takes back the latest change, whoever made it.',
        )
    if change.action is CaseAction.IMPORT:
        changes = kept_changes(session, change.payload["changes"])
        if has_changed_since(session, changes, is_redone=entry.undoes is not None):
            raise UsageError(
                f"what {change.payload['name']} gave has been changed by another import since.",
                todo="Nothing was changed. Take in the table that is right, again or anew.",
            )
    for guid in needed_cases(change, is_redone=entry.undoes is not None):
        if find_guid(session, guid) is None:
            raise UsageError(gone(session, guid), todo="Nothing was changed.")
    if entry.undoes is None:
        return
    if change.action in (CaseAction.SPLIT, CaseAction.RENAME):
        taken = find_case(session, change.payload["into"])
        if taken is not None and taken.guid not in change.payload["cases"]:
            raise UsageError(
                f'there is another case "{taken.name}" by now.', todo="Nothing was changed; rename it first."
            )
