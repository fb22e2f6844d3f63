"""Single decisions, and the codings that stand, in tests of the store."""

from __future__ import annotations

from sqlmodel import Session, col, select

from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.storage.coding.decisions import NewDecision, add_decisions
from quotegrid.storage.tables import CodeRow, CoderRow, CodingRow


def add_decision(
    session: Session,
    *,
    coder: int,
    action: Action,
    segment: int,
    code: int | None,
    score: float | None = None,
    undoes: int | None = None,
    memo: str = "",
    stance: Stance | None = None,
) -> int:
    """Add one decision to the log and bring the codings of its segment in step.

    Returns:
        The decision's number.
    """
    made = NewDecision(action, segment, code, score, undoes, stance, memo=memo)
    return add_decisions(session, coder, [made])[0]


def all_codings(session: Session) -> list[tuple[int, str, str, int]]:
    """Return segment, code, coder and decision of every coding, in the order of the decisions."""
    rows = session.exec(
        select(CodingRow.segment_id, CodeRow.name, CoderRow.name, CodingRow.decision_id)
        .join(CodeRow, col(CodeRow.id) == CodingRow.code_id)
        .join(CoderRow, col(CoderRow.id) == CodingRow.coder_id)
        .order_by(col(CodingRow.decision_id))
    )
    return [(segment, code, coder, decision) for segment, code, coder, decision in rows]
