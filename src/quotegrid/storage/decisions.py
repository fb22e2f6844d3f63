"""The log of decisions, and the codings that follow from it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from quotegrid.domain.decisions import Action, Coding, Decision, Stance, fold
from quotegrid.storage.suggestions import refresh_verdicts
from quotegrid.storage.tables import (
    CodeRow,
    CoderRow,
    CodingRow,
    DecisionRow,
    MemoRow,
    SegmentRow,
    SourceRow,
)


@dataclass(frozen=True, slots=True)
class LoggedDecision:
    """A decision as it is listed."""

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

    @property
    def deed(self) -> str:
        """What was done, in words: "accept", "accept and mark disputes", "mark none"."""
        if self.action is Action.MARK:
            return f"mark {self.stance.value if self.stance else 'none'}"
        return f"{self.action.value} and mark {self.stance.value}" if self.stance else self.action.value


def coder_id(session: Session, name: str) -> int:
    """The number of a coder, who is added when new."""
    row = session.exec(select(CoderRow).where(CoderRow.name == name)).first()
    if row is None:
        row = CoderRow(name=name)
        session.add(row)
        session.flush()
    if row.id is None:
        raise ValueError("the coder has not been stored")
    return row.id


def coder_names(session: Session) -> list[str]:
    """The names of all coders, in order."""
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
    place = session.get_one(SegmentRow, segment)
    row = DecisionRow(
        coder_id=coder,
        action=action.value,
        segment_id=segment,
        code_id=code,
        source_id=place.source_id,
        start=place.start,
        end=place.end,
        score=score,
        undoes_id=undoes,
        stance=stance,
    )
    session.add(row)
    session.flush()
    if row.id is None:
        raise ValueError("the decision has not been stored")
    if memo:
        session.add(MemoRow(coder_id=coder, about="decision", about_id=row.id, text=memo))
    _refresh_codings(session, segment, coder)
    refresh_verdicts(session, segment)
    return row.id


def _refresh_codings(session: Session, segment: int, coder: int) -> None:
    log = _log(session, segment, coder)
    standing = {coding.code: coding for coding in fold(log)}
    rows = {
        str(row.code_id): row
        for row in session.exec(
            select(CodingRow).where(CodingRow.segment_id == segment, CodingRow.coder_id == coder)
        )
    }
    for code, row in rows.items():
        coding = standing.get(code)
        if coding is None or coding.decision != row.decision_id:
            session.delete(row)
        else:
            row.stance = coding.stance
    session.flush()
    place = session.get_one(SegmentRow, segment)
    for code, coding in standing.items():
        if code not in rows or rows[code].decision_id != coding.decision:
            session.add(
                CodingRow(
                    segment_id=segment,
                    code_id=int(code),
                    coder_id=coder,
                    source_id=place.source_id,
                    start=place.start,
                    end=place.end,
                    stance=coding.stance,
                    decision_id=coding.decision,
                    at=session.get_one(DecisionRow, coding.decision).at,
                )
            )
    session.flush()


def _log(session: Session, segment: int, coder: int) -> list[Decision]:
    rows = session.exec(
        select(DecisionRow).where(DecisionRow.segment_id == segment, DecisionRow.coder_id == coder)
    )
    return [
        Decision(
            number=row.id or 0,
            coder=str(row.coder_id),
            action=Action(row.action),
            segment=row.segment_id,
            code=None if row.code_id is None else str(row.code_id),
            undoes=row.undoes_id,
            stance=None if row.stance is None else Stance(row.stance),
        )
        for row in rows
    ]


def state(session: Session, segment: int, code: int | None, coder: int) -> Action | None:
    """The coder's last decision that counts on a code of a segment, or on the segment when `code` is None."""
    log = _log(session, segment, coder)
    undone = {one.undoes for one in log if one.action is Action.UNDO}
    wanted = None if code is None else str(code)
    counting = [
        one
        for one in log
        if one.number not in undone and one.code == wanted and one.action not in (Action.UNDO, Action.MARK)
    ]
    return max(counting, key=lambda one: one.number).action if counting else None


def standing_coding(session: Session, segment: int, code: int, coder: int) -> Coding | None:
    """The coder's coding of a segment with a code; None where there is none."""
    found = (coding for coding in fold(_log(session, segment, coder)) if coding.code == str(code))
    return next(found, None)


