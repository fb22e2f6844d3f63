"""Undo and redo of a coder's last action, whatever its kind, by the order of the journal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quotegrid.domain.coding.journal import EntryKind
from quotegrid.domain.coding.summaries import ShownSummary
from quotegrid.domain.people.case_values import CaseAction
from quotegrid.domain.sources.changes import SourceAction
from quotegrid.domain.text.normalise import counted, shortened
from quotegrid.workflows.codebook.codebook_file import write_codebook
from quotegrid.workflows.codebook.store_codebook import revert_version
from quotegrid.workflows.coding.memos.entry_words import entry_words
from quotegrid.workflows.people.change_words import described
from quotegrid.workflows.people.reversing import reverse_entry
from quotegrid.workflows.report.summarise import read_names
from quotegrid.workflows.sources.turns.edit_turns import reverse_edit
from quotegrid.workflows.sources.versions.reversing import reverse_version
from quotegrid.workflows.study.change_settings import kept_on_failure
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.coding.decision_log import LoggedDecision
    from quotegrid.storage.engines.database import Session
    from quotegrid.storage.journal import Entry

_SHOWN = 40
_DONE_TO_VERSIONS = {
    SourceAction.REMOVE: "the removal of",
    SourceAction.CORRECT: "the replacement of",
    SourceAction.REREAD: "the other reading of",
}
_VERSIONS = (EntryKind.REPLACEMENT, EntryKind.REMOVAL)
_OF_MEMO = {"wrote": "a memo", "changed": "a change of a memo", "deleted": "the deletion of a memo"}
_READ_OR_NOT = {SourceAction.READ: "read to the end", SourceAction.NOT_READ: "not read to the end"}


@dataclass(frozen=True, slots=True)
class Reversal:
    """The result of an undo or a redo: the entries of one group of the journal."""

    decisions: tuple[LoggedDecision, ...] = ()
    """The decisions in their order, including those that moved codings with a change of the codebook."""
    summary: ShownSummary | None = None
    codebook: str = ""
    """The change of the codebook, as a sentence."""
    other: str = ""
    """Another kind of entry, as a sentence: a change of cases, a memo, an exemplar."""
    cases: tuple[str, ...] = ()
    """The GUIDs of the cases that were changed."""
    concerns_all: bool = False
    """Whether any case may have other values or be another's now, as after a change of groups."""
    segment: int | None = None
    """The segment to show: that of the first decision after an undo, of the last after a redo."""

    @property
    def code(self) -> str | None:
        """Return the code of all the decisions; None where they have none or several."""
        codes = {decision.code for decision in self.decisions}
        return codes.pop() if len(codes) == 1 else None


def undo(study: StudyFolder) -> Reversal | None:
    """Undo the coder's last action that still counts, with its whole group.

    Returns:
        The entries that were undone, None if there was nothing.

    Raises:
        UsageError: If somebody has changed the same case, group, source or turns since.
        CodebookError: If somebody has changed the same code since, or the file was changed by hand.
    """
    from quotegrid.storage.journal import last_undoable

    return _reverse_last(study, "undoing", last_undoable, shown=0)


def redo(study: StudyFolder) -> Reversal | None:
    """Redo what the coder's latest undo took back, if they did nothing new since.

    Returns:
        The entries that were redone, None if there was nothing.

    Raises:
        UsageError: If somebody has changed the same case, group, source or turns since.
        CodebookError: If somebody has changed the same code since, or the file was changed by hand.
    """
    from quotegrid.storage.journal import last_undo

    return _reverse_last(study, "redoing", last_undo, shown=-1)


def _reverse_last(
    study: StudyFolder, what: str, last: Callable[[Session, str], Sequence[Entry]], *, shown: int
) -> Reversal | None:
    with study.writing(what), kept_on_failure(study), study.writing_session(what) as session:
        entries = last(session, study.settings.coder_name())
        if not entries:
            return None
        reversal, text = _reverse(session, study, entries)
    if text is not None:
        write_codebook(study, text)
    decisions = reversal.decisions
    return replace(reversal, segment=decisions[shown].segment) if decisions else reversal


