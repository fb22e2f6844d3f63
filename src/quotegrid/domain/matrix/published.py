"""The published tables of a study: which people and passages each published number counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

EVERYBODY = -1
"""The column of a row's total."""
WITHIN_CASE = "case"
"""The part of a pair whose codes stand anywhere in what one case says."""


@dataclass(frozen=True, slots=True, order=True)
class RowKey:
    """The identity of a row in any table: the codes that are counted, and the part of their codings."""

    codes: tuple[str, ...]
    """Without case, in order."""
    part: str = ""
    """A stance, or another name of the part; empty where every coding counts. The unit of a pair."""
    other: tuple[str, ...] = ()
    """The codes that must stand together with the first ones, in a pair of codes."""

    @classmethod
    def of_pair(cls, first: Iterable[str], second: Iterable[str], unit: str) -> RowKey:
        """Return the identity of a pair of rows, whichever is named first.

        Args:
            first: The codes of one row, without case.
            second: Those of the other.
            unit: The unit within which both stand.
        """
        codes, other = sorted((tuple(sorted(first)), tuple(sorted(second))))
        return cls(codes, unit, other)

    def is_within(self, other: RowKey) -> bool:
        """Return whether whoever this row counts is counted by the other one too."""
        if self == other or other.part:
            return self == other
        return set(self.codes) <= set(other.codes) or bool(self.other and set(self.other) <= set(other.codes))


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
    """The passages of the rows that count a part of their codes' codings, and of pairs."""
    shown: Mapping[int, frozenset[str]] = field(default_factory=dict)
    """For each quote that was shown, the cases among whom its attribution and place leave its speaker."""
    publication: int | None = None
    """The number of its publication; None before it is published."""

    def passages(self, row: RowKey) -> frozenset[int]:
        """Return the passages that a row counts in any column."""
        if row.part:
            return self.parts.get(row, frozenset())
        return frozenset().union(*(self.coded.get(code, ()) for code in row.codes))
