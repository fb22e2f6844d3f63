"""The division of quotes into the columns of a matrix."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from quotegrid.domain.matrix.bands import Bands
from quotegrid.domain.matrix.bases import HeardQuotes, values_of

NOT_KNOWN = "not known"
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
    planned: Collection[tuple[str, ...]],
    bands: Mapping[str, Bands],
    gathered: Mapping[str, str],
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
        orders.append({value: place for place, value in enumerate(order)})

    @cache
    def path_of(values: tuple[str | None, ...]) -> tuple[str, ...]:
        in_bands = (
            bands[name].of(value) if name in bands else value
            for name, value in zip(attributes, values, strict=True)
        )
        path = tuple(value or NOT_KNOWN for value in in_bands)
        label = gathered.get(label_of(path))
        return path if label is None else (label, *[""] * (len(path) - 1))

    def place(path: tuple[str, ...]) -> list[tuple[bool, bool, float, str]]:
        return [
            (value == NOT_KNOWN, value in together, order.get(value, math.inf), value.casefold())
            for value, order in zip(path, orders, strict=True)
        ]

    together = set(gathered.values())
    heard_speakers = set(heard.speaker_of.values())
    values = [
        _spelt_alike(values_of(heard.speakers, name), order)
        if name not in _NAMES
        else values_of(heard.speakers, name)
        for name, order in zip(attributes, orders, strict=True)
    ]
    of_speaker = [path_of(of_one) for of_one in zip(*values, strict=True)]
    present = {path for number, path in enumerate(of_speaker) if number in heard_speakers}
    spoken = {label_of(path).casefold() for path in present} | {name.casefold() for name in gathered}
    silent = {path for path in planned if label_of(path).casefold() not in spoken}
    paths = sorted(present | silent, key=place)
    number_of = {path: number for number, path in enumerate(paths)}
    return Division(
        names=tuple(label_of(path) for path in paths),
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


def label_of(path: Sequence[str]) -> str:
    """Return a column's name: its values, the outer one first."""
    return " / ".join(value for value in path if value)
