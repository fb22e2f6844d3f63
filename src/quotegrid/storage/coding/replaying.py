"""The replay of another study's log of decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.domain.coding.journal import EntryKind
from quotegrid.storage.coding.decisions import NewDecision, log_decisions
from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.journal import NewEntry, add_each
from quotegrid.storage.tables import CoderRow, DecisionRow, JournalRow


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
    """The person who changed the codebook and so moved the coder's coding; None where the coder decided."""
    action: Action
    segment: int
    code: int | None
    score: float | None
    stance: Stance | None
    memo: str
    at: str | None
    """The time at which it was made; None for now."""
    undoes: DecisionReference | None
    together: DecisionReference | None
    """The first of those that are undone and redone with it; None where it is the first or stands alone."""


def replay_decisions(session: Session, decisions: Sequence[ReplayedDecision]) -> None:
    """Add decisions with their undos and groups, and bring the codings of their segments in step."""
    names = dict(session.exec(select(CoderRow.id, CoderRow.name)).all())
    logged = _logged_entries(session, decisions)
    entries: list[tuple[int, int]] = []
    """Each entry that is written, with the first of its group."""
    waiting: list[NewEntry] = []

    def write() -> None:
        added = add_each(session, EntryKind.DECISION, waiting)
        entries.extend((entry, new.group or entry) for new, entry in zip(waiting, added, strict=True))
        waiting.clear()

    def entry_of(earlier: DecisionReference) -> tuple[int, int]:
        if earlier.place is None:
            return logged[earlier.number]
        if earlier.place >= len(entries):
            write()
        return entries[earlier.place]

    for decision in decisions:
        undoes = None if decision.undoes is None else entry_of(decision.undoes)[0]
        group = None if decision.together is None else entry_of(decision.together)[1]
        waiting.append(NewEntry(names[decision.by or decision.coder], undoes, group, decision.at))
    write()
    made = [
        (
            decision.by or decision.coder,
            NewDecision(
                action=decision.action,
                segment=decision.segment,
                code=decision.code,
                score=decision.score,
                stance=decision.stance,
                coder=decision.coder,
                memo=decision.memo,
            ),
        )
        for decision in decisions
    ]
    log_decisions(session, made, [entry for entry, _ in entries])


def _logged_entries(
    session: Session, decisions: Sequence[ReplayedDecision]
) -> dict[int | None, tuple[int, int]]:
    """Return the entry, and the first of its group, of each decision of the log that new ones refer to."""
    references = [earlier for decision in decisions for earlier in (decision.undoes, decision.together)]
    numbers = {earlier.number for earlier in references if earlier is not None and earlier.number is not None}
    rows = session.exec(
        select(DecisionRow.id, JournalRow.id, JournalRow.group_id)
        .join(JournalRow, col(JournalRow.id) == DecisionRow.entry_id)
        .where(among(DecisionRow.id, numbers))
    )
    return {number: (stored_id(entry), group or stored_id(entry)) for number, entry, group in rows}
