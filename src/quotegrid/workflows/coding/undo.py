"""Take back what a coder did last, whatever it was, and bring it again: by the journal, not the clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quotegrid.domain.coding.journal import EntryKind
from quotegrid.domain.coding.summaries import ShownSummary
from quotegrid.domain.text.normalise import counted, shortened
from quotegrid.workflows.codebook.codebook_file import write_codebook
from quotegrid.workflows.codebook.edit_codebook import turn_back
from quotegrid.workflows.people.change_cases import described, refuse_to_reverse
from quotegrid.workflows.report.summarise import read_names
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.coding.decisions import LoggedDecision
    from quotegrid.storage.engines.database import Session
    from quotegrid.storage.journal import Entry

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Reversal:
    """What an undo took back, or a redo brought again: the entries of one group of the journal."""

    decisions: tuple[LoggedDecision, ...] = ()
    """In the order of deciding; also those that moved codings along with a change of the codebook."""
    summary: ShownSummary | None = None
    codebook: str = ""
    """What was changed in the codebook, as a sentence."""
    other: str = ""
    """What else it was, as a sentence: a change of cases, a memo, an exemplar."""
    segment: int | None = None
    """Where to look now: the segment of the first decision after an undo, of the last after a redo."""

    @property
    def code(self) -> str | None:
        """The code of all the decisions; None where they have none or several."""
        codes = {decision.code for decision in self.decisions}
        return codes.pop() if len(codes) == 1 else None


def undo(study: StudyFolder) -> Reversal | None:
    """Take back what the coder did last and still counts, with all that belongs together with it.

    Returns:
        What was taken back, None if there was nothing.

    Raises:
        UsageError: If somebody has changed the same case since.
        CodebookError: If somebody has changed the same code since, or the file was changed by hand.
    """
    from quotegrid.storage.journal import last_deed

    reversal = _reverse_latest(study, "undoing", last_deed)
    return reversal and _looking_at(reversal, 0)


def redo(study: StudyFolder) -> Reversal | None:
    """Bring again what the coder's latest undo took back, if they did nothing new since.

    Returns:
        What counts again, None if there was nothing.

    Raises:
        UsageError: If somebody has changed the same case since.
        CodebookError: If somebody has changed the same code since, or the file was changed by hand.
    """
    from quotegrid.storage.journal import last_undo

    reversal = _reverse_latest(study, "redoing", last_undo)
    return reversal and _looking_at(reversal, -1)


def _looking_at(reversal: Reversal, place: int) -> Reversal:
    decisions = reversal.decisions
    return replace(reversal, segment=decisions[place].segment) if decisions else reversal


def _reverse_latest(
    study: StudyFolder, what: str, find: Callable[[Session, str], Sequence[Entry]]
) -> Reversal | None:
    with study.writing_session(what) as session:
        entries = find(session, study.settings.coder_name())
        if not entries:
            return None
        reversal, text = _reverse(session, study, entries)
    if text is not None:
        write_codebook(study, text)
    return reversal


def _reverse(session: Session, study: StudyFolder, entries: Sequence[Entry]) -> tuple[Reversal, str | None]:
    """Take back the entries of one group, be they deeds or undos.

    Returns:
        What it was, and what is to stand in the codebook file once the transaction has ended.
    """
    from quotegrid.storage.codebook.versions import version_of_entry
    from quotegrid.storage.coding.decisions import (
        decisions_of_entries,
        entry_of_decision,
        list_decisions,
        take_back_decisions,
    )
    from quotegrid.storage.coding.summaries import undo_summary

    name = study.settings.coder_name()
    reversal, text = Reversal(), None
    group: int | None = None
    decided = [entry for entry in entries if entry.kind is EntryKind.DECISION]
    if decided:
        made = take_back_decisions(session, name, [entry.number for entry in decided])
        group = entry_of_decision(session, made[0])
        deeds = decisions_of_entries(session, [entry.undoes or entry.number for entry in decided])
        reversal = replace(reversal, decisions=tuple(list_decisions(session, only=deeds)))
    for entry in entries:
        if entry.kind is EntryKind.CODEBOOK:
            version = version_of_entry(session, entry.number)
            text = turn_back(session, study, version, group)
            what = version.what
            if version.undoes is not None:
                what = what.removeprefix("Took back: ").removeprefix("Brought again: ")
            reversal = replace(reversal, codebook=what)
        elif entry.kind is EntryKind.SUMMARY:
            summary = undo_summary(session, name, entry.number, group=group)
            reversal = replace(reversal, summary=read_names(session, [summary]).shown(summary))
        elif entry.kind is not EntryKind.DECISION:
            reversal = replace(reversal, other=_reverse_other(session, name, entry, group))
    return reversal, text


def _reverse_other(session: Session, name: str, entry: Entry, group: int | None) -> str:
    """Take back a change of cases, a memo or an exemplar, and say what it was."""
    from quotegrid.storage.coding.exemplars import all_marks
    from quotegrid.storage.journal import add_entry
    from quotegrid.storage.people.case_reversals import reverse_change
    from quotegrid.storage.sources.memos import written_memos

    if entry.kind is EntryKind.CASE:
        refuse_to_reverse(session, entry)
        change = described(reverse_change(session, name, entry, group=group))
        return f"a change of cases: {change}."
    add_entry(session, entry.kind, name, undoes=entry.number, group=group)
    deed = entry.undoes or entry.number
    if entry.kind is EntryKind.MEMO:
        return f'a memo: "{shortened(written_memos(session)[deed][0], _SHOWN)}".'
    segment, code, is_marked = all_marks(session)[deed]
    did = "marking" if is_marked else "unmarking"
    return f'{did} segment {segment} as an exemplar of "{code}".'


def undo_told(study: StudyFolder) -> str:
    """Take back what the coder did last, and say what that was in a sentence."""
    reversal = undo(study)
    return "There is nothing to undo." if reversal is None else f"Took back {told(reversal)}"


def redo_told(study: StudyFolder) -> str:
    """Bring again what the coder's latest undo took back, and say what that was in a sentence."""
    reversal = redo(study)
    return "There is nothing to redo." if reversal is None else f"Brought again {told(reversal)}"


def told(reversal: Reversal) -> str:
    """Return what was taken back or brought again, as a sentence that follows "Took back"."""
    if reversal.summary is not None:
        summary = reversal.summary
        said = f': "{shortened(summary.text, _SHOWN)}"' if summary.text else " (it took one away)"
        return f'summary {summary.number} of "{summary.code}", {summary.value}{said}.'
    if reversal.codebook:
        moved = {decision.segment for decision in reversal.decisions}
        along = f" {counted(len(moved), 'quote')} went along." if moved else ""
        return f"a change of the codebook: {reversal.codebook}{along}"
    if reversal.other:
        return reversal.other
    what = f' "{reversal.code}"' if reversal.code else ""
    first, last = reversal.decisions[0], reversal.decisions[-1]
    if first is last:
        return f"decision {first.id}: {first.deed}{what} on segment {first.segment}."
    deeds = ", ".join(dict.fromkeys(decision.deed for decision in reversal.decisions))
    segments = {decision.segment for decision in reversal.decisions}
    where = counted(len(segments), "segment") if len(segments) > 1 else f"segment {first.segment}"
    return f"decisions {first.id} to {last.id}, which belong together: {deeds}{what} on {where}."
