"""The adding of decisions to the log, any number at once, leaving out those that would change nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

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
from quotegrid.domain.text.normalise import name_key
from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.workflows.study.names import closest

if TYPE_CHECKING:
    from quotegrid.storage.coding.decisions import NewDecision
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


class PlannedDecision(NamedTuple):
    """A decision as it is to be written."""

    action: Action
    code: str | None
    holds: bool
    """Whether it would change nothing, so that it is not written."""


@dataclass(frozen=True, slots=True)
class DecisionOutcome:
    """The outcome of a requested decision."""

    number: int | None
    """Its number in the log; None where it would have changed nothing."""
    action: Action
    segment: int
    code: str | None


class DecisionPlan:
    """Decisions that are made in memory, each on those before it, and written together.

    Args:
        session: A transaction that writes.
    """

    def __init__(self, session: Session) -> None:
        from quotegrid.storage.codebook.codes import code_ids

        self._session = session
        self._codes = code_ids(session)
        self._names = {form(name): name for form in (name_key, str.casefold) for name in self._codes}
        self._coders: dict[str, int] = {}
        self._scores: dict[tuple[int, int], float] = {}
        self._logs: dict[tuple[str, int], list[Decision[int]]] = {}
        self._later = count(LARGEST)
        """Numbers beyond all those in the log, for decisions that are still to be added."""
        self.waiting: list[tuple[int, NewDecision]] = []
        """The decisions that are not written yet, with the number of who decides."""

    def read(self, coder: str, segments: Collection[int]) -> None:
        """Read what a coder has decided on segments, all at once; others are read as decisions need them."""
        from quotegrid.storage.coding.decision_log import decision_log
        from quotegrid.storage.coding.decisions import coder_id
        from quotegrid.storage.suggestions.suggestions import suggested_scores

        self._coders[coder] = coder_id(self._session, coder)
        self._scores |= suggested_scores(self._session, segments)
        self._logs |= {(coder, segment): [] for segment in segments}
        for logged in decision_log(self._session, segments, self._coders[coder]):
            self._logs[coder, logged.segment].append(logged)

    def add(self, coder: str, request: DecisionRequest, memo: str = "") -> PlannedDecision:
        """Add a decision, unless it would change nothing.

        Raises:
            UnknownNameError: If there is no such code.
            UsageError: If a stance is given to a code that does not stand.
        """
        from quotegrid.storage.coding.decisions import NewDecision

        if (coder, request.segment) not in self._logs:
            self.read(coder, [request.segment])
        code = code_id = score = None
        if request.code is not None:
            code = self._names.get(request.code.casefold()) or self._names.get(name_key(request.code))
            if code is None:
                raise unknown_code(request.code, list(self._codes))
            code_id = self._codes[code]
            score = self._scores.get((request.segment, code_id))
        log = self._logs[coder, request.segment]
        action, holds = _settled(log, request, code, code_id, is_suggested=score is not None)
        if not holds:
            log.append(_entry(next(self._later), action, request, code_id))
            made = NewDecision(action, request.segment, code_id, score, stance=request.stance, memo=memo)
            self.waiting.append((self._coders[coder], made))
        return PlannedDecision(action, code, holds)

    def settle(self, segment: int) -> None:
        """Write the decisions that wait, if one of them is on a segment."""
        if any(made.segment == segment for _, made in self.waiting):
            self.write()

    def write(self) -> None:
        """Write the decisions that wait; each is undone alone."""
        from quotegrid.storage.coding.decisions import add_single_decisions

        add_single_decisions(self._session, self.waiting)
        self.waiting.clear()


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
    from quotegrid.storage.coding.decisions import add_decisions, coder_id
    from quotegrid.storage.search.quotes import known_segments

    segments = {request.segment for request in wanted}
    there = known_segments(session, [number for number in segments if number <= LARGEST])
    missing = next((request.segment for request in wanted if request.segment not in there), None)
    if missing is not None:
        raise UnknownNameError(f"there is no passage {missing}.", todo='"quotegrid quotes" lists them.')
    plan = DecisionPlan(session)
    plan.read(coder_name, segments)
    planned = [plan.add(coder_name, request, "" if plan.waiting else memo) for request in wanted]
    made = [decision for _, decision in plan.waiting]
    numbers = iter(add_decisions(session, coder_id(session, coder_name), made))
    return [
        DecisionOutcome(None if holds else next(numbers), action, request.segment, code)
        for request, (action, code, holds) in zip(wanted, planned, strict=True)
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
