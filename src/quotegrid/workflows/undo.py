"""Take back what a coder did last, whether it was a decision on a code or a summary that they wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotegrid.domain.decisions import Action
from quotegrid.domain.summaries import ShownSummary
from quotegrid.domain.text import shortened
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.summarise import read_names

if TYPE_CHECKING:
    from quotegrid.storage.decisions import LoggedDecision

_SHOWN = 40


def undo(study: StudyFolder) -> LoggedDecision | ShownSummary | None:
    """Take back the coder's latest decision or summary that still counts, whichever is later.

    Of two that were made in the same millisecond the summary goes first.

    Returns:
        What was taken back, None if there was nothing.
    """
    from quotegrid.storage.decisions import add_decision, coder_id, last_decision
    from quotegrid.storage.summaries import last_summary, undo_summary

    name = study.settings.coder_name()
    with study.writing_session("undoing") as session:
        coder = coder_id(session, name)
        decision = last_decision(session, coder)
        summary = last_summary(session, name)
        if summary is not None and (decision is None or summary.at >= decision.at):
            undo_summary(session, coder, summary)
            return read_names(session, [summary]).shown(summary)
        if decision is not None:
            add_decision(
                session,
                coder=coder,
                action=Action.UNDO,
                segment=decision.segment,
                code=None,
                undoes=decision.id,
            )
        return decision


def told(undone: LoggedDecision | ShownSummary) -> str:
    """What was taken back, as a sentence that follows "Took back"."""
    if isinstance(undone, ShownSummary):
        said = f': "{shortened(undone.text, _SHOWN)}"' if undone.text else " (it took one away)"
        return f'summary {undone.number} of "{undone.code}", {undone.value}{said}.'
    what = f' "{undone.code}"' if undone.code else ""
    return f"decision {undone.id}: {undone.deed}{what} on segment {undone.segment}."
