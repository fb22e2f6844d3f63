"""The adding of decisions to the log, and the codings that follow from it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select, update

from quotegrid.domain.coding.decisions import Action, Coding, Stance, coding_guid, fold
from quotegrid.domain.coding.journal import EntryKind
from quotegrid.domain.sources.model import SegmentKind
from quotegrid.storage.coding.decision_log import decision_log
from quotegrid.storage.engines.inserting import insert_numbered, insert_rows
from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.journal import NewEntry, add_each, add_entries
from quotegrid.storage.suggestions.suggestions import refresh_verdicts
from quotegrid.storage.tables import (
    AnySegmentRow,
    CoderRow,
    CodingRow,
    DecisionRow,
    JournalRow,
    MemoRow,
    SourceRow,
)


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision to be added; codes are given by their numbers."""

    action: Action
    segment: int
    code: int | None = None
    score: float | None = None
    """The suggestion's score, where there is a suggestion."""
    undoes: int | None = None
    """The entry of the journal that it takes back."""
    stance: Stance | None = None
    coder: int | None = None
    """The coder whose coding it moves; None where it is the deciding coder's own."""
    memo: str = ""


def coder_id(session: Session, name: str) -> int:
    """Return the number of a coder, who is added when new."""
    row = session.exec(select(CoderRow).where(CoderRow.name == name)).first()
    if row is None:
        row = CoderRow(name=name)
        session.add(row)
        session.flush()
    if row.id is None:
        raise ValueError("the coder has not been stored")
    return row.id


def add_decisions(
    session: Session, coder: int, made: Sequence[NewDecision], *, group: int | None = None
) -> list[int]:
    """Add decisions that are undone and redone together, and bring the codings of their segments in step.

    Args:
        session: A transaction that writes.
        coder: The coder's number.
        made: The decisions, in the order of deciding.
        group: The first entry of those that they belong to; None if that of the first of these is it.

    Returns:
        Their numbers.
    """
    by = session.get_one(CoderRow, coder).name
    entries = add_entries(
        session, EntryKind.DECISION, by, [decision.undoes for decision in made], group=group
    )
    return log_decisions(session, [(coder, decision) for decision in made], entries)


def add_single_decisions(session: Session, made: Sequence[tuple[int, NewDecision]]) -> list[int]:
    """Add decisions that are undone one by one, and bring the codings of their segments in step.

    Args:
        session: A transaction that writes.
        made: Who decides, by number, and the decision, in the order of deciding.

    Returns:
        Their numbers.
    """
    names = dict(session.exec(select(CoderRow.id, CoderRow.name)).all())
    wanted = [NewEntry(names[coder], decision.undoes) for coder, decision in made]
    return log_decisions(session, made, add_each(session, EntryKind.DECISION, wanted))


def log_decisions(
    session: Session, made: Sequence[tuple[int, NewDecision]], entries: Sequence[int]
) -> list[int]:
    """Write down what entries of the journal decide, and bring the codings of their segments in step.

    Args:
        session: A transaction that writes.
        made: Who decides, by number, and the decision, in the order of deciding.
        entries: The entry of each.

    Returns:
        The numbers of the decisions.
    """
    segments = {decision.segment for _, decision in made}
    places = segment_places(session, segments)
    coders = [doer if decision.coder is None else decision.coder for doer, decision in made]
    rows = [
        {
            "entry_id": entry,
            "coder_id": coder,
            "action": decision.action.value,
            "segment_id": decision.segment,
            "code_id": decision.code,
            "source_id": places[decision.segment][0],
            "start": places[decision.segment][1],
            "end": places[decision.segment][2],
            "score": decision.score,
            "stance": decision.stance,
        }
        for (_, decision), coder, entry in zip(made, coders, entries, strict=True)
    ]
    numbers = insert_numbered(session, DecisionRow, rows)
    session.add_all(
        MemoRow(coder_id=doer, about="decision", about_id=number, entry_id=entry, text=decision.memo)
        for (doer, decision), number, entry in zip(made, numbers, entries, strict=True)
        if decision.memo
    )
    decided: dict[int, set[int]] = {}
    for (_, decision), coder in zip(made, coders, strict=True):
        decided.setdefault(coder, set()).add(decision.segment)
    for coder in sorted(decided):
        refresh_codings(session, decided[coder], coder)
    refresh_verdicts(session, segments)
    return numbers


