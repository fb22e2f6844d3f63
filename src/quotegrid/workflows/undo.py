"""Take back what a coder did last, a decision on a code or a summary that they wrote, and bring it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotegrid.domain.summaries import ShownSummary
from quotegrid.domain.text import counted, shortened
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.summarise import read_names

if TYPE_CHECKING:
    from quotegrid.storage.decisions import LoggedDecision

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Turned:
    """What an undo took back, or a redo brought again: decisions that belong together, or one summary."""

    decisions: tuple[LoggedDecision, ...] = ()
    """In the order of deciding; empty where it was a summary."""
    summary: ShownSummary | None = None
    segment: int | None = None
    """Where to look now: the segment of the first decision after an undo, of the last after a redo."""

    @property
    def code(self) -> str | None:
        """The code of all the decisions; None where they have none or several."""
        codes = {one.code for one in self.decisions}
        return codes.pop() if len(codes) == 1 else None


def undo(study: StudyFolder) -> Turned | None:
    """Take back the coder's latest decision or summary that still counts, whichever is later.

    A decision goes with all that belong together with it. Of a decision and a summary that were made in the
    same millisecond the summary goes first.

    Returns:
        What was taken back, None if there was nothing.
    """
    from quotegrid.storage.decisions import coder_id, list_decisions
    from quotegrid.storage.summaries import last_summary, undo_summary
    from quotegrid.storage.undoing import last_deed, take_back

    name = study.settings.coder_name()
    with study.writing_session("undoing") as session:
        coder = coder_id(session, name)
        deed = last_deed(session, coder)
        summary = last_summary(session, name)
        if summary is not None and (deed is None or summary.at >= deed.at):
            undo_summary(session, coder, summary)
            return Turned(summary=read_names(session, [summary]).shown(summary))
        if deed is None:
            return None
        take_back(session, coder, deed)
        decisions = tuple(list_decisions(session, only=deed.decisions))
        return Turned(decisions, segment=decisions[0].segment)


def redo(study: StudyFolder) -> Turned | None:
    """Bring again what the coder's latest undo took back, if they decided and wrote nothing new since.

    Returns:
        What counts again, None if there was nothing.
    """
    from quotegrid.storage.decisions import coder_id, list_decisions
    from quotegrid.storage.summaries import last_undo as last_summary_undo
    from quotegrid.storage.summaries import last_written_at, undo_summary
    from quotegrid.storage.undoing import last_decision_at, last_undo, take_back

    name = study.settings.coder_name()
    with study.writing_session("redoing") as session:
        coder = coder_id(session, name)
        undone = last_undo(session, coder)
        if undone is not None and last_written_at(session, coder) >= undone.at:
            undone = None
        found = last_summary_undo(session, name)
        if found is not None and last_decision_at(session, coder) >= found[0].at:
            found = None
        # Undoing takes the summary first, so of two undos in the same millisecond the decision's is later.
        if found is not None and (undone is None or found[0].at > undone.at):
            undo, summary = found
            undo_summary(session, coder, undo)
            return Turned(summary=read_names(session, [summary]).shown(summary))
        if undone is None:
            return None
        take_back(session, coder, undone)
        undos = list_decisions(session, only=undone.decisions)
        decisions = tuple(list_decisions(session, only=[one.undoes for one in undos if one.undoes]))
        return Turned(decisions, segment=decisions[-1].segment)


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
    what = f' "{turned.code}"' if turned.code else ""
    first, last = turned.decisions[0], turned.decisions[-1]
    if first is last:
        return f"decision {first.id}: {first.deed}{what} on segment {first.segment}."
    deeds = ", ".join(dict.fromkeys(one.deed for one in turned.decisions))
    segments = {one.segment for one in turned.decisions}
    where = counted(len(segments), "segment") if len(segments) > 1 else f"segment {first.segment}"
    return f"decisions {first.id} to {last.id}, which belong together: {deeds}{what} on {where}."
