"""Figures of a whole study, counted by the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Subquery, func, or_, union
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from quotegrid.domain.coding.decisions import Action
from quotegrid.storage.tables import (
    CaseRow,
    CodeRow,
    CodingRow,
    DecisionRow,
    JournalRow,
    SegmentRow,
    SourceRow,
    SuggestionRow,
)

IS_PASSAGE = col(SegmentRow.made_by_id).is_(None)
"""The condition that a segment is a passage of the import, and no part that somebody cut out."""


def coded_passages() -> Subquery:
    """Return the numbers of the passages with a code, or with one on a part that was cut out by hand."""
    coded = select(CodingRow.segment_id)
    whole = select(SegmentRow.id).where(IS_PASSAGE, col(SegmentRow.id).in_(coded))
    cut = aliased(SegmentRow)
    in_part = (
        select(SegmentRow.id)
        .join(
            cut,
            (col(cut.source_id) == SegmentRow.source_id)
            & (col(cut.start) < SegmentRow.end)
            & (col(cut.end) > SegmentRow.start),
        )
        .where(IS_PASSAGE, col(cut.made_by_id).is_not(None), col(cut.id).in_(coded))
    )
    return union(whole, in_part).subquery()


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts of sources, cases, segments, codings and suggestions."""

    sources: int
    cases: int
    incomplete: int
    """Cases without a group, a role or an area."""
    segments: int
    """Segments that the import made."""
    coded: int
    """The segments among them with a code, or with one on a part that was cut out by hand."""
    suggestions: int
    waiting: int
    """Undecided suggestions."""


def figures(session: Session) -> Figures:
    """Count everything in one query."""

    def count(table: type[SourceRow | CaseRow]) -> int:
        return session.exec(select(func.count()).select_from(table)).one()

    coded = session.exec(select(func.count()).select_from(coded_passages())).one()
    made, decided = session.exec(
        select(func.count(), func.count(col(SuggestionRow.verdict))).select_from(SuggestionRow)
    ).one()
    lacking = or_(*(col(known).is_(None) for known in (CaseRow.group, CaseRow.role, CaseRow.area)))
    incomplete = session.exec(select(func.count()).select_from(CaseRow).where(lacking)).one()
    return Figures(
        incomplete=incomplete,
        sources=count(SourceRow),
        cases=count(CaseRow),
        segments=session.exec(select(func.count()).select_from(SegmentRow).where(IS_PASSAGE)).one(),
        coded=coded,
        suggestions=made,
        waiting=made - decided,
    )


@dataclass(frozen=True, slots=True)
class CountedSuggestions:
    """The suggestions of a code on the passages of one group."""

    code: str
    group: str | None
    made: int
    decided: int


def count_suggestions(session: Session) -> list[CountedSuggestions]:
    """Count the suggestions on the passages in use, by code and by the group of who speaks."""
    group = func.coalesce(col(SegmentRow.group), col(CaseRow.group))
    rows = session.exec(
        select(CodeRow.name, group, func.count(), func.count(col(SuggestionRow.verdict)))
        .join(CodeRow, col(CodeRow.id) == SuggestionRow.code_id)
        .join(SegmentRow, col(SegmentRow.id) == SuggestionRow.segment_id)
        .outerjoin(CaseRow, col(CaseRow.id) == SegmentRow.case_id)
        .group_by(col(CodeRow.name), group)
    )
    return [CountedSuggestions(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class DecisionFigures:
    """The counts of all decisions ever made, also of those that were undone."""

    actions: Mapping[Action, int]
    """The number of decisions of each action; without an entry where there is none."""
    coders: int
    shared_passages: int
    """The passages on which more than one coder decided."""


def decision_figures(session: Session) -> DecisionFigures:
    """Count the decisions by action, who made them, and on how many passages several coders did."""
    by_coder = session.exec(
        select(DecisionRow.coder_id, DecisionRow.action, func.count()).group_by(
            col(DecisionRow.coder_id), DecisionRow.action
        )
    ).all()
    actions: Counter[Action] = Counter()
    for _, action, number in by_coder:
        actions[Action(action)] += number
    of_several = (
        select(DecisionRow.segment_id)
        .group_by(col(DecisionRow.segment_id))
        .having(func.min(DecisionRow.coder_id) < func.max(DecisionRow.coder_id))
    )
    return DecisionFigures(
        actions=actions,
        coders=len({coder for coder, _, _ in by_coder}),
        shared_passages=session.exec(select(func.count()).select_from(of_several.subquery())).one(),
    )


def last_work_of(session: Session, coder: str) -> tuple[int, str]:
    """Return the number and the time of a coder's last decision; 0 and an empty text where there is none."""
    row = session.exec(
        select(DecisionRow.id, JournalRow.at)
        .join(JournalRow, col(JournalRow.id) == DecisionRow.entry_id)
        .where(JournalRow.by == coder)
        .order_by(col(DecisionRow.id).desc())
        .limit(1)
    ).first()
    return (0, "") if row is None else (row[0] or 0, row[1])


def decided_since(session: Session, number: int, coder: str) -> dict[str, int]:
    """Count the decisions of other coders after a decision, by their names, without undos."""
    rows = session.exec(
        select(JournalRow.by, func.count())
        .join(DecisionRow, col(DecisionRow.entry_id) == JournalRow.id)
        .where(col(DecisionRow.id) > number, JournalRow.by != coder, DecisionRow.action != Action.UNDO.value)
        .group_by(JournalRow.by)
        .order_by(JournalRow.by)
    )
    return dict(rows.all())


def imported_since(session: Session, at: str) -> list[str]:
    """Return the names of the sources imported after a time, sorted."""
    return list(
        session.exec(select(SourceRow.name).where(col(SourceRow.imported_at) > at).order_by(SourceRow.name))
    )
