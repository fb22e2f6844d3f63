"""The quotes that are marked as exemplars of a code."""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlmodel import Session, col, select

from quotegrid.domain.coding.journal import EntryKind
from quotegrid.domain.report.exemplars import ExemplarBasis
from quotegrid.domain.sources.model import Certainty
from quotegrid.storage.engines.portable import joined
from quotegrid.storage.engines.row_numbers import among
from quotegrid.storage.journal import add_entry, not_counting
from quotegrid.storage.tables import CodeRow, CodingRow, ExemplarRow, SegmentRow


def toggle_exemplar(session: Session, segment: int, code: int, *, by: str) -> bool:
    """Mark a segment as an exemplar of a code, or remove the mark if it is set.

    Args:
        session: A writing session.
        segment: The segment's number.
        code: The code's number.
        by: The name of whoever does it.

    Returns:
        Whether it is marked now.
    """
    is_marked = (segment, code) not in _marks(session, [segment])
    entry = add_entry(session, EntryKind.EXEMPLAR, by)
    session.add(ExemplarRow(entry_id=entry, segment_id=segment, code_id=code, is_marked=is_marked))
    session.flush()
    return is_marked


def exemplars_of(session: Session, *, only: Collection[int] | None = None) -> dict[int, tuple[str, ...]]:
    """Return the codes of which each segment is an exemplar; a mark counts as long as the code stands."""
    marks = _marks(session, only)
    if not marks:
        return {}
    rows = session.exec(
        select(CodingRow.segment_id, CodingRow.code_id, CodeRow.name, CodeRow.position)
        .join(CodeRow, col(CodeRow.id) == CodingRow.code_id)
        .where(among(CodingRow.segment_id, {segment for segment, _ in marks}))
        .distinct()
        .order_by(col(CodeRow.position))
    )
    found: dict[int, tuple[str, ...]] = {}
    for segment, code, name, _ in rows:
        if (segment, code) in marks:
            found[segment] = (*found.get(segment, ()), name)
    return found


def load_exemplar_basis(session: Session) -> ExemplarBasis:
    """Return what exemplars are chosen by, of all quotes."""
    by_length = select(SegmentRow.words, joined(SegmentRow.id)).group_by(col(SegmentRow.words))
    unsure = select(SegmentRow.id).where(SegmentRow.certainty == Certainty.UNSURE.value)
    marked: dict[str, set[int]] = {}
    for number, codes in exemplars_of(session).items():
        for code in codes:
            marked.setdefault(code.casefold(), set()).add(number)
    return ExemplarBasis(
        lengths={words: frozenset(json.loads(f"[{numbers}]")) for words, numbers in session.exec(by_length)},
        unsure=frozenset(number or 0 for number in session.exec(unsure)),
        marked={code: frozenset(numbers) for code, numbers in marked.items()},
    )


def marks_of(session: Session, entries: Collection[int]) -> dict[int, tuple[int, str, bool]]:
    """Return what entries of the journal mark: segment, code, and whether the mark is set."""
    rows = session.exec(
        select(ExemplarRow.entry_id, ExemplarRow.segment_id, CodeRow.name, ExemplarRow.is_marked)
        .join(CodeRow, col(CodeRow.id) == ExemplarRow.code_id)
        .where(among(ExemplarRow.entry_id, entries))
    )
    return {entry: (segment, code, is_marked) for entry, segment, code, is_marked in rows}


def _marks(session: Session, segments: Collection[int] | None) -> set[tuple[int, int]]:
    """Return the segments and codes whose last mark that counts was not taken off."""
    query = select(
        ExemplarRow.entry_id, ExemplarRow.segment_id, ExemplarRow.code_id, ExemplarRow.is_marked
    ).order_by(col(ExemplarRow.id))
    if segments is not None:
        query = query.where(among(ExemplarRow.segment_id, segments))
    rows = session.exec(query).all()
    gone = not_counting(session) if rows else set()
    last = {(segment, code): is_marked for entry, segment, code, is_marked in rows if entry not in gone}
    return {place for place, is_marked in last.items() if is_marked}
