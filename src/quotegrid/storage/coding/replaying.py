"""The replay of another study's log of decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.domain.coding.journal import EntryKind
from quotegrid.storage.coding.decisions import refresh_codings, segment_places
from quotegrid.storage.engines.row_numbers import stored_id
from quotegrid.storage.journal import add_entry, group_of
from quotegrid.storage.suggestions.suggestions import refresh_verdicts
from quotegrid.storage.tables import CoderRow, DecisionRow, MemoRow


@dataclass(frozen=True, slots=True)
class DecisionReference:
    """A reference to an earlier decision: its number here, or its place among the decisions to be added."""

    number: int | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class ReplayedDecision:
    """A decision to be added unchanged; coders and code by their numbers."""

    coder: int
    by: int | None
    """Who changed the codebook and so moved the coder's coding; None where the coder decided."""
    action: Action
    segment: int
    code: int | None
    score: float | None
    stance: Stance | None
    memo: str
    undoes: DecisionReference | None
    together: DecisionReference | None
    """The first of those that are undone and redone with it; None where it is the first or stands alone."""


def replay_decisions(session: Session, decisions: Sequence[ReplayedDecision]) -> None:
    """Add decisions with their undos and groups, and bring the codings of their segments in step."""
    segments = {decision.segment for decision in decisions}
    places = segment_places(session, segments)
    names = dict(session.exec(select(CoderRow.id, CoderRow.name)).all())
    entries: list[int] = []

    def entry_of(earlier: DecisionReference | None) -> int | None:
        if earlier is None:
            return None
        if earlier.place is not None:
            return entries[earlier.place]
        return session.get_one(DecisionRow, earlier.number).entry_id

    for decision in decisions:
        source, start, end = places[decision.segment]
        first = entry_of(decision.together)
        doer = decision.by or decision.coder
        entry = add_entry(
            session,
            EntryKind.DECISION,
            names[doer],
            undoes=entry_of(decision.undoes),
            group=None if first is None else group_of(session, first),
        )
        row = DecisionRow(
            entry_id=entry,
            coder_id=decision.coder,
            action=decision.action.value,
            segment_id=decision.segment,
            code_id=decision.code,
            source_id=source,
            start=start,
            end=end,
            score=decision.score,
            stance=decision.stance,
        )
        session.add(row)
        session.flush()
        entries.append(entry)
        if decision.memo:
            session.add(
                MemoRow(
                    coder_id=doer,
                    about="decision",
                    about_id=stored_id(row.id),
                    entry_id=entry,
                    text=decision.memo,
                )
            )
    session.flush()
    for coder in sorted({decision.coder for decision in decisions}):
        own = {decision.segment for decision in decisions if decision.coder == coder}
        refresh_codings(session, own, coder)
    refresh_verdicts(session, segments)
