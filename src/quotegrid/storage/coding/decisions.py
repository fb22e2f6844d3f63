"""The log of decisions, and the codings that follow from it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select, update

from quotegrid.domain.coding.decisions import Action, Coding, Decision, Stance, fold, last_action
from quotegrid.domain.coding.journal import EntryKind
from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.journal import add_entries
from quotegrid.storage.suggestions.suggestions import refresh_verdicts
from quotegrid.storage.tables import (
    AnySegmentRow,
    CodeRow,
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


@dataclass(frozen=True, slots=True)
class LoggedDecision:
    """A decision in the log."""

    id: int
    guid: str
    at: str
    coder: str
    action: Action
    segment: int
    source: str
    start: int
    end: int
    code: str | None
    score: float | None
    undoes: int | None
    memo: str | None
    stance: Stance | None = None
    together: int | None = None
    """The first of the decisions that are undone and redone with this one; None where it stands alone."""
    by: str | None = None
    """Who changed the codebook and so moved the coder's coding; None where the coder decided."""
    entry: int = 0
    """Its number in the journal."""

    @property
    def doer(self) -> str:
        """Return who made it."""
        return self.by or self.coder

    @property
    def in_words(self) -> str:
        """Return the action in words: "accept", "accept and mark disputes", "mark none"."""
        if self.action is Action.MARK:
            return f"mark {self.stance.value if self.stance else 'none'}"
        return f"{self.action.value} and mark {self.stance.value}" if self.stance else self.action.value


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


def coder_names(session: Session) -> list[str]:
    """Return the names of all coders, in order."""
    return list(session.exec(select(CoderRow.name).order_by(CoderRow.name)))


def add_decision(
    session: Session,
    *,
    coder: int,
    action: Action,
    segment: int,
    code: int | None,
    score: float | None = None,
    undoes: int | None = None,
    memo: str | None = None,
    stance: Stance | None = None,
) -> int:
    """Add one decision to the log and bring the codings of its segment in step.

    Returns:
        The decision's number.
    """
    made = NewDecision(action, segment, code, score, undoes, stance)
    return add_decisions(session, coder, [made], memo=memo)[0]


def add_decisions(
    session: Session,
    coder: int,
    made: Sequence[NewDecision],
    *,
    memo: str | None = None,
    group: int | None = None,
) -> list[int]:
    """Add decisions that are undone and redone together, and bring the codings of their segments in step.

    Args:
        session: A transaction that writes.
        coder: The coder's number.
        made: The decisions, in the order of deciding.
        memo: A note, which is stored with the first.
        group: The first entry of those that they belong to; None if that of the first of these is it.

    Returns:
        Their numbers.
    """
    segments = {decision.segment for decision in made}
    places = segment_places(session, segments)
    by = session.get_one(CoderRow, coder).name
    entries = add_entries(
        session, EntryKind.DECISION, by, [decision.undoes for decision in made], group=group
    )
    rows = [
        DecisionRow(
            entry_id=entry,
            coder_id=coder if decision.coder is None else decision.coder,
            action=decision.action.value,
            segment_id=decision.segment,
            code_id=decision.code,
            source_id=places[decision.segment][0],
            start=places[decision.segment][1],
            end=places[decision.segment][2],
            score=decision.score,
            stance=decision.stance,
        )
        for decision, entry in zip(made, entries, strict=True)
    ]
    session.add_all(rows)
    session.flush()
    numbers = [stored_id(row.id) for row in rows]
    if memo and numbers:
        session.add(
            MemoRow(coder_id=coder, about="decision", about_id=numbers[0], entry_id=entries[0], text=memo)
        )
    for whose in sorted({row.coder_id for row in rows}):
        refresh_codings(session, {row.segment_id for row in rows if row.coder_id == whose}, whose)
    refresh_verdicts(session, segments)
    return numbers


def entry_of_decision(session: Session, number: int) -> int:
    """Return the entry of the journal that a decision is."""
    return session.get_one(DecisionRow, number).entry_id


