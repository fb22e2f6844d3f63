"""The adding of decisions to the log, any number at once, leaving out those that would change nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotegrid.domain.coding.decisions import (
    FALLS,
    STANDS,
    Action,
    Coding,
    Decision,
    Stance,
    fold,
    last_action,
)
from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.workflows.study.names import closest

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session

LARGEST = 2**63 - 1
"""The largest number that SQLite takes."""
NO_STANCE = "none"


@dataclass(frozen=True, slots=True)
class DecisionRequest:
    """A decision to be made."""

    segment: int
    action: Action
    code: str | None = None
    """The code's name in any case; None for a skip."""
    stance: Stance | None = None


@dataclass(frozen=True, slots=True)
class DecisionOutcome:
    """The outcome of a requested decision."""

    number: int | None
    """Its number in the log; None where it would have changed nothing."""
    action: Action
    segment: int
    code: str | None


def decide_in(
    session: Session, coder_name: str, wanted: Sequence[DecisionRequest], memo: str = ""
) -> list[DecisionOutcome]:
    """Make decisions that belong together, in a transaction of the caller's.

    Args:
        session: A transaction that writes.
        coder_name: The coder.
        wanted: The decisions, in the order of deciding.
        memo: A note, which is stored with the first decision that is made.

    Returns:
        The outcome of each, in the same order.

    Raises:
        UnknownNameError: If there is no such segment or code.
        UsageError: If a stance is given to a code that does not stand.
    """
    from quotegrid.storage.codebook.codes import code_ids
    from quotegrid.storage.coding.decision_log import decision_log
    from quotegrid.storage.coding.decisions import NewDecision, add_decisions, coder_id
    from quotegrid.storage.search.quotes import known_segments
    from quotegrid.storage.suggestions.suggestions import suggested_scores

    segments = {request.segment for request in wanted}
    there = known_segments(session, [number for number in segments if number <= LARGEST])
    missing = next((request.segment for request in wanted if request.segment not in there), None)
    if missing is not None:
        raise UnknownNameError(f"there is no passage {missing}.", todo='"quotegrid quotes" lists them.')
    coder = coder_id(session, coder_name)
    numbers = code_ids(session)
    names = {name.casefold(): name for name in numbers}
    scores = suggested_scores(session, segments)
    logs: dict[int, list[Decision[int]]] = {segment: [] for segment in segments}
    for logged in decision_log(session, segments, coder):
        logs[logged.segment].append(logged)
    settled: list[tuple[Action, str | None, bool]] = []
    made: list[NewDecision] = []
    for later, request in enumerate(wanted, start=LARGEST - len(wanted)):
        code = code_id = None
        if request.code is not None:
            code = names.get(request.code.casefold())
            if code is None:
                raise unknown_code(request.code, list(numbers))
            code_id = numbers[code]
        log = logs[request.segment]
        score = None if code_id is None else scores.get((request.segment, code_id))
        action, holds = _settled(log, request, code, code_id, is_suggested=score is not None)
        settled.append((action, code, holds))
        if not holds:
            log.append(_entry(later, action, request, code_id))
            made.append(NewDecision(action, request.segment, code_id, score, stance=request.stance))
    given = iter(add_decisions(session, coder, made, memo=memo or None))
    return [
        DecisionOutcome(None if holds else next(given), action, request.segment, code)
        for request, (action, code, holds) in zip(wanted, settled, strict=True)
    ]


def _settled(
    log: Sequence[Decision[int]],
    wanted: DecisionRequest,
    code: str | None,
    code_id: int | None,
    *,
    is_suggested: bool,
) -> tuple[Action, bool]:
    """Return a decision's action, given the coder's earlier ones, and whether it would change nothing."""
    action, stance = wanted.action, wanted.stance
    if action is Action.ACCEPT and not is_suggested:
        action = Action.APPLY
    now = last_action(log, wanted.segment, code_id)
    coding = next((standing for standing in fold(log) if standing.code == code_id), None)
    if action is Action.MARK and coding is None:
        raise UsageError(
            f'"{code}" does not stand on passage {wanted.segment} by your decision, so it takes no stance.',
            todo="Accept or apply it first.",
        )
    if action in STANDS and coding is not None and stance is not None:
        action = Action.MARK
    return action, holds_already(action, stance, now, coding)


def holds_already(
    action: Action, stance: Stance | None, now: Action | None, coding: Coding[int] | None
) -> bool:
    """Return whether a decision would change nothing.

    Args:
        action: The decision.
        stance: Its stance.
        now: The coder's last action on the same code, or on the segment.
        coding: The coder's standing coding.
    """
    return (
        (action in STANDS and now in STANDS)
        or (action is Action.REJECT and now in FALLS)
        or (action in (Action.REMOVE, Action.MOVE) and now not in STANDS)
        or (action is Action.SKIP and now is Action.SKIP)
        or (action is Action.MARK and coding is not None and coding.stance is stance)
    )


def _entry(number: int, action: Action, wanted: DecisionRequest, code_id: int | None) -> Decision[int]:
    """Return the decision as the later ones of the same group will find it in the log."""
    return Decision(number, 0, action, wanted.segment, code_id, stance=wanted.stance)


def stance_named(text: str) -> Stance | None:
    """Return the stance with a name; None for "none".

    Raises:
        UnknownNameError: If it is no stance.
    """
    found = next((stance for stance in Stance if stance.value == text.casefold()), None)
    if found is None and text.casefold() != NO_STANCE:
        words = ", ".join([*(stance.value for stance in Stance), NO_STANCE])
        raise UnknownNameError(f'"{text}" is not a stance.', todo=f"Write one of {words}.")
    return found


def unknown_code(code: str, names: list[str]) -> UnknownNameError:
    """Return the error for a code that is not in the codebook."""
    return UnknownNameError(f'there is no code "{code}".', todo=closest(code, names, "codes"))
