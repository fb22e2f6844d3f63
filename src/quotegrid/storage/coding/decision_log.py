"""The reading of the log of decisions, and of the codings that stand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from quotegrid.domain.coding.decisions import Action, Coding, Decision, Stance, fold, last_action
from quotegrid.domain.coding.journal import EntryKind
from quotegrid.storage.codebook.codes import codings_outside
from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.journal import taken_back_of_kind
from quotegrid.storage.tables import (
    AnySegmentRow,
    AnySourceRow,
    CaseRow,
    CodeRow,
    CoderRow,
    CodingRow,
    DecisionRow,
    JournalRow,
    MemoRow,
)


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
    """The person who changed the codebook and so moved the coder's coding; None where the coder decided."""
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


def coder_names(session: Session) -> list[str]:
    """Return the names of all coders, in order."""
    return list(session.exec(select(CoderRow.name).order_by(CoderRow.name)))


def entry_of_decision(session: Session, number: int) -> int:
    """Return the entry of the journal that a decision is."""
    return session.get_one(DecisionRow, number).entry_id


def decisions_of_entries(session: Session, entries: Collection[int]) -> list[int]:
    """Return the numbers of the decisions that entries of the journal are, in order."""
    query = select(DecisionRow.id).where(among(DecisionRow.entry_id, entries)).order_by(col(DecisionRow.id))
    return [stored_id(number) for number in session.exec(query)]


def entries_on(session: Session, *, code: str = "", case: str = "") -> set[int]:
    """Return the entries of the journal that are decisions on a code, on a case's segments, or on both."""
    query = select(DecisionRow.entry_id)
    if code:
        query = query.join(CodeRow, col(CodeRow.id) == DecisionRow.code_id).where(CodeRow.name == code)
    if case:
        query = (
            query.join(AnySegmentRow, col(AnySegmentRow.id) == DecisionRow.segment_id)
            .join(CaseRow, col(CaseRow.id) == AnySegmentRow.case_id)
            .where(CaseRow.name == case)
        )
    return set(session.exec(query))


def decided_codes(session: Session) -> list[str]:
    """Return the names of the codes that have been decided on, in the codebook's order."""
    has_decision = select(DecisionRow.id).where(DecisionRow.code_id == CodeRow.id).exists()
    return list(session.exec(select(CodeRow.name).where(has_decision).order_by(col(CodeRow.position))))


def decision_log(session: Session, segments: Collection[int], coder: int) -> list[Decision[int]]:
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
            coder=coder,
            action=Action(action),
            segment=segment,
            code=code,
            undoes=undoes,
            stance=None if stance is None else Stance(stance),
        )
        for number, action, segment, code, undoes, stance in rows
    ]


def state(session: Session, segment: int, code: int | None, coder: int) -> Action | None:
    """Return the coder's last action that counts on a segment's code, or on the segment if `code` is None."""
    log = decision_log(session, [segment], coder)
    return last_action(log, segment, code)


def standing_on(session: Session, segment: int, coder: int) -> list[Coding[int]]:
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


def segments_with_code(session: Session, code: str) -> dict[str, set[int]]:
    """Return the segments on which a code stands, by the coder."""
    rows = session.exec(
        select(CoderRow.name, CodingRow.segment_id)
        .join(CodingRow, col(CodingRow.coder_id) == CoderRow.id)
        .join(CodeRow, col(CodeRow.id) == CodingRow.code_id)
        .where(CodeRow.name == code)
    )
    found: dict[str, set[int]] = {}
    for coder, segment in rows:
        found.setdefault(coder, set()).add(segment)
    return found


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


def count_decisions(session: Session) -> int:
    """Return the number of decisions that count."""
    made = session.exec(select(func.count()).where(DecisionRow.action != Action.UNDO.value)).one()
    return made - sum(_taken_back_on_sources(session).values())


def decisions_on_sources(session: Session) -> dict[int, int]:
    """Return the number of decisions on each source that count, by the source's number."""
    gone = _taken_back_on_sources(session)
    made = session.exec(
        select(AnySegmentRow.source_id, func.count())
        .join(DecisionRow, col(DecisionRow.segment_id) == AnySegmentRow.id)
        .where(DecisionRow.action != Action.UNDO.value)
        .group_by(col(AnySegmentRow.source_id))
    )
    return {source: number - gone.get(source, 0) for source, number in made}


def _taken_back_on_sources(session: Session) -> dict[int, int]:
    """Return the number of decisions on each source that were taken back, without undos."""
    gone = taken_back_of_kind(session, EntryKind.DECISION)
    rows = session.exec(
        select(AnySegmentRow.source_id, func.count())
        .join(DecisionRow, col(DecisionRow.segment_id) == AnySegmentRow.id)
        .where(among(DecisionRow.entry_id, gone), DecisionRow.action != Action.UNDO.value)
        .group_by(col(AnySegmentRow.source_id))
    )
    return dict(rows.all())


def list_decisions(
    session: Session, *, only: Collection[int] | None = None, after: int | None = None
) -> list[LoggedDecision]:
    """Return the log, oldest first: all of it, only certain decisions, or those after one."""
    undone = aliased(DecisionRow)
    query = (
        # `select` is typed for four columns.
        select(  # type: ignore[call-overload]
            DecisionRow, JournalRow, CoderRow.name, AnySourceRow.name, AnySegmentRow, CodeRow.name, undone.id
        )
        .join(JournalRow, col(JournalRow.id) == DecisionRow.entry_id)
        .join(CoderRow, col(CoderRow.id) == DecisionRow.coder_id)
        .join(AnySegmentRow, col(AnySegmentRow.id) == DecisionRow.segment_id)
        .join(AnySourceRow, col(AnySourceRow.id) == AnySegmentRow.source_id)
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
            start=passage.start,
            end=passage.end,
            code=code,
            score=row.score,
            undoes=undoes,
            memo=memos.get(stored_id(row.id)),
            stance=None if row.stance is None else Stance(row.stance),
            together=firsts.get(entry.group_id or entry.id),
            by=None if entry.by == coder else entry.by,
            entry=row.entry_id,
        )
        for row, entry, coder, source, passage, code, undoes in rows
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


def coding_summary(session: Session) -> tuple[list[str], str | None, str | None, int]:
    """Return the coders of the standing codings, the times of the first and the last, and their number.

    Codings of codes that are no longer in the codebook are not among the number.
    """
    has_coded = select(CodingRow.id).where(CodingRow.coder_id == CoderRow.id).exists()
    coders = session.exec(select(CoderRow.name).where(has_coded).order_by(CoderRow.name)).all()
    # The log is written in the order of time: its ends need no reading of what is between.
    at = select(JournalRow.at).join(DecisionRow, col(DecisionRow.entry_id) == JournalRow.id).limit(1)
    first = session.exec(at.order_by(col(DecisionRow.id))).first()
    last = session.exec(at.order_by(col(DecisionRow.id).desc())).first()
    count = session.exec(select(func.count()).select_from(CodingRow)).one()
    return list(coders), first, last, count - sum(codings_outside(session).values())
