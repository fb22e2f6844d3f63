"""The division of quotes into the columns of a matrix."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from quotegrid.domain.matrix.bands import Bands
from quotegrid.domain.matrix.bases import HeardQuotes, values_of
from quotegrid.domain.matrix.labels import NOT_KNOWN, joined_label, numbered, told_apart

_NAMES = frozenset({"case", "source"})
"""Attributes whose values are names, of which no two stand for the same."""


@dataclass(frozen=True, slots=True)
class Division:
    """The columns, and the column of each speaker."""

    names: tuple[str, ...]
    paths: tuple[tuple[str, ...], ...]
    column_of: Sequence[int]


def divided(
    heard: HeardQuotes,
    attributes: Sequence[str],
    column_order: Sequence[str] | Mapping[str, Sequence[str]],
    planned: Collection[tuple[str, ...]] = (),
    bands: Mapping[str, Bands] = MappingProxyType({}),
    gathered: Mapping[str, str] = MappingProxyType({}),
) -> Division:
    """Put each speaker into a column; a value that nobody knows is `NOT_KNOWN` and comes last.

    Values that differ in case alone are one, in the spelling that the order has, or else most speakers.
    The arguments are those of `domain.matrix.build_matrix`.
    """
    orders = []
    for attribute in attributes:
        if attribute in bands:
            order: Sequence[str] = bands[attribute].labels
        elif isinstance(column_order, Mapping):
            order = column_order.get(attribute, ())
        else:
            order = column_order
        orders.append(list(order))

    @cache
    def path_of(values: tuple[str | None, ...]) -> tuple[str, ...]:
        in_bands = (
            bands[name].of(value) if name in bands else value
            for name, value in zip(attributes, values, strict=True)
        )
        path = tuple(told_apart(value) if value else NOT_KNOWN for value in in_bands)
        label = gathered.get(joined_label(path))
        return path if label is None else (label, *[""] * (len(path) - 1))

    def place(path: tuple[str, ...]) -> list[tuple[bool, bool, float, str]]:
        return [
            (value == NOT_KNOWN, value in together, order.get(value, math.inf), value.casefold())
            for value, order in zip(path, places, strict=True)
        ]

    places = [{told_apart(value): place for place, value in enumerate(order)} for order in orders]
    together = set(gathered.values())
    values = [
        _spelt_alike(values_of(heard.speakers, name), order)
        if name not in _NAMES
        else values_of(heard.speakers, name)
        for name, order in zip(attributes, orders, strict=True)
    ]
    of_speaker = [path_of(of_one) for of_one in zip(*values, strict=True)]
    present = {path for number, path in enumerate(of_speaker) if number in heard.heard_speakers}
    spoken = {joined_label(path).casefold() for path in present} | {name.casefold() for name in gathered}
    wanted = {tuple(told_apart(value) for value in path) for path in planned}
    silent = {path for path in wanted if joined_label(path).casefold() not in spoken}
    paths = sorted(present | silent, key=place)
    number_of = {path: number for number, path in enumerate(paths)}
    return Division(
        names=numbered(joined_label(path) for path in paths),
        paths=tuple(paths),
        column_of=[number_of.get(path, -1) for path in of_speaker],
    )


def _spelt_alike(values: Sequence[str | None], order: Collection[str]) -> list[str | None]:
    spellings: dict[str, Counter[str]] = {}
    for value, times in Counter(values).items():
        if value is not None:
            spellings.setdefault(value.casefold(), Counter())[value] = times
    known = {value.casefold(): value for value in order}
    standard = {
        folded: known.get(folded) or min(found, key=lambda value: (-found[value], value))
        for folded, found in spellings.items()
    }
    return [None if value is None else standard[value.casefold()] for value in values]
