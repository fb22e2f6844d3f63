"""Changes to the study by the keys of the quotes; every function returns what was done, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.search.query import Sort
from quotegrid.domain.study.progress import ProgressReport
from quotegrid.domain.text.normalise import counted
from quotegrid.tui.look import stance_text
from quotegrid.workflows.codebook.mark_exemplar import toggle_exemplar
from quotegrid.workflows.coding.add_decisions import DecisionRequest
from quotegrid.workflows.coding.decide import decide_many, turn_stance
from quotegrid.workflows.search.export_quotes import export_quotes
from quotegrid.workflows.study.folder import StudyFolder


def apply_code(study: StudyFolder, quotes: Sequence[Quote], code: str) -> str:
    """Apply a code to quotes; one undo takes it off all of them."""
    return _decide(study, quotes, Action.APPLY, code, f"Coded “{code}”")


def take_code_off(study: StudyFolder, quotes: Sequence[Quote], code: str) -> str:
    """Take a code off quotes; one undo applies it to all of them again."""
    return _decide(study, quotes, Action.REMOVE, code, f"Took “{code}” off")


def _decide(study: StudyFolder, quotes: Sequence[Quote], action: Action, code: str, did: str) -> str:
    decided = decide_many(study, [DecisionRequest(quote.id, action, code) for quote in quotes])
    count = sum(decision.number is not None for decision in decided)
    return f"{did}: {counted(count, 'quote')}." if count else "That holds already, or is not yours to change."


def give_next_stance(study: StudyFolder, quote: Quote, code: str) -> str:
    """Give a code of a quote the next stance."""
    stance = turn_stance(study, quote.id, code)
    return stance_text(code, stance)


def mark_exemplar(study: StudyFolder, quote: Quote, code: str) -> str:
    """Mark a quote as an exemplar of a code, or take the mark off."""
    is_marked = toggle_exemplar(study, quote.id, code)
    return f"{'Marked as' if is_marked else 'No longer'} an exemplar of “{code}”."


def export(
    study: StudyFolder, query: str, path: str, sort: Sort | None, report: ProgressReport | None = None
) -> str:
    """Write all quotes that fit a query to a file."""
    count = export_quotes(study, query, study.root / Path(path), sort=sort, report=report)
    return f"Wrote {counted(count, 'quote')} to {path}. Not for publication."
