"""Decisions of another study's log, added as that log has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.storage.coding.decisions import refresh_codings, segment_places
from quotegrid.storage.engines.row_numbers import stored_id
from quotegrid.storage.suggestions.suggestions import refresh_verdicts
from quotegrid.storage.tables import DecisionRow, MemoRow


@dataclass(frozen=True, slots=True)
class Earlier:
    """A decision that another one names: by its number here, or by its place among those to be added."""

    number: int | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class ReplayedDecision:
    """A decision to be added as it is; coders and code by their numbers."""

    coder: int
    by: int | None
    """Who moved another's coding along; None where the coder decided."""
    action: Action
    segment: int
    code: int | None
    score: float | None
    stance: Stance | None
    memo: str
    undoes: Earlier | None
    together: Earlier | None
    """The first of those that are undone and redone with it; None where it is the first or stands alone."""


def replay_decisions(session: Session, decisions: Sequence[ReplayedDecision]) -> None:
    """Add decisions with their undos and groups, and bring the codings of their segments in step."""
    segments = {one.segment for one in decisions}
    places = segment_places(session, segments)
    numbers: list[int] = []

    def number_of(earlier: Earlier | None) -> int | None:
        if earlier is None:
            return None
        return earlier.number if earlier.place is None else numbers[earlier.place]

    for decision in decisions:
        source, start, end = places[decision.segment]
        row = DecisionRow(
            coder_id=decision.coder,
            by_id=decision.by,
            action=decision.action.value,
            segment_id=decision.segment,
            code_id=decision.code,
            source_id=source,
            start=start,
            end=end,
            score=decision.score,
            undoes_id=number_of(decision.undoes),
            stance=decision.stance,
            together_id=number_of(decision.together),
        )
        session.add(row)
        session.flush()
        numbers.append(stored_id(row.id))
        if decision.memo:
            session.add(
                MemoRow(
                    coder_id=decision.by or decision.coder,
                    about="decision",
                    about_id=numbers[-1],
                    text=decision.memo,
                )
            )
    session.flush()
    for coder in sorted({one.coder for one in decisions}):
        refresh_codings(session, {one.segment for one in decisions if one.coder == coder}, coder)
    refresh_verdicts(session, segments)
