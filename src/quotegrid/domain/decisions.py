"""What coders decide, and the codings that stand because of it.

Decisions are only ever added. An undo is a decision too: it names the decision it takes back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """What a coder did."""

    ACCEPT = "accept"
    """Took a suggested code."""
    REJECT = "reject"
    """Said that a code does not fit; a coding by the same coder falls."""
    SKIP = "skip"
    """Looked at the segment and left it; says nothing about any code."""
    APPLY = "apply"
    """Applied a code by hand."""
    REMOVE = "remove"
    """Took a standing code off again."""
    UNDO = "undo"
    """Took back one earlier decision."""


STANDS = frozenset({Action.ACCEPT, Action.APPLY})
FALLS = frozenset({Action.REJECT, Action.REMOVE})


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the log. Numbers grow in the order of deciding."""

    number: int
    coder: str
    action: Action
    segment: int
    code: str | None = None
    """The code's name; None for skip and undo."""
    undoes: int | None = None
    """The number of the decision that an undo takes back."""


@dataclass(frozen=True, slots=True)
class Coding:
    """A code that stands on a segment because of a coder's decision."""

    segment: int
    code: str
    coder: str
    decision: int


def taken_back(decisions: Iterable[Decision]) -> set[int]:
    """The numbers of the decisions that do not count: undone ones whose undo was not itself undone."""
    undone: set[int] = set()
    for decision in sorted(decisions, key=lambda one: one.number, reverse=True):
        if decision.action is Action.UNDO and decision.number not in undone and decision.undoes is not None:
            undone.add(decision.undoes)
    return undone


def fold(decisions: Iterable[Decision]) -> list[Coding]:
    """The codings that stand after all decisions, in the order of the decisions that made them.

    For each coder, segment and code the last decision that counts says whether the code stands;
    of several in a row that say it stands, the first made the coding.
    """
    log = sorted(decisions, key=lambda one: one.number)
    undone = taken_back(log)
    standing: dict[tuple[str, int, str], Coding] = {}
    for decision in log:
        if decision.number in undone or decision.code is None:
            continue
        key = (decision.coder, decision.segment, decision.code)
        if decision.action in STANDS:
            standing.setdefault(key, Coding(decision.segment, decision.code, decision.coder, decision.number))
        elif decision.action in FALLS:
            standing.pop(key, None)
    return sorted(standing.values(), key=lambda one: one.decision)
