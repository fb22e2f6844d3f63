"""The published tables of a study: which people and passages each published number counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

EVERYBODY = -1
"""The column of a row's total."""


@dataclass(frozen=True, slots=True, order=True)
class RowKey:
    """The identity of a row in any table: the codes that are counted, and the part of their codings."""

    codes: tuple[str, ...]
    """Without case, in order."""
    part: str = ""
    """A stance, or another name of the part; empty where every coding counts."""

    def is_within(self, other: RowKey) -> bool:
        """Return whether whatever this row counts is counted by the other one too."""
        if self == other or other.part:
            return self == other
        return set(self.codes) <= set(other.codes)


@dataclass(frozen=True, slots=True)
class PublishedNumber:
    """A number of a published table, told or withheld."""

    row: RowKey
    column: int
    """The column's number, or `EVERYBODY`."""
    is_told: bool
    tells_cases: bool = True
    """Whether it tells cases and passages; else passages alone, as a list of quotes does."""


@dataclass(frozen=True)
class PublishedTable:
    """A table as it was published, with the people and passages behind its numbers."""

    cases: Mapping[int, str | None]
    """The case of every passage heard at the time, by the passage's number."""
    columns: Mapping[int, int]
    """The column of each passage among those that the table is about."""
    coded: Mapping[str, frozenset[int]]
    """The passages that each code counts for, by its name without case."""
    numbers: Sequence[PublishedNumber]
    parts: Mapping[RowKey, frozenset[int]] = field(default_factory=dict)
    """The passages of the rows that count a part of their codes' codings."""
    shown: Mapping[int, frozenset[str]] = field(default_factory=dict)
    """For each quote that was shown, the cases among whom its attribution and place leave its speaker."""
    publication: int | None = None
    """The number of its publication; None before it is published."""

    def passages(self, row: RowKey) -> frozenset[int]:
        """Return the passages that a row counts in any column."""
        if row.part:
            return self.parts.get(row, frozenset())
        return frozenset().union(*(self.coded.get(code, ()) for code in row.codes))
