"""Take back what a coder did last, a decision, a summary or a change of the codebook, and bring it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotegrid.domain.coding.summaries import ShownSummary
from quotegrid.domain.text.normalise import counted, shortened
from quotegrid.workflows.codebook.codebook_file import write_codebook
from quotegrid.workflows.codebook.edit_codebook import turn_back
from quotegrid.workflows.report.summarise import read_names
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.codebook.versions import CodebookVersion
    from quotegrid.storage.coding.decisions import LoggedDecision
    from quotegrid.storage.engines.database import Session

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Turned:
    """What an undo took back, or a redo brought again.

    It is one of decisions that belong together, one summary, or one change of the codebook with the decisions
    that moved codings along.
    """

    decisions: tuple[LoggedDecision, ...] = ()
    """In the order of deciding; empty where it was a summary."""
    summary: ShownSummary | None = None
    codebook: str = ""
    """What was changed in the codebook, as a sentence."""
    segment: int | None = None
    """Where to look now: the segment of the first decision after an undo, of the last after a redo."""

    @property
    def code(self) -> str | None:
        """The code of all the decisions; None where they have none or several."""
        codes = {one.code for one in self.decisions}
        return codes.pop() if len(codes) == 1 else None


def undo(study: StudyFolder) -> Turned | None:
    """Take back the coder's latest decision, summary or change of the codebook that counts.

    A decision goes with all that belong together with it. Of a decision and a summary that were made in the
    same millisecond the summary goes first.

    Returns:
        What was taken back, None if there was nothing.
    """
    from quotegrid.storage.codebook.versions import last_change
    from quotegrid.storage.coding.decisions import coder_id, list_decisions
    from quotegrid.storage.coding.summaries import last_summary, undo_summary
    from quotegrid.storage.coding.undoing import last_deed, take_back

    name = study.settings.coder_name()
    with study.writing_session("undoing") as session:
        coder = coder_id(session, name)
        deed = last_deed(session, coder)
        summary = last_summary(session, name)
        change = last_change(session, name)
        latest = max("" if deed is None else deed.at, "" if summary is None else summary.at)
        if change is not None and change.at >= latest:
            text, turned = _turn_codebook(session, study, coder, change)
        elif summary is not None and (deed is None or summary.at >= deed.at):
            undo_summary(session, coder, summary)
            return Turned(summary=read_names(session, [summary]).shown(summary))
        elif deed is None:
            return None
        else:
            take_back(session, coder, deed)
            decisions = tuple(list_decisions(session, only=deed.decisions))
            return Turned(decisions, segment=decisions[0].segment)
    write_codebook(study, text)
    return turned


def _turn_codebook(
    session: Session, study: StudyFolder, coder: int, change: CodebookVersion
) -> tuple[str, Turned]:
    """Undo a change of the codebook, or an undo of one, and the decisions that moved codings along.

    Returns:
        What is to stand in the codebook file, and what was done.
    """
    from quotegrid.storage.coding.decisions import list_decisions
    from quotegrid.storage.coding.undoing import deed_of, take_back

    decisions: tuple[LoggedDecision, ...] = ()
    first = None
    if change.decision is not None:
        deed = deed_of(session, change.decision)
        first = next(iter(take_back(session, coder, deed)), None)
        decisions = tuple(list_decisions(session, only=deed.decisions))
    what = change.what
    if change.undoes is not None:
        what = what.removeprefix("Took back: ").removeprefix("Brought again: ")
    return turn_back(session, study, change, first), Turned(decisions, codebook=what)


def redo(study: StudyFolder) -> Turned | None:
    """Bring again what the coder's latest undo took back, if they decided and wrote nothing new since.

    Returns:
        What counts again, None if there was nothing.
    """
    from quotegrid.storage.codebook.versions import last_changed_at, last_undone_change
    from quotegrid.storage.coding.decisions import coder_id, list_decisions
    from quotegrid.storage.coding.summaries import last_undo as last_summary_undo
    from quotegrid.storage.coding.summaries import last_written_at, undo_summary
    from quotegrid.storage.coding.undoing import last_decision_at, last_undo, take_back

    name = study.settings.coder_name()
    with study.writing_session("redoing") as session:
        coder = coder_id(session, name)
        decided, written = last_decision_at(session, coder), last_written_at(session, coder)
        changed = last_changed_at(session, name)
        undone = last_undo(session, coder)
        if undone is not None and max(written, changed) >= undone.at:
            undone = None
        found = last_summary_undo(session, name)
        if found is not None and max(decided, changed) >= found[0].at:
            found = None
        change = last_undone_change(session, name)
        if change is not None and max(decided, written) >= change.at:
            change = None
        latest = max("" if undone is None else undone.at, "" if found is None else found[0].at)
        if change is not None and change.at >= latest:
            text, turned = _turn_codebook(session, study, coder, change)
        # Undoing takes the summary first, so of two undos in the same millisecond the decision's is later.
        elif found is not None and (undone is None or found[0].at > undone.at):
            undo, summary = found
            undo_summary(session, coder, undo)
            return Turned(summary=read_names(session, [summary]).shown(summary))
        elif undone is None:
            return None
        else:
            take_back(session, coder, undone)
            undos = list_decisions(session, only=undone.decisions)
            decisions = tuple(list_decisions(session, only=[one.undoes for one in undos if one.undoes]))
            return Turned(decisions, segment=decisions[-1].segment)
    write_codebook(study, text)
    return turned


def undo_told(study: StudyFolder) -> str:
    """Take back what the coder did last, and say what that was in a sentence."""
    turned = undo(study)
    return "There is nothing to undo." if turned is None else f"Took back {told(turned)}"


def redo_told(study: StudyFolder) -> str:
    """Bring again what the coder's latest undo took back, and say what that was in a sentence."""
    turned = redo(study)
    return "There is nothing to redo." if turned is None else f"Brought again {told(turned)}"


def told(turned: Turned) -> str:
    """What was taken back or brought again, as a sentence that follows "Took back" or "Brought again"."""
    if turned.summary is not None:
        one = turned.summary
        said = f': "{shortened(one.text, _SHOWN)}"' if one.text else " (it took one away)"
        return f'summary {one.number} of "{one.code}", {one.value}{said}.'
    if turned.codebook:
        moved = {one.segment for one in turned.decisions}
        along = f" {counted(len(moved), 'quote')} went along." if moved else ""
        return f"a change of the codebook: {turned.codebook}{along}"
    what = f' "{turned.code}"' if turned.code else ""
    first, last = turned.decisions[0], turned.decisions[-1]
    if first is last:
        return f"decision {first.id}: {first.deed}{what} on segment {first.segment}."
    deeds = ", ".join(dict.fromkeys(one.deed for one in turned.decisions))
    segments = {one.segment for one in turned.decisions}
    where = counted(len(segments), "segment") if len(segments) > 1 else f"segment {first.segment}"
    return f"decisions {first.id} to {last.id}, which belong together: {deeds}{what} on {where}."