def take_back_decisions(
    session: Session, by: str, entries: Sequence[int], *, group: int | None = None
) -> list[int]:
    """Undo decisions, or redo those that undos took back.

    Args:
        session: A transaction that writes.
        by: The name of whoever does it.
        entries: The entries of the journal that are to be taken back.
        group: The first entry of those that go with the new ones; None if it is among them.

    Returns:
        The numbers of the new decisions.
    """
    rows = session.exec(
        select(DecisionRow.entry_id, DecisionRow.segment_id, DecisionRow.coder_id)
        .where(among(DecisionRow.entry_id, entries))
        .order_by(col(DecisionRow.id))
    )
    undos = [NewDecision(Action.UNDO, segment, undoes=entry, coder=coder) for entry, segment, coder in rows]
    return add_decisions(session, coder_id(session, by), undos, group=group)


def segment_places(session: Session, segments: Collection[int]) -> dict[int, tuple[int, int, int]]:
    """Return source, start and end of segments."""
    rows = session.exec(
        select(AnySegmentRow.id, AnySegmentRow.source_id, AnySegmentRow.start, AnySegmentRow.end).where(
            among(AnySegmentRow.id, segments)
        )
    )
    return {stored_id(number): (source, start, end) for number, source, start, end in rows}


def refresh_codings(session: Session, segments: Collection[int], coder: int) -> None:
    """Bring a coder's codings of segments in step with the log; none stands on a source that is set aside."""
    segments = _in_place(session, segments)
    standing = codings_by_log(session, segments, coder)
    before = {
        (row.segment_id, row.code_id): row
        for row in session.exec(
            select(CodingRow).where(CodingRow.coder_id == coder, among(CodingRow.segment_id, segments))
        )
    }
    kept = set()
    for key, row in before.items():
        coding = standing.get(key)
        if coding is None or coding.decision != row.decision_id:
            session.delete(row)
        else:
            row.stance = coding.stance
            kept.add(key)
    session.flush()
    new = [coding for key, coding in standing.items() if key not in kept]
    places = segment_places(session, {coding.segment for coding in new})
    made = {
        number: (guid, at)
        for number, guid, at in session.exec(
            select(DecisionRow.id, JournalRow.guid, JournalRow.at)
            .join(JournalRow, col(JournalRow.id) == DecisionRow.entry_id)
            .where(among(DecisionRow.id, [coding.decision for coding in new]))
        )
    }
    rows = []
    for coding in new:
        source, start, end = places[coding.segment]
        guid, at = made[coding.decision]
        rows.append(
            {
                "guid": coding_guid(guid),
                "segment_id": coding.segment,
                "code_id": coding.code,
                "coder_id": coder,
                "source_id": source,
                "start": start,
                "end": end,
                "stance": coding.stance,
                "decision_id": coding.decision,
                "at": at,
            }
        )
    insert_rows(session, CodingRow, rows)
    _refresh_use(session, segments)


def codings_by_log(
    session: Session, segments: Collection[int], coder: int
) -> dict[tuple[int, int], Coding[int]]:
    """Return a coder's codings of segments by the log, by segment and code; none on a source set aside."""
    segments = _in_place(session, segments)
    aside = set_aside(session, segments)
    log = decision_log(session, segments, coder)
    return {(coding.segment, coding.code): coding for coding in fold(log) if coding.segment not in aside}


def set_aside(session: Session, segments: Collection[int]) -> set[int]:
    """Return the segments that no participant's turn holds any more; codings on them do not count."""
    rows = session.exec(
        select(AnySegmentRow.id).where(
            among(AnySegmentRow.id, segments),
            AnySegmentRow.kind == SegmentKind.TURN.value,
            col(AnySegmentRow.turn_id).is_(None),
        )
    )
    return {stored_id(number) for number in rows}


def _refresh_use(session: Session, segments: Collection[int]) -> None:
    """Mark hand-made segments as in use while a coding stands on them, and as idle otherwise."""
    made = (among(AnySegmentRow.id, segments), col(AnySegmentRow.made_by_id).is_not(None))
    coded = select(CodingRow.id).where(CodingRow.segment_id == AnySegmentRow.id).exists()
    session.exec(update(AnySegmentRow).where(*made).values(is_idle=~coded))


def _in_place(session: Session, segments: Collection[int]) -> set[int]:
    """Return the segments, among those given, whose source is not set aside."""
    rows = session.exec(
        select(AnySegmentRow.id)
        .join(SourceRow, col(SourceRow.id) == AnySegmentRow.source_id)
        .where(among(AnySegmentRow.id, segments))
    )
    return {stored_id(number) for number in rows}
