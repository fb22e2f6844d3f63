"""What an undo and a redo take back next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from quotegrid.domain.coding.decisions import Action
from quotegrid.storage.coding.decisions import NewDecision, add_decisions
from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.journal.taken_back import taken_back
from quotegrid.storage.tables import DecisionRow


@dataclass(frozen=True, slots=True)
class Deed:
    """Decisions of one coder that are undone and redone together."""

    decisions: tuple[int, ...]
    """Their numbers."""
    at: str
    """When the last of them was made."""


def last_deed(session: Session, coder: int) -> Deed | None:
    """What an undo takes back: the coder's latest decision that counts, with those that belong to it."""
    gone = taken_back(session)
    found = next((number for number in _own(session, coder) if number not in gone), None)
    return None if found is None else _whole(session, found, gone)


def last_undo(session: Session, coder: int) -> Deed | None:
    """What a redo takes back: the coder's latest undo that counts, if nothing new was decided since."""
    gone = taken_back(session)
    undone = aliased(DecisionRow)
    undos = (
        select(DecisionRow.id)
        .join(undone, col(undone.id) == DecisionRow.undoes_id)
        .where(
            _done_by(coder),
            undone.action != Action.UNDO.value,
            col(DecisionRow.id) > next(_own(session, coder), 0),
        )
        .order_by(col(DecisionRow.id).desc())
    )
    found = next((number for number in session.exec(undos) if number not in gone), None)
    return None if found is None else _whole(session, found, gone)


def last_decision_at(session: Session, coder: int) -> str:
    """When the coder last decided anything but an undo; empty for never."""
    last = next(_own(session, coder), None)
    return "" if last is None else session.get_one(DecisionRow, last).at


def take_back(session: Session, coder: int, deed: Deed) -> list[int]:
    """Take back all decisions of a deed.

    Returns:
        The numbers of the undos, which are undone together as well.
    """
    rows = session.exec(
        select(DecisionRow.id, DecisionRow.segment_id, DecisionRow.coder_id).where(
            among(DecisionRow.id, deed.decisions)
        )
    )
    places = {number: (segment, whose) for number, segment, whose in rows}
    undos = [
        NewDecision(Action.UNDO, places[one][0], undoes=one, coder=places[one][1]) for one in deed.decisions
    ]
    return add_decisions(session, coder, undos)


def _own(session: Session, coder: int) -> Iterator[int]:
    """The numbers of the coder's decisions but undos, latest first, read only as far as asked for."""
    return (
        stored_id(number)
        for number in session.exec(
            select(DecisionRow.id)
            .where(_done_by(coder), DecisionRow.action != Action.UNDO.value)
            .order_by(col(DecisionRow.id).desc())
        )
    )


def _done_by(coder: int) -> ColumnElement[bool]:
    return func.coalesce(col(DecisionRow.by_id), col(DecisionRow.coder_id)) == coder


def deed_of(session: Session, number: int) -> Deed:
    """The decisions that count of those that belong together with one."""
    return _whole(session, number, taken_back(session))


def _whole(session: Session, number: int, gone: set[int]) -> Deed:
    first = session.get_one(DecisionRow, number).together_id or number
    rows = session.exec(
        select(DecisionRow.id, DecisionRow.at)
        .where(or_(col(DecisionRow.id) == first, col(DecisionRow.together_id) == first))
        .order_by(col(DecisionRow.id))
    ).all()
    counting = [(stored_id(one), at) for one, at in rows if one not in gone]
    return Deed(tuple(one for one, _ in counting), counting[-1][1] if counting else "")