def _reverse(session: Session, study: StudyFolder, entries: Sequence[Entry]) -> tuple[Reversal, str | None]:
    """Reverse the entries of one group, whether actions or undos.

    Returns:
        The reversal, and the codebook file's new content, to be written once the transaction has ended.
    """
    from quotegrid.storage.codebook.versions import version_of_entry
    from quotegrid.storage.coding.decision_log import decisions_of_entries, entry_of_decision, list_decisions
    from quotegrid.storage.coding.decisions import take_back_decisions
    from quotegrid.storage.coding.summaries import undo_summary
    from quotegrid.storage.journal import add_entry

    name = study.settings.coder_name()
    reversal, text = Reversal(), None
    group: int | None = None
    decided = [entry for entry in entries if entry.kind is EntryKind.DECISION]
    if decided:
        made = take_back_decisions(session, name, [entry.number for entry in decided])
        group = entry_of_decision(session, made[0])
        numbers = decisions_of_entries(session, [entry.undoes or entry.number for entry in decided])
        reversal = replace(reversal, decisions=tuple(list_decisions(session, only=numbers)))
    for entry in entries:
        if entry.kind is EntryKind.CODEBOOK:
            version = version_of_entry(session, entry.number)
            text = revert_version(session, study, version, group)
            what = version.what
            if version.undoes is not None:
                what = (
                    what.removeprefix("Took back: ")
                    .removeprefix("Restored: ")
                    .removeprefix("Brought again: ")
                )
            reversal = replace(reversal, codebook=what)
        elif entry.kind is EntryKind.SUMMARY:
            summary = undo_summary(session, name, entry.number, group=group)
            reversal = replace(reversal, summary=read_names(session, [summary]).shown(summary))
        elif entry.kind is EntryKind.CASE:
            change = reverse_entry(session, study, entry, group)
            is_join = change.action is CaseAction.SPELLINGS
            what = f"a change of {'spellings' if is_join else 'cases'}: {described(change)}."
            cases = tuple(change.payload["cases"])
            concerns_all = change.action in (CaseAction.SPELLINGS, CaseAction.IMPORT, CaseAction.APART)
            reversal = replace(reversal, other=what, cases=cases, concerns_all=concerns_all)
        elif entry.kind is EntryKind.TURNS and any(other.kind in _VERSIONS for other in entries):
            # The versions of the source hold their turns, so that nothing else is to be reversed.
            add_entry(session, entry.kind, name, undoes=entry.number, group=group)
        elif entry.kind is not EntryKind.DECISION:
            words, number = _reverse_other(session, name, entry, group)
            group = group or number
            reversal = replace(reversal, other=reversal.other or words)
    return reversal, text


def _reverse_other(session: Session, name: str, entry: Entry, group: int | None) -> tuple[str, int | None]:
    """Reverse another kind of entry, and return it in words, with the entry that others may be grouped by."""
    from quotegrid.storage.coding.exemplars import marks_of
    from quotegrid.storage.journal import add_entry
    from quotegrid.storage.sources.memos import memo_entries
    from quotegrid.storage.sources.source_log import list_source_changes

    if entry.kind is EntryKind.TURNS:
        return f"an edit of turns: {reverse_edit(session, name, entry, group)}.", None
    number = add_entry(session, entry.kind, name, undoes=entry.number, group=group)
    original = entry.undoes or entry.number
    if entry.kind in _VERSIONS:
        reverse_version(session, entry, number)
        done = list_source_changes(session)[original]
        return f'{_DONE_TO_VERSIONS[done.action]} "{done.name}".', number
    if entry.kind is EntryKind.MEMO:
        changed = memo_entries(session, [original])
        return (
            f'{_OF_MEMO[changed[original].did]}: "{entry_words(session, changed, _SHOWN)[original]}".',
            number,
        )
    if entry.kind is EntryKind.READ:
        mark = list_source_changes(session)[original]
        return f'the mark that "{mark.name}" is {_READ_OR_NOT[mark.action]}.', number
    segment, code, is_marked = marks_of(session, [original])[original]
    did = "marking" if is_marked else "unmarking"
    return f'{did} passage {segment} as an exemplar of "{code}".', number


def undo_in_words(study: StudyFolder) -> str:
    """Undo the coder's last action, and return a sentence on it."""
    reversal = undo(study)
    return "There is nothing to undo." if reversal is None else f"Took back {reversal_in_words(reversal)}"


def redo_in_words(study: StudyFolder) -> str:
    """Redo what the coder's latest undo took back, and return a sentence on it."""
    reversal = redo(study)
    return "There is nothing to redo." if reversal is None else f"Restored {reversal_in_words(reversal)}"


def reversal_in_words(reversal: Reversal) -> str:
    """Return a reversal as the continuation of a sentence that begins with "Took back"."""
    if reversal.summary is not None:
        summary = reversal.summary
        said = f': "{shortened(summary.text, _SHOWN)}"' if summary.text else " (it took one away)"
        return f'summary {summary.number} of "{summary.code}", {summary.value}{said}.'
    if reversal.codebook:
        moved = {decision.segment for decision in reversal.decisions}
        along = f" {counted(len(moved), 'quote')} moved with it." if moved else ""
        return f"a change of the codebook: {reversal.codebook}{along}"
    if reversal.other:
        return reversal.other
    what = f' "{reversal.code}"' if reversal.code else ""
    first, last = reversal.decisions[0], reversal.decisions[-1]
    if first is last:
        return f"decision {first.id}: {first.in_words}{what} on passage {first.segment}."
    actions = ", ".join(dict.fromkeys(decision.in_words for decision in reversal.decisions))
    segments = {decision.segment for decision in reversal.decisions}
    where = counted(len(segments), "passage") if len(segments) > 1 else f"passage {first.segment}"
    return f"decisions {first.id} to {last.id}, which belong together: {actions}{what} on {where}."