def decisions_of_entries(session: Session, entries: Collection[int]) -> list[int]:
    """Return the numbers of the decisions that entries of the journal are, in order."""
    query = select(DecisionRow.id).where(among(DecisionRow.entry_id, entries)).order_by(col(DecisionRow.id))
    return [stored_id(number) for number in session.exec(query)]


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
    """Bring a coder's codings of segments in step with the log."""
    log = decision_log(session, segments, coder)
    standing = {(coding.segment, coding.code): coding for coding in fold(log)}
    rows = {
        (row.segment_id, str(row.code_id)): row
        for row in session.exec(
            select(CodingRow).where(CodingRow.coder_id == coder, among(CodingRow.segment_id, segments))
        )
    }
    kept = set()
    for key, row in rows.items():
        coding = standing.get(key)
        if coding is None or coding.decision != row.decision_id:
            session.delete(row)
        else:
            row.stance = coding.stance
            kept.add(key)
    session.flush()
    new = [coding for key, coding in standing.items() if key not in kept]
    places = segment_places(session, {coding.segment for coding in new})
    made_at = dict(
        session.exec(
            select(DecisionRow.id, JournalRow.at)
            .join(JournalRow, col(JournalRow.id) == DecisionRow.entry_id)
            .where(among(DecisionRow.id, [coding.decision for coding in new]))
        ).all()
    )
    for coding in new:
        source, start, end = places[coding.segment]
        session.add(
            CodingRow(
                segment_id=coding.segment,
                code_id=int(coding.code),
                coder_id=coder,
                source_id=source,
                start=start,
                end=end,
                stance=coding.stance,
                decision_id=coding.decision,
                at=made_at[coding.decision],
            )
        )
    session.flush()
    _refresh_use(session, segments)


def _refresh_use(session: Session, segments: Collection[int]) -> None:
    """Mark hand-made segments as in use while a coding stands on them, and as idle otherwise."""
    made = (among(AnySegmentRow.id, segments), col(AnySegmentRow.made_by_id).is_not(None))
    coded = select(CodingRow.id).where(CodingRow.segment_id == AnySegmentRow.id).exists()
    session.exec(update(AnySegmentRow).where(*made).values(is_idle=~coded))


def decision_log(session: Session, segments: Collection[int], coder: int) -> list[Decision]:
    """Return a coder's decisions on segments, oldest first; codes and coder by their numbers."""
    undone = aliased(DecisionRow)
    rows = session.exec(
        select(
            DecisionRow.id,
            DecisionRow.action,
            DecisionRow.segment_id,
            DecisionRow.code_id,
            undone.id,
            DecisionRow.stance,
        )  # type: ignore[call-overload]  # more columns than `select` is typed for
        .join(JournalRow, col(JournalRow.id) == DecisionRow.entry_id)
        .outerjoin(undone, col(undone.entry_id) == JournalRow.undoes_id)
        .where(among(DecisionRow.segment_id, segments), DecisionRow.coder_id == coder)
        .order_by(col(DecisionRow.id))
    )
    return [
        Decision(
            number=number,
            coder=str(coder),
            action=Action(action),
            segment=segment,
            code=None if code is None else str(code),
            undoes=undoes,
            stance=None if stance is None else Stance(stance),
        )
        for number, action, segment, code, undoes, stance in rows
    ]


def state(session: Session, segment: int, code: int | None, coder: int) -> Action | None:
    """Return the coder's last action that counts on a segment's code, or on the segment if `code` is None."""
    log = decision_log(session, [segment], coder)
    return last_action(log, segment, None if code is None else str(code))


def standing_on(session: Session, segment: int, coder: int) -> list[Coding]:
    """Return the coder's codings of a segment, codes and coder by their numbers."""
    return fold(decision_log(session, [segment], coder))


def own_codings(session: Session, segment: int, coder: str) -> int:
    """Count the codings of a coder on a segment."""
    return session.exec(
        select(func.count())
        .select_from(CodingRow)
        .join(CoderRow, col(CoderRow.id) == CodingRow.coder_id)
        .where(CodingRow.segment_id == segment, CoderRow.name == coder)
    ).one()


def own_stance(session: Session, segment: int, code: str, coder: str) -> Stance | None:
    """Return the stance that a coder gave a coding; None also where the coder has no such coding."""
    said = session.exec(
        select(CodingRow.stance)
        .join(CodeRow, col(CodeRow.id) == CodingRow.code_id)
        .join(CoderRow, col(CoderRow.id) == CodingRow.coder_id)
        .where(CodingRow.segment_id == segment, CodeRow.name == code, CoderRow.name == coder)
    ).first()
    return None if said is None else Stance(said)


