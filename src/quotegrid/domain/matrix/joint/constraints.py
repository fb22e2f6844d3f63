"""The unknowns of an outsider, and the constraints by which published tables bound them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations

from quotegrid.domain.matrix.published import RowKey

Terms = dict[int, int]
"""Coefficients by the number of the unknown."""
Places = frozenset[int]
"""Numbers of places: what all tables put into the same columns is one place."""
Pattern = tuple[Places, ...]
"""The places in which a person is counted, at each state of the codings."""
_MOST_PLACES = 4
NOT_SHOWN = -1


@dataclass(frozen=True, slots=True)
class Constraint:
    """A sum of unknowns that lies between two numbers."""

    terms: Terms
    low: float = -math.inf
    high: float = math.inf


@dataclass(frozen=True, slots=True)
class IntegerModel:
    """Unknown whole numbers from 0 to an upper bound each, and constraints on their sums."""

    upper: Sequence[int]
    constraints: Sequence[Constraint]


@dataclass(frozen=True, slots=True)
class Target:
    """A count that must keep two values or more."""

    row: RowKey
    places: Places
    terms: Terms
    truth: int


@dataclass
class RowUnknowns:
    """The unknowns of a row."""

    views: list[frozenset[int]]
    """The passages that it counts, at each state of the codings."""
    view_of: list[int]
    """The state that each table shows; `NOT_SHOWN` of a table that says nothing of a pair."""
    people: list[tuple[int, Places, Pattern]] = field(default_factory=list)
    """The unknowns that count people: number, the kind of people, and where they are counted."""
    passages: list[tuple[int, int, tuple[bool, ...]]] = field(default_factory=list)
    """The unknowns that count passages: number, place, and whether they are counted at each state."""


@dataclass(frozen=True, slots=True)
class PairUnknowns:
    """A pair of rows at one state of the codings."""

    row: RowKey
    both: tuple[RowUnknowns, int]
    """The unknowns of the pair, and the state."""
    of: tuple[RowKey, RowKey]
    sides: tuple[tuple[RowUnknowns, int], tuple[RowUnknowns, int]]
    """The unknowns of each of the two rows, and its state."""
    tables: frozenset[int]
    """The tables at which the codings are in this state, whether or not they tell of the pair."""


def choices_among(kind: Places) -> Iterable[Places]:
    """Return the non-empty choices among places; of many only those of one place, and all of them."""
    ordered = sorted(kind)
    if len(ordered) > _MOST_PLACES:
        return [*(frozenset({place}) for place in ordered), kind]
    sizes = range(1, len(ordered) + 1)
    return map(frozenset, chain.from_iterable(combinations(ordered, size) for size in sizes))


def difference(one: Mapping[int, int], other: Mapping[int, int]) -> Terms:
    """Return the terms of one sum less those of another."""
    return {unknown: one.get(unknown, 0) - other.get(unknown, 0) for unknown in {**one, **other}}


def added_up(terms: Iterable[Mapping[int, int]]) -> Terms:
    """Return the terms of several sums together."""
    total: Counter[int] = Counter()
    for one_sum in terms:
        total.update(one_sum)
    return dict(total)


def spoken_in(row: RowKey, speaking: Iterable[tuple[Places, RowKey]]) -> Places:
    """Return the places of which all are counted by a row."""
    return frozenset().union(*(places for places, other in speaking if other.is_within(row)))
