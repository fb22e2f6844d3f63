"""The segments of a review: their order, their undecided suggestions, and the progress."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy
from sqlalchemy import func
from sqlmodel import Session, col, select

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.coding.journal import EntryKind
from quotegrid.domain.coding.review import Pending, Waiting, matrix_gains
from quotegrid.storage.engines.row_numbers import among
from quotegrid.storage.suggestions.suggestions import skipped
from quotegrid.storage.tables import (
    AnySegmentRow,
    CaseRow,
    CodeRow,
    CodingRow,
    DecisionRow,
    JournalRow,
    SegmentRow,
    SourceRow,
    StudyRow,
    SuggestionRow,
    TurnChangeRow,
)


def segments_in_order(session: Session) -> list[int]:
    """Return the numbers of all segments in the order of the sources' names and texts."""
    names = session.exec(select(SourceRow.id, SourceRow.name)).all()
    of_source: dict[int, list[int]] = {}
    columns: list[Any] = [SegmentRow.id, SegmentRow.source_id]
    rows = session.connection().execute(
        sqlalchemy.select(*columns).order_by(col(SegmentRow.source_id), col(SegmentRow.start))
    )
    for number, source in rows:
        of_source.setdefault(source, []).append(number)
    order = sorted(names, key=lambda row: row[1].casefold())
    return [number for source, _ in order for number in of_source.get(source or 0, ())]


def segments_beside(session: Session, segments: Collection[int]) -> list[tuple[list[int], set[int]]]:
    """Return the segments in use of the given segments' sources, and those given, in the texts' order."""
    asked: dict[int, set[int]] = {}
    of_source = select(AnySegmentRow.source_id, AnySegmentRow.id).where(among(AnySegmentRow.id, segments))
    for source, number in session.exec(of_source):
        asked.setdefault(source, set()).add(number or 0)
    columns: list[Any] = [SegmentRow.id]
    found = []
    for source, numbers in asked.items():
        rows = session.connection().execute(
            sqlalchemy.select(*columns)
            .where(col(SegmentRow.source_id) == source)
            .order_by(col(SegmentRow.start))
        )
        found.append((list(rows.scalars()), numbers))
    return found


def marked_segments(session: Session) -> set[int]:
    """Return the segments that have a suggestion, decided or not, or a code."""
    suggested: list[Any] = [SuggestionRow.segment_id]
    coded: list[Any] = [CodingRow.segment_id]
    either = sqlalchemy.union(sqlalchemy.select(*suggested), sqlalchemy.select(*coded))
    return set(session.connection().execute(either).scalars())


def waiting_suggestions(session: Session, *, segments: Collection[int] | None = None) -> dict[int, Waiting]:
    """Return the undecided suggestions, by segment; of some segments or all."""
    columns: list[Any] = [SuggestionRow.segment_id, CodeRow.position, SuggestionRow.score]
    query = (
        sqlalchemy.select(*columns)
        .join_from(SuggestionRow, CodeRow, col(CodeRow.id) == SuggestionRow.code_id)
        .where(col(SuggestionRow.verdict).is_(None))
        .order_by(col(SuggestionRow.segment_id), col(SuggestionRow.rank))
    )
    if segments is not None:
        query = query.where(among(SuggestionRow.segment_id, segments))
    found: dict[int, Waiting] = {}
    for number, code, score in session.connection().execute(query):
        first = found.get(number)
        found[number] = (
            Waiting(1, code, score) if first is None else Waiting(first.count + 1, first.code, first.score)
        )
    return found


def sources_of_segments(session: Session) -> dict[int, int]:
    """Return the number of the source of every segment in use."""
    columns: list[Any] = [SegmentRow.id, SegmentRow.source_id]
    return dict(session.connection().execute(sqlalchemy.select(*columns)).all())


def repeated_segments(session: Session) -> dict[int, str]:
    """Return the text hash of each segment in use whose words occur in another segment too."""
    often: list[Any] = [SegmentRow.text_hash]
    several = sqlalchemy.select(*often).group_by(SegmentRow.text_hash).having(func.count() > 1)
    columns: list[Any] = [SegmentRow.id, SegmentRow.text_hash]
    rows = session.connection().execute(
        sqlalchemy.select(*columns).where(col(SegmentRow.text_hash).in_(several))
    )
    return dict(rows.all())


def expected_gains(session: Session) -> dict[int, float]:
    """Return how much each segment with undecided suggestions may change the matrix (`matrix_gains`)."""
    group = func.coalesce(SegmentRow.group, CaseRow.group)
    waiting: list[Any] = [
        SuggestionRow.segment_id,
        SuggestionRow.code_id,
        SuggestionRow.score,
        SegmentRow.case_id,
        group,
    ]
    pending = (
        sqlalchemy.select(*waiting)
        .select_from(SuggestionRow)
        .join(SegmentRow, col(SegmentRow.id) == SuggestionRow.segment_id)
        .outerjoin(CaseRow, col(CaseRow.id) == SegmentRow.case_id)
        .where(col(SuggestionRow.verdict).is_(None))
    )
    coded: list[Any] = [SegmentRow.case_id, CodingRow.code_id]
    standing = (
        sqlalchemy.select(*coded)
        .select_from(CodingRow)
        .join(SegmentRow, col(SegmentRow.id) == CodingRow.segment_id)
        .where(col(SegmentRow.case_id).is_not(None))
        .distinct()
    )
    heard = (
        sqlalchemy.select(group, func.count(col(SegmentRow.case_id).distinct()))
        .select_from(SegmentRow)
        .outerjoin(CaseRow, col(CaseRow.id) == SegmentRow.case_id)
        .group_by(group)
    )
    connection = session.connection()
    return matrix_gains(
        (Pending(*row) for row in connection.execute(pending)),
        {(case, code) for case, code in connection.execute(standing)},
        dict(connection.execute(heard).all()),
    )


def waiting_count(session: Session) -> int:
    """Count the undecided suggestions."""
    return session.exec(
        select(func.count()).select_from(SuggestionRow).where(col(SuggestionRow.verdict).is_(None))
    ).one()


def shape(session: Session) -> tuple[int | str, ...]:
    """Return a value that changes when segments, turns or codes change, or all suggestions are made anew."""
    found: list[int | str] = []
    for table in (SourceRow, SegmentRow, CodeRow):
        count, last = session.exec(select(func.count(), func.max(table.id)).select_from(table)).one()
        found += [count, last or 0]
    edited = session.exec(select(func.max(TurnChangeRow.entry_id))).one()
    if edited is not None:
        # An undo of any edit comes after the latest one: no older entry need be looked at.
        found.append(
            session.exec(
                select(func.count()).where(
                    col(JournalRow.id) >= edited, JournalRow.kind == EntryKind.TURNS.value
                )
            ).one()
            + edited
        )
    return (*found, *session.exec(select(StudyRow.codebook_digest, StudyRow.suggested)).one())


def skipped_segments(session: Session) -> set[int]:
    """Return the segments whose last decision that counts is a skip."""
    ever = session.exec(
        select(DecisionRow.segment_id).where(DecisionRow.action == Action.SKIP.value).distinct()
    )
    return skipped(session, segments=ever.all())
