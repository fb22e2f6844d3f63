"""In which order segments are reviewed, and which of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Which(StrEnum):
    """Which segments are walked through."""

    SUGGESTED = "suggested or coded"
    WAITING = "with a suggestion that waits"
    ALL = "all"
    DRAWN = "drawn at random for the audit"


class Order(StrEnum):
    """In which order they are walked through."""

    SOURCE = "by source"
    CODE = "by code"
    CERTAIN = "most certain first"
    UNCERTAIN = "least certain first"


@dataclass(frozen=True, slots=True)
class Walk:
    """What the review goes through, and how."""

    which: Which = Which.SUGGESTED
    order: Order = Order.SOURCE
    query: str = ""
    """In the language of quotes: only segments that fit it; empty for all."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The suggestions of one segment on which nobody has decided."""

    count: int
    code: int
    """The place in the codebook of the code that is suggested first."""
    score: float
    """The score of that suggestion, from 0 to 1."""


def arranged(
    segments: Sequence[int],
    walk: Walk,
    waiting: Mapping[int, Waiting],
    *,
    marked: Collection[int] = (),
    fitting: Collection[int] | None = None,
    drawn: Sequence[int] = (),
) -> list[int]:
    """The segments of a walk in its order; those of equal rank stay in the order of the sources.

    Orders other than that of the sources put last what has nothing to decide. What was drawn at random is
    walked through in the order in which it was drawn: as far as one comes, it is a random sample.

    Args:
        segments: All segments in the order of the sources.
        walk: Which are wanted, and how.
        waiting: What waits, by segment.
        marked: The segments that have a suggestion, decided or not, or a code.
        fitting: The segments that fit the walk's query; None where it has none.
        drawn: Those that were drawn at random, in their order.
    """
    if walk.which is Which.DRAWN:
        there = set(segments)
        return [one for one in drawn if one in there and (fitting is None or one in fitting)]
    wanted = [
        one
        for one in segments
        if (fitting is None or one in fitting)
        and (
            walk.which is Which.ALL
            or (walk.which is Which.WAITING and one in waiting)
            or (walk.which is Which.SUGGESTED and one in marked)
        )
    ]
    if walk.order is Order.SOURCE:
        return wanted
    first = [one for one in wanted if one in waiting]
    rest = [one for one in wanted if one not in waiting]
    if walk.order is Order.CODE:
        first.sort(key=lambda one: (waiting[one].code, -waiting[one].score))
    elif walk.order is Order.CERTAIN:
        first.sort(key=lambda one: -waiting[one].score)
    else:
        first.sort(key=lambda one: abs(waiting[one].score - 0.5))
    return first + rest
