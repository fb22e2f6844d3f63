"""Codings that edits of turns have cut, brought together again where one turn holds their words."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import Session, col, select

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.coding.journal import EntryKind
from quotegrid.domain.coding.rejoining import CodedRange, CutDecision, families, rejoined
from quotegrid.domain.sources.model import Turn
from quotegrid.domain.sources.recutting import Range
from quotegrid.storage.coding.decisions import NewDecision
from quotegrid.storage.engines.row_numbers import stored_id
from quotegrid.storage.journal import not_counting
from quotegrid.storage.sources.turns.turn_changes import list_turn_changes
from quotegrid.storage.sources.turns.turn_passages import (
    StoredSource,
    coded_by_log,
    hold,
    part_of_turn,
    passage_ranges,
)
from quotegrid.storage.tables import AnySegmentRow, DecisionRow, JournalRow

_EDITING = (EntryKind.TURNS.value, EntryKind.REPLACEMENT.value)
"""The kinds of entries that cut codings and bring them together."""


def moves_of_rejoined(
    session: Session, source: StoredSource, turns: Sequence[Turn], by: str
) -> list[NewDecision]:
    """Return the decisions that make one coding again of those that a turn holds together.

    Args:
        session: A transaction that writes.
        source: The source, whose turns and segments are stored already.
        turns: Its turns.
        by: The name of whoever edits.
    """
    number = stored_id(source.id)
    kin = families(_cuts(session, number))
    standing = {
        (coding.segment, coding.coder, coding.code): coding.stance
        for codings in (coded_by_log(session, number) if kin else {}).values()
        for coding in codings
    }
    ranges = _ranges(session, number)
    moves: list[NewDecision] = []
    wholes: set[int] = set()
    for (coder, code), groups in sorted(kin.items()):
        for family in sorted(groups, key=min):
            here = [(segment, ranges[segment]) for segment in sorted(family) if segment in ranges]
            coded = [
                CodedRange(segment, *place, standing[segment, coder, code])
                for segment, place in here
                if (segment, coder, code) in standing
            ]
            for found in rejoined(source.text, turns, (coder, code), coded, here):
                whole = found.segment
                if whole is None:
                    whole = part_of_turn(session, source, *found.whole, by)
                wholes.add(whole)
                moves += [NewDecision(Action.MOVE, part.segment, code, coder=coder) for part in found.parts]
                if (whole, coder, code) not in standing:
                    stance = found.parts[0].stance
                    moves.append(NewDecision(Action.APPLY, whole, code, stance=stance, coder=coder))
    if wholes:
        hold(session, number, turns, wholes)
    return moves


def former_passages(session: Session, source: StoredSource) -> set[Range]:
    """Return the passages that edits of turns have cut, unless somebody has decided on a part of them since.

    Args:
        session: A session.
        source: The source.
    """
    gone = not_counting(session)
    former = {
        (passage["start"], passage["end"])
        for logged in list_turn_changes(session, source.guid)
        if logged.entry not in gone
        for passage in logged.change.passages
        if passage["after"] is not None
    }
    if not former:
        return former
    number = stored_id(source.id)
    decided = _decided_by_hand(session, number).intersection(passage_ranges(session, number))
    return {
        whole
        for whole in former
        if not any(whole[0] <= start and end <= whole[1] for start, end in decided - {whole})
    }


def _cuts(session: Session, source_id: int) -> list[CutDecision]:
    """Return the decisions on a source that went with edits of turns and count, in their order."""
    gone = not_counting(session)
    edits = select(JournalRow.id).where(col(JournalRow.kind).in_(_EDITING))
    rows = session.exec(
        select(JournalRow, DecisionRow)
        .join(DecisionRow, col(DecisionRow.entry_id) == JournalRow.id)
        .join(AnySegmentRow, col(AnySegmentRow.id) == DecisionRow.segment_id)
        .where(
            AnySegmentRow.source_id == source_id,
            col(JournalRow.group_id).in_(edits),
            col(DecisionRow.action).in_([Action.MOVE.value, Action.APPLY.value]),
        )
        .order_by(col(DecisionRow.id))
    )
    return [
        CutDecision(entry.group_id or 0, Action(row.action), row.segment_id, row.code_id or 0, row.coder_id)
        for entry, row in rows
        if entry.id not in gone
    ]


def _decided_by_hand(session: Session, source_id: int) -> set[Range]:
    """Return the ranges of a source on which a decision counts that no edit of turns has made."""
    gone = not_counting(session)
    edits = select(JournalRow.id).where(col(JournalRow.kind).in_(_EDITING))
    rows = session.exec(
        select(AnySegmentRow.start, AnySegmentRow.end, DecisionRow.entry_id)
        .join(DecisionRow, col(DecisionRow.segment_id) == AnySegmentRow.id)
        .join(JournalRow, col(JournalRow.id) == DecisionRow.entry_id)
        .where(
            AnySegmentRow.source_id == source_id,
            DecisionRow.action != Action.UNDO.value,
            func.coalesce(JournalRow.group_id, JournalRow.id).not_in(edits),
        )
    )
    return {(start, end) for start, end, entry in rows if entry not in gone}


def _ranges(session: Session, source_id: int) -> dict[int, Range]:
    rows = session.exec(
        select(AnySegmentRow.id, AnySegmentRow.start, AnySegmentRow.end).where(
            AnySegmentRow.source_id == source_id
        )
    )
    return {stored_id(number): (start, end) for number, start, end in rows}
