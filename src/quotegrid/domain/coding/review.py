"""The choice of segments to review, and their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class WalkScope(StrEnum):
    """The segments to walk through."""

    SUGGESTED = "suggested or coded"
    WAITING = "with a suggestion that waits"
    ALL = "all"
    DRAWN = "drawn at random for the audit"


class Order(StrEnum):
    """The order in which segments are walked through."""

    SOURCE = "by source"
    CODE = "by code"
    CERTAIN = "most certain first"
    UNCERTAIN = "least certain first"
    SPREAD = "least certain first, spread over sources and codes"
    MATRIX = "what would change the matrix most"


@dataclass(frozen=True, slots=True)
class Walk:
    """The choice and order of the segments in a review."""

    which: WalkScope = WalkScope.SUGGESTED
    order: Order = Order.SOURCE
    query: str = ""
    """A query that segments must match; empty for all."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The undecided suggestions of one segment."""

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
    source_of: Mapping[int, int] | None = None,
    gains: Mapping[int, float] | None = None,
) -> list[int]:
    """Return the segments of a walk in its order; those of equal rank stay in the order of the sources.

    Orders other than that of the sources put segments with nothing to decide last. A random sample is
    walked through in the order in which it was drawn: as far as one comes, it is a random sample.

    Args:
        segments: All segments in the order of the sources.
        walk: The choice and the order.
        waiting: The undecided suggestions, by segment.
        marked: The segments that have a suggestion, decided or not, or a code.
        fitting: The segments that match the walk's query; None where it has none.
        drawn: The segments that were drawn at random, in their order.
        source_of: The number of each segment's source, for the order that is spread over them.
        gains: What each segment may change in the matrix, for that order (`matrix_gains`).
    """
    if walk.which is WalkScope.DRAWN:
        there = set(segments)
        return [segment for segment in drawn if segment in there and (fitting is None or segment in fitting)]
    wanted = [
        segment
        for segment in segments
        if (fitting is None or segment in fitting)
        and (
            walk.which is WalkScope.ALL
            or (walk.which is WalkScope.WAITING and segment in waiting)
            or (walk.which is WalkScope.SUGGESTED and segment in marked)
        )
    ]
    if walk.order is Order.SOURCE:
        return wanted
    first = [segment for segment in wanted if segment in waiting]
    rest = [segment for segment in wanted if segment not in waiting]
    if walk.order is Order.CODE:
        first.sort(key=lambda segment: (waiting[segment].code, -waiting[segment].score))
    elif walk.order is Order.CERTAIN:
        first.sort(key=lambda segment: -waiting[segment].score)
    elif walk.order is Order.MATRIX:
        first.sort(key=lambda segment: -(gains or {}).get(segment, 0.0))
    else:
        first.sort(key=lambda segment: _doubt(waiting[segment]))
        if walk.order is Order.SPREAD:
            first = _spread(first, waiting, source_of or {})
    return first + rest


def _doubt(waiting: Waiting) -> float:
    """Return the distance of the best score from even chances."""
    return abs(waiting.score - 0.5)


def _spread(
    segments: Sequence[int], waiting: Mapping[int, Waiting], source_of: Mapping[int, int]
) -> list[int]:
    """Return the segments in an order in which sources and codes take turns."""
    of_source: Counter[int] = Counter()
    of_code: Counter[int] = Counter()
    turn = {}
    for segment in segments:
        source, code = source_of.get(segment, 0), waiting[segment].code
        turn[segment] = of_source[source] + of_code[code]
        of_source[source] += 1
        of_code[code] += 1
    return sorted(segments, key=lambda segment: turn[segment])


@dataclass(frozen=True, slots=True)
class Pending:
    """An undecided suggestion, with the case and group that it would count for."""

    segment: int
    code: int
    score: float
    case: int | None
    """The speaker; None where a report does not name one, and then it counts for no case."""
    group: str | None


def matrix_gains(
    pending: Iterable[Pending], standing: Collection[tuple[int, int]], cases: Mapping[str | None, int]
) -> dict[int, float]:
    """Return how much each segment is expected to change the shares of cases in a matrix of codes by groups.

    A suggestion that is accepted adds a case to a cell where the code does not stand on another segment of
    that case: the chance that it is accepted, over the cases of the group. Of several suggestions of a code
    for a case the likeliest counts first, and the next only as far as that may be rejected.

    Args:
        pending: All undecided suggestions.
        standing: Case and code of every coding.
        cases: How many cases were heard of each group.
    """
    gains: dict[int, float] = {}
    left: dict[tuple[int, int], float] = {}
    for suggestion in sorted(pending, key=lambda each: -each.score):
        gains.setdefault(suggestion.segment, 0.0)
        if suggestion.case is None or (suggestion.case, suggestion.code) in standing:
            continue
        chance = left.get((suggestion.case, suggestion.code), 1.0)
        gains[suggestion.segment] += chance * suggestion.score / max(cases.get(suggestion.group, 1), 1)
        left[suggestion.case, suggestion.code] = chance * (1 - suggestion.score)
    return gains
