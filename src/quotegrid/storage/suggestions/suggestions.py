"""The rows of suggestions, decided and undecided."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from quotegrid.domain.coding.decisions import Action
from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.journal import taken_back_among
from quotegrid.storage.tables import AnySegmentRow, CodeRow, DecisionRow, SegmentRow, StudyRow, SuggestionRow


@dataclass(frozen=True, slots=True)
class StoredSuggestion:
    """A stored suggestion."""

    id: int
    segment: int
    code: str
    code_id: int
    score: float
    rank: int
    evidence: Mapping[str, Any]
    model: str


def replace_suggestions(
    session: Session, rows: Iterable[tuple[int, int, float, int, dict[str, Any]]], model: str
) -> tuple[int, int]:
    """Replace the study's suggestions; decided ones stay.

    A suggestion for the same segment and code keeps its number.

    Args:
        session: A writing session.
        rows: Segment, code, score, rank and evidence of each.
        model: The fingerprint of the model that made them.

    Returns:
        How many there are now, and on how many segments.
    """
    old = {(row.segment_id, row.code_id): row for row in session.exec(select(SuggestionRow))}
    # Another program may have read a source again while codes were being suggested here.
    there = set(session.exec(select(SegmentRow.id)))
    rows = (row for row in rows if row[0] in there)
    for segment, code, score, rank, evidence in rows:
        row = old.pop((segment, code), None)
        if row is None:
            row = SuggestionRow(
                segment_id=segment, code_id=code, score=score, rank=rank, evidence=evidence, model=model
            )
        elif (row.score, row.rank, row.evidence, row.model) != (score, rank, evidence, model):
            row.score, row.rank, row.evidence, row.model = score, rank, evidence, model
        session.add(row)
    done = decided(session)
    gone = [row.id for place, row in old.items() if place not in done]
    for first in range(0, len(gone), 500):
        session.exec(delete(SuggestionRow).where(col(SuggestionRow.id).in_(gone[first : first + 500])))
    study = session.exec(select(StudyRow)).one()
    study.suggested += 1
    session.add(study)
    session.flush()
    _tell_verdicts(session, done)
    segments = func.count(col(SuggestionRow.segment_id).distinct())
    return session.exec(select(func.count(), segments).select_from(SuggestionRow)).one()


def change_suggestions(
    session: Session, changes: Mapping[int, Mapping[int, tuple[float, int, dict[str, Any]]]], model: str
) -> set[int]:
    """Replace the undecided suggestions of some segments; decided ones stay.

    Args:
        session: A writing session.
        changes: By segment and code: score, rank and evidence. Suggestions that are not named are deleted.
        model: The fingerprint of the model that made them.

    Returns:
        The changed segments that are still in use.
    """
    there = set(session.exec(select(SegmentRow.id).where(among(SegmentRow.id, changes))))
    rows = session.exec(select(SuggestionRow).where(among(SuggestionRow.segment_id, changes)))
    old = {(row.segment_id, row.code_id): row for row in rows}
    done = decided(session, segments=changes.keys())
    for segment, of_codes in changes.items():
        if segment not in there:
            continue
        for code, (score, rank, evidence) in of_codes.items():
            row = old.pop((segment, code), None)
            if row is None:
                row = SuggestionRow(segment_id=segment, code_id=code, score=score, rank=rank, model=model)
            if (segment, code) not in done:
                row.score, row.rank, row.evidence, row.model = score, rank, evidence, model
                session.add(row)
    for (segment, code), row in old.items():
        if segment in there and (segment, code) not in done:
            session.delete(row)
    session.flush()
    return {number for number in there if number is not None}


def take_suggestions(session: Session, segments: Collection[int]) -> list[dict[str, Any]]:
    """Delete the suggestions on segments that no participant says any more.

    Returns:
        The suggestions, from which `give_back_suggestions` makes them again.
    """
    rows = session.exec(
        select(SuggestionRow, AnySegmentRow.guid, CodeRow.guid)
        .join(AnySegmentRow, col(AnySegmentRow.id) == SuggestionRow.segment_id)
        .join(CodeRow, col(CodeRow.id) == SuggestionRow.code_id)
        .where(among(SuggestionRow.segment_id, segments))
        .order_by(col(SuggestionRow.id))
    )
    kept = [
        {
            "segment": segment,
            "code": code,
            **row.model_dump(include={"score", "rank", "evidence", "model"}),
        }
        for row, segment, code in rows
    ]
    session.exec(delete(SuggestionRow).where(among(SuggestionRow.segment_id, segments)))
    session.flush()
    return kept


def give_back_suggestions(session: Session, kept: Sequence[Mapping[str, Any]]) -> None:
    """Make deleted suggestions again, where their segments are in use and have got no others since."""
    if not kept:
        return
    segments = {guid: stored_id(row) for guid, row in session.exec(select(SegmentRow.guid, SegmentRow.id))}
    codes = {guid: stored_id(row) for guid, row in session.exec(select(CodeRow.guid, CodeRow.id))}
    has_others = set(session.exec(select(SuggestionRow.segment_id).distinct()))
    rows = [
        SuggestionRow(
            segment_id=segments[suggestion["segment"]],
            code_id=codes[suggestion["code"]],
            **{name: suggestion[name] for name in ("score", "rank", "evidence", "model")},
        )
        for suggestion in kept
        if suggestion["code"] in codes
        and suggestion["segment"] in segments
        and segments[suggestion["segment"]] not in has_others
    ]
    session.add_all(rows)
    session.flush()
    refresh_verdicts(session, {row.segment_id for row in rows})


def refresh_verdicts(session: Session, segments: Collection[int]) -> None:
    """Bring the verdicts on the suggestions of segments in step with the decisions on them."""
    _tell_verdicts(session, decided(session, segments=segments), segments)


def _tell_verdicts(
    session: Session, done: Mapping[tuple[int, int], Action], segments: Collection[int] | None = None
) -> None:
    query = select(SuggestionRow)
    if segments is not None:
        query = query.where(among(SuggestionRow.segment_id, segments))
    for row in session.exec(query):
        action = done.get((row.segment_id, row.code_id))
        if row.verdict != action:
            row.verdict = None if action is None else action.value
            session.add(row)
    session.flush()


def decided(session: Session, *, segments: Collection[int] | None = None) -> dict[tuple[int, int], Action]:
    """Return the last action that counts on each segment and code, by any coder; of some segments or all."""
    return {
        (number, code): action
        for _, number, code, action in _counting(session, segments)
        if code is not None and action is not Action.MARK
    }


def skipped(session: Session, *, segments: Collection[int] | None = None) -> set[int]:
    """Return the segments whose last decision that counts is a skip; of some segments or all."""
    latest = {number: action for _, number, _, action in _counting(session, segments)}
    return {number for number, action in latest.items() if action is Action.SKIP}


def _counting(
    session: Session, segments: Collection[int] | None
) -> list[tuple[int, int, int | None, Action]]:
    """Return entry, segment, code and action of the decisions that count, oldest first."""
    some = () if segments is None else (among(DecisionRow.segment_id, segments),)
    undone = taken_back_among(session, DecisionRow, *some)
    query = (
        select(DecisionRow.entry_id, DecisionRow.segment_id, DecisionRow.code_id, DecisionRow.action)
        .where(DecisionRow.action != Action.UNDO.value, *some)
        .order_by(col(DecisionRow.id))
    )
    return [
        (entry, place, code, Action(action))
        for entry, place, code, action in session.exec(query)
        if entry not in undone
    ]


def list_suggestions(session: Session, *, segments: Iterable[int] | None = None) -> list[StoredSuggestion]:
    """Return all suggestions, decided or not, by segment and rank."""
    query = (
        select(SuggestionRow, CodeRow.name)
        .join(CodeRow, col(CodeRow.id) == SuggestionRow.code_id)
        .order_by(col(SuggestionRow.segment_id), col(SuggestionRow.rank))
    )
    if segments is not None:
        query = query.where(col(SuggestionRow.segment_id).in_(list(segments)))
    return [
        StoredSuggestion(
            id=row.id or 0,
            segment=row.segment_id,
            code=code,
            code_id=row.code_id,
            score=row.score,
            rank=row.rank,
            evidence=row.evidence,
            model=row.model,
        )
        for row, code in session.exec(query)
    ]


def find_suggestion(session: Session, number: int) -> StoredSuggestion | None:
    """Return the suggestion with that number."""
    row = session.get(SuggestionRow, number)
    if row is None:
        return None
    return next(
        suggestion
        for suggestion in list_suggestions(session, segments=[row.segment_id])
        if suggestion.id == number
    )


def suggested_scores(session: Session, segments: Collection[int]) -> dict[tuple[int, int], float]:
    """Return the score of each suggestion on some segments, by segment and code."""
    rows = session.exec(
        select(SuggestionRow.segment_id, SuggestionRow.code_id, SuggestionRow.score).where(
            among(SuggestionRow.segment_id, segments)
        )
    )
    return {(segment, code): score for segment, code, score in rows}


def pending_codes(session: Session) -> dict[int, tuple[str, ...]]:
    """Return the undecided suggested codes of each segment."""
    query = (
        select(SuggestionRow.segment_id, CodeRow.name)
        .join(CodeRow, col(CodeRow.id) == SuggestionRow.code_id)
        .where(col(SuggestionRow.verdict).is_(None))
        .order_by(col(SuggestionRow.segment_id), col(SuggestionRow.rank))
    )
    pending: dict[int, list[str]] = {}
    for segment, code in session.exec(query):
        pending.setdefault(segment, []).append(code)
    return {segment: tuple(codes) for segment, codes in pending.items()}