def newest_decision(session: Session) -> int:
    """Return the number of the last decision, 0 where there is none."""
    return session.exec(select(func.max(DecisionRow.id))).one() or 0


def list_decisions(
    session: Session, *, only: Collection[int] | None = None, after: int | None = None
) -> list[LoggedDecision]:
    """Return the log, oldest first: all of it, only certain decisions, or those after one."""
    undone = aliased(DecisionRow)
    query = (
        # `select` is typed for four columns.
        select(DecisionRow, JournalRow, CoderRow.name, SourceRow.name, CodeRow.name, undone.id)  # type: ignore[call-overload]
        .join(JournalRow, col(JournalRow.id) == DecisionRow.entry_id)
        .join(CoderRow, col(CoderRow.id) == DecisionRow.coder_id)
        .join(SourceRow, col(SourceRow.id) == DecisionRow.source_id)
        .outerjoin(CodeRow, col(CodeRow.id) == DecisionRow.code_id)
        .outerjoin(undone, col(undone.entry_id) == JournalRow.undoes_id)
        .order_by(col(DecisionRow.id))
    )
    noted = select(MemoRow.about_id, MemoRow.text).where(MemoRow.about == "decision")
    if only is not None:
        query = query.where(among(DecisionRow.id, only))
        noted = noted.where(among(MemoRow.about_id, only))
    if after is not None:
        query = query.where(col(DecisionRow.id) > after)
        noted = noted.where(col(MemoRow.about_id) > after)
    memos = dict(session.exec(noted).all())
    rows = session.exec(query).all()
    firsts = _firsts(session, {entry.group_id or entry.id for _, entry, *_ in rows})
    return [
        LoggedDecision(
            id=stored_id(row.id),
            guid=entry.guid,
            at=entry.at,
            coder=coder,
            action=Action(row.action),
            segment=row.segment_id,
            source=source,
            start=row.start,
            end=row.end,
            code=code,
            score=row.score,
            undoes=undoes,
            memo=memos.get(stored_id(row.id)),
            stance=None if row.stance is None else Stance(row.stance),
            together=firsts.get(entry.group_id or entry.id),
            by=None if entry.by == coder else entry.by,
            entry=row.entry_id,
        )
        for row, entry, coder, source, code, undoes in rows
    ]


def _firsts(session: Session, groups: Collection[int]) -> dict[int, int]:
    """Return the first decision of each group of the journal that has several."""
    group = func.coalesce(JournalRow.group_id, JournalRow.id)
    rows = session.exec(
        select(group, func.min(DecisionRow.id))
        .join(DecisionRow, col(DecisionRow.entry_id) == JournalRow.id)
        .where(
            or_(among(JournalRow.id, groups), among(JournalRow.group_id, groups)),
        )
        .group_by(group)
        .having(func.count() > 1)
    )
    return {first: decision for first, decision in rows if decision is not None}


def all_codings(session: Session) -> list[tuple[int, str, str, int]]:
    """Return segment, code, coder and decision of every coding, in the order of the decisions."""
    rows = session.exec(
        select(CodingRow.segment_id, CodeRow.name, CoderRow.name, CodingRow.decision_id)
        .join(CodeRow, col(CodeRow.id) == CodingRow.code_id)
        .join(CoderRow, col(CoderRow.id) == CodingRow.coder_id)
        .order_by(col(CodingRow.decision_id))
    )
    return [(segment, code, coder, decision) for segment, code, coder, decision in rows]


def coding_summary(session: Session) -> tuple[list[str], str | None, str | None, int]:
    """Return the coders of the standing codings, the times of the first and the last, and their number."""
    has_coded = select(CodingRow.id).where(CodingRow.coder_id == CoderRow.id).exists()
    coders = session.exec(select(CoderRow.name).where(has_coded).order_by(CoderRow.name)).all()
    # The log is written in the order of time: its ends need no reading of what is between.
    at = select(JournalRow.at).join(DecisionRow, col(DecisionRow.entry_id) == JournalRow.id).limit(1)
    first = session.exec(at.order_by(col(DecisionRow.id))).first()
    last = session.exec(at.order_by(col(DecisionRow.id).desc())).first()
    count = session.exec(select(func.count()).select_from(CodingRow)).one()
    return list(coders), first, last, count
