"""The plan of a study: how many cases of each kind are to be interviewed."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session, col, delete, select

from quotegrid.domain.matrix.coverage import Planned
from quotegrid.storage.tables import PlanRow


def load_plan(session: Session) -> list[Planned]:
    """Return the lines of the plan, in its order; empty where there is none."""
    return [
        Planned(attributes=row.attributes, planned=row.planned, file=row.file, line=row.line)
        for row in session.exec(select(PlanRow).order_by(col(PlanRow.id)))
    ]


def replace_plan(session: Session, plan: Iterable[Planned]) -> bool:
    """Replace the plan.

    Returns:
        Whether it differs from the one before.
    """
    lines = list(plan)
    if lines == load_plan(session):
        return False
    session.exec(delete(PlanRow))
    session.add_all(
        PlanRow(attributes=dict(line.attributes), planned=line.planned, file=line.file, line=line.line)
        for line in lines
    )
    session.flush()
    return True
