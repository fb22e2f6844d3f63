"""The numbers of an export, so that they can be compared with those of another day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Value = str | int | float | None
Figure = tuple[str, str, Value]
"""The names of a row and a column, and the value where they meet."""
NOT_THERE = "(not there)"


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that is another one than it was; `NOT_THERE` where its row or column is missing."""

    row: str
    column: str
    then: Value
    now: Value


def differences(then: Sequence[Figure], now: Sequence[Figure]) -> list[Difference]:
    """Every number that changed, came or went: in the order of before, then what is new.

    Where a row and a column meet several times, the first is compared with the first, and so on.
    """
    before, after = _by_place(then), _by_place(now)
    return [
        Difference(row, column, old, new)
        for row, column, number in dict.fromkeys([*before, *after])
        if (old := before.get((row, column, number), NOT_THERE))
        != (new := after.get((row, column, number), NOT_THERE))
    ]


def _by_place(figures: Sequence[Figure]) -> dict[tuple[str, str, int], Value]:
    found: dict[tuple[str, str, int], Value] = {}
    seen: dict[tuple[str, str], int] = {}
    for row, column, value in figures:
        number = seen.get((row, column), 0)
        seen[row, column] = number + 1
        found[row, column, number] = value
    return found