def own_stance(session: Session, segment: int, code: str, coder: str) -> Stance | None:
    """What a coder said of a code that stands on a segment; None also where it does not stand by them."""
    said = session.exec(
        select(CodingRow.stance)
        .join(CodeRow, col(CodeRow.id) == CodingRow.code_id)
        .join(CoderRow, col(CoderRow.id) == CodingRow.coder_id)
        .where(CodingRow.segment_id == segment, CodeRow.name == code, CoderRow.name == coder)
    ).first()
    return None if said is None else Stance(said)


def last_decision(session: Session, coder: int) -> LoggedDecision | None:
    """The coder's latest decision that still counts; None if there is none to undo."""
    undo = aliased(DecisionRow)
    row = session.exec(
        select(DecisionRow)
        .where(
            DecisionRow.coder_id == coder,
            DecisionRow.action != Action.UNDO.value,
            ~select(undo.id).where(undo.undoes_id == DecisionRow.id).exists(),
        )
        .order_by(col(DecisionRow.id).desc())
        .limit(1)
    ).first()
    return None if row is None else list_decisions(session, only=row.id)[0]


def newest_decision(session: Session) -> int:
    """The number of the last entry of the log, 0 where it is empty."""
    return session.exec(select(func.max(DecisionRow.id))).one() or 0


def list_decisions(
    session: Session, *, only: int | None = None, after: int | None = None
) -> list[LoggedDecision]:
    """The log, oldest first; the one decision of a number, or those after it."""
    query = (
        select(DecisionRow, CoderRow.name, SourceRow.name, CodeRow.name)
        .join(CoderRow, col(CoderRow.id) == DecisionRow.coder_id)
        .join(SourceRow, col(SourceRow.id) == DecisionRow.source_id)
        .outerjoin(CodeRow, col(CodeRow.id) == DecisionRow.code_id)
        .order_by(col(DecisionRow.id))
    )
    noted = select(MemoRow.about_id, MemoRow.text).where(MemoRow.about == "decision")
    if only is not None:
        query = query.where(DecisionRow.id == only)
        noted = noted.where(MemoRow.about_id == only)
    if after is not None:
        query = query.where(col(DecisionRow.id) > after)
        noted = noted.where(col(MemoRow.about_id) > after)
    memos = dict(session.exec(noted).all())
    return [
        LoggedDecision(
            id=row.id or 0,
            guid=row.guid,
            at=row.at,
            coder=coder,
            action=Action(row.action),
            segment=row.segment_id,
            source=source,
            start=row.start,
            end=row.end,
            code=code,
            score=row.score,
            undoes=row.undoes_id,
            memo=memos.get(row.id or 0),
            stance=None if row.stance is None else Stance(row.stance),
        )
        for row, coder, source, code in session.exec(query)
    ]


def all_codings(session: Session) -> list[tuple[int, str, str, int]]:
    """Segment, code, coder and decision of every coding, in the order of the decisions."""
    rows = session.exec(
        select(CodingRow.segment_id, CodeRow.name, CoderRow.name, CodingRow.decision_id)
        .join(CodeRow, col(CodeRow.id) == CodingRow.code_id)
        .join(CoderRow, col(CoderRow.id) == CodingRow.coder_id)
        .order_by(col(CodingRow.decision_id))
    )
    return [(segment, code, coder, decision) for segment, code, coder, decision in rows]


def coding_summary(session: Session) -> tuple[list[str], str | None, str | None, int]:
    """Who made the standing codings, when the first and the last decision fell, and how many stand."""
    has_coded = select(CodingRow.id).where(CodingRow.coder_id == CoderRow.id).exists()
    coders = session.exec(select(CoderRow.name).where(has_coded).order_by(CoderRow.name)).all()
    # The log is written in the order of time: its ends need no reading of what is between.
    at = select(DecisionRow.at).limit(1)
    first = session.exec(at.order_by(col(DecisionRow.id))).first()
    last = session.exec(at.order_by(col(DecisionRow.id).desc())).first()
    count = session.exec(select(func.count()).select_from(CodingRow)).one()
    return list(coders), first, last, count
