"""Passages that stand near others, or before them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple


class Relation(StrEnum):
    """The relation of a passage to another one."""

    NEAR = "near"
    """Both stand in the same scope."""
    BEFORE = "before"
    """The first ends where the second begins, or earlier, in the same source and scope."""


class Scope(StrEnum):
    """The stretch in which both passages stand."""

    PASSAGE = "passage"
    """The same words: one passage, or two that overlap, as when one was cut out of the other."""
    TURN = "turn"
    """One turn; a report's quote, which has none, is one with what overlaps it."""
    SOURCE = "source"
    CASE = "case"
    """All that one case says, in any source."""


class PassagePlace(NamedTuple):
    """The place of a passage; offsets in its source, end exclusive."""

    segment: int
    source: int
    turn: int | None
    case: int | None
    start: int
    end: int


def related(
    passages: Collection[PassagePlace],
    others: Collection[PassagePlace],
    relation: Relation,
    scope: Scope,
) -> list[int]:
    """Return the passages that stand in a relation to any of some others, by their segments' numbers.

    A passage that is among the others is near itself. The time grows with n log n.
    """
    if relation is Relation.BEFORE:
        return _before(passages, others, scope)
    if scope is Scope.PASSAGE:
        return _overlapping(passages, others)
    if scope is Scope.TURN:
        turns = {other.turn for other in others} - {None}
        without = [passage for passage in passages if passage.turn not in turns]
        found = [passage.segment for passage in passages if passage.turn in turns]
        return found + _overlapping(without, others)
    if scope is Scope.SOURCE:
        sources = {other.source for other in others}
        return [passage.segment for passage in passages if passage.source in sources]
    cases = {other.case for other in others} - {None}
    return [passage.segment for passage in passages if passage.case in cases]


def _before(passages: Collection[PassagePlace], others: Collection[PassagePlace], scope: Scope) -> list[int]:
    last: dict[tuple[int, int | None], int] = {}
    for other in others:
        key = _key(other, scope)
        if key is not None:
            last[key] = max(last.get(key, -1), other.start)
    return [
        passage.segment
        for passage in passages
        if (key := _key(passage, scope)) is not None and passage.end <= last.get(key, -1)
    ]


def _key(place: PassagePlace, scope: Scope) -> tuple[int, int | None] | None:
    """Return what two passages of a scope share; None for one that stands in no such scope."""
    if scope is Scope.SOURCE:
        return place.source, None
    within = place.turn if scope is Scope.TURN else place.case
    return None if within is None else (place.source, within)


def _overlapping(passages: Collection[PassagePlace], others: Collection[PassagePlace]) -> list[int]:
    ranges: dict[int, list[tuple[int, int]]] = {}
    for other in others:
        ranges.setdefault(other.source, []).append((other.start, other.end))
    starts: dict[int, list[int]] = {}
    reach: dict[int, list[int]] = {}
    """The furthest end of all ranges up to each one."""
    for source, of_source in ranges.items():
        of_source.sort()
        starts[source] = [start for start, _ in of_source]
        reach[source] = list(accumulate((end for _, end in of_source), max))
    found = []
    for passage in passages:
        before = bisect_left(starts.get(passage.source, []), passage.end)
        if before and reach[passage.source][before - 1] > passage.start:
            found.append(passage.segment)
    return found
