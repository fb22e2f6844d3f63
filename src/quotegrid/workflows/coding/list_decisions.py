"""The listing of decisions."""

from __future__ import annotations

from dataclasses import dataclass

from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.domain.exchange.listing import Record, column, moment, record_of
from quotegrid.workflows.study.folder import StudyFolder


def _whole_decision(record: Record) -> str:
    told = record["decision"] + (f" of {record['undoes']}" if record["undoes"] else "")
    if record["together"] not in (None, record["id"]):
        told += f" with {record['together']}"
    if record["stance"] or record["decision"] == Action.MARK:
        told += f" {record['stance'] or 'none'}"
    return str(told)


@dataclass(frozen=True, slots=True)
class ListedDecision:
    """A decision of the log."""

    id: int = column("its number in the log", place=1)
    guid: str = column("its GUID, the same in every copy of the study", is_in_csv=False)
    at: str = column("when (UTC)", place=2, heading="when", cell=moment)
    coder: str = column("whose decision it is", place=3, longest=0)
    decision: Action = column(
        "`accept`, `reject`, `skip`, `apply`, `remove`, `move`, `mark` or `undo`",
        place=4,
        cell=_whole_decision,
    )
    segment: int = column("the passage's number", place=5)
    source: str = column("the source", place=7, longest=0)
    start: int = column("where in the source's text the words begin")
    end: int = column("where they end")
    code: str | None = column("the code", place=6, longest=0)
    score: float | None = column("the suggestion's at the time")
    undoes: int | None = column("the decision taken back; a redo is the undo of an undo")
    memo: str | None = column("the note on it", place=8, longest=0)
    stance: Stance | None = column(
        "`supports`, `disputes` or `mixed`; null where none was said, and in a mark that takes one away"
    )
    together: int | None = column(
        "the first of the decisions that are undone and redone at once with this one; null where it stands "
        "alone"
    )
    by: str | None = column(
        "who moved a colleague's coding to another code with a change of the codebook; else null"
    )
    text: str = column("the words on which it stands")


def decision_records(study: StudyFolder) -> list[Record]:
    """Return the log, oldest first."""
    from quotegrid.storage.coding.decision_log import list_decisions
    from quotegrid.storage.sources.sources import source_texts

    with study.reading_session() as session:
        decisions = list_decisions(session)
        texts = source_texts(session, {decision.source for decision in decisions})
        return [
            record_of(
                ListedDecision,
                decision,
                decision=decision.action,
                text=texts[decision.source][decision.start : decision.end],
            )
            for decision in decisions
        ]
