"""The groups, roles and areas of cases as files write them, and as somebody typed them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlmodel import Session, col, select

from quotegrid.domain.people.case_values import Origin
from quotegrid.storage.tables import CaseValueRow


def cases_as_written(
    session: Session, fields: Collection[str] = ("group", "role")
) -> Mapping[tuple[str, str, str], set[int]]:
    """Return the cases with each value of some fields: by field, value as written, and that which stands.

    Values set by hand are written too.
    """
    found: dict[tuple[str, str, str], set[int]] = {}
    rows = session.exec(
        select(CaseValueRow.field, CaseValueRow.value, CaseValueRow.written, CaseValueRow.case_id)
        .where(
            col(CaseValueRow.field).in_(list(fields)),
            CaseValueRow.origin != Origin.DERIVED.value,
        )
        .order_by(col(CaseValueRow.id))
    )
    for field, value, written, case in rows:
        found.setdefault((field, written or value, value), set()).add(case)
    return found
