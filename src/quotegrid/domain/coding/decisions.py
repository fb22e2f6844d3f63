"""The decisions of coders, and the codings that result from them.

Decisions are only ever added. An undo is a decision too: it names the decision it takes back. A redo is the
undo of an undo.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from quotegrid.domain.coding import journal

Key = TypeVar("Key", int, str)
"""The key of a coder or a code: its number in the store, or its name in a listing."""


class Action(StrEnum):
    """The action of a decision."""

    ACCEPT = "accept"
    """Took a suggested code."""
    REJECT = "reject"
    """Marked that a code does not fit; a coding by the same coder falls."""
    SKIP = "skip"
    """Read the segment and left it, without deciding on any code."""
    APPLY = "apply"
    """Applied a code by hand."""
    REMOVE = "remove"
    """Took a standing code off again."""
    MOVE = "move"
    """Took a standing code off because it was applied to another range of the same words."""
    MARK = "mark"
    """Gave a standing coding a stance towards its code, or took it away."""
    UNDO = "undo"
    """Took back one earlier decision, which may be an undo."""


class Stance(StrEnum):
    """The stance of a coded passage towards what its code claims; a passage that denies it is coded too."""

    SUPPORTS = "supports"
    DISPUTES = "disputes"
    MIXED = "mixed"


STANDS = frozenset({Action.ACCEPT, Action.APPLY})
FALLS = frozenset({Action.REJECT, Action.REMOVE, Action.MOVE})


@dataclass(frozen=True, slots=True)
class Decision(Generic[Key]):
    """One entry of the log. Numbers grow in the order of deciding."""

    number: int
    coder: Key
    action: Action
    segment: int
    code: Key | None = None
    """The code; None for skip and undo."""
    undoes: int | None = None
    """The number of the decision that an undo takes back."""
    stance: Stance | None = None
    """The passage's stance, as given by an accept, an apply or a mark."""


@dataclass(frozen=True, slots=True)
class Coding(Generic[Key]):
    """A code that stands on a segment because of a coder's decision."""

    segment: int
    code: Key
    coder: Key
    decision: int
    """The decision that made it."""
    stance: Stance | None = None
    """The last stance that its coder gave it while it stood."""


def coding_guid(entry_guid: str) -> str:
    """Return the GUID of the coding that a decision makes, the same whenever the codings are worked out.

    Args:
        entry_guid: The GUID of the decision's entry in the journal.
    """
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"coding {entry_guid}"))


def taken_back(decisions: Iterable[Decision[Key]]) -> set[int]:
    """Return the numbers of the decisions that do not count: undone ones whose undo was not itself undone."""
    return journal.taken_back(
        (decision.number, decision.undoes)
        for decision in decisions
        if decision.action is Action.UNDO and decision.undoes is not None
    )


def fold(decisions: Iterable[Decision[Key]]) -> list[Coding[Key]]:
    """Return the codings that stand after all decisions, in the order of the decisions that made them.

    For each coder, segment and code the last decision that counts says whether the code stands;
    of several in a row that say it stands, the first made the coding. Its stance is the last one given
    since then; only a mark can take a stance away.
    """
    log = sorted(decisions, key=lambda entry: entry.number)
    undone = taken_back(log)
    standing: dict[tuple[Key, int, Key], Coding[Key]] = {}
    for decision in log:
        if decision.number in undone or decision.code is None:
            continue
        key = (decision.coder, decision.segment, decision.code)
        if decision.action in STANDS:
            coding = standing.setdefault(
                key, Coding(decision.segment, decision.code, decision.coder, decision.number)
            )
            if decision.stance is not None:
                standing[key] = replace(coding, stance=decision.stance)
        elif decision.action is Action.MARK and key in standing:
            standing[key] = replace(standing[key], stance=decision.stance)
        elif decision.action in FALLS:
            standing.pop(key, None)
    return sorted(standing.values(), key=lambda made: made.decision)


def last_action(decisions: Iterable[Decision[Key]], segment: int, code: Key | None) -> Action | None:
    """Return the last action that counts on a code of a segment, or on the segment where `code` is None.

    Marks are passed over: they do not change whether a code stands.
    """
    log = list(decisions)
    undone = taken_back(log)
    counting = [
        entry
        for entry in log
        if entry.number not in undone
        and entry.segment == segment
        and entry.code == code
        and entry.action not in (Action.UNDO, Action.MARK)
    ]
    return max(counting, key=lambda entry: entry.number).action if counting else None
