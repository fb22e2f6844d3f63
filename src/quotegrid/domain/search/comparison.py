"""Comparisons of values that are numbers or dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from quotegrid.domain.text.numbers import as_number

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_COMPARED = re.compile(r"(?P<sign>[<>]=?)(?P<bound>.+)", re.DOTALL)
_BETWEEN = ".."


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound of a comparison: a number, a date, or a year, which may be either."""

    number: float | None
    first: date | None
    """The first day of the date, which can be a month or a year; None for a number."""
    after: date | None
    """The day after its last one."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """An interval of numbers or dates, which contains its bounds unless it is strict."""

    lower: Bound | None
    upper: Bound | None
    is_strict: bool = False

    @property
    def is_of_numbers(self) -> bool:
        """Return whether all its bounds are numbers."""
        return all(bound is None or bound.number is not None for bound in (self.lower, self.upper))

    def fits(self, value: str | None) -> bool:
        """Return whether a value lies in the interval; one that is neither number nor date does not.

        A date that is a month or a year must lie in it with all its days.
        """
        bound = None if value is None else as_bound(value)
        if bound is None:
            return False
        return (self.lower is None or self._is_above(bound, self.lower)) and (
            self.upper is None or self._is_below(bound, self.upper)
        )

    def _is_above(self, value: Bound, lower: Bound) -> bool:
        if value.number is not None and lower.number is not None:
            return value.number > lower.number if self.is_strict else value.number >= lower.number
        if value.first is not None and lower.first is not None and lower.after is not None:
            return value.first >= (lower.after if self.is_strict else lower.first)
        return False

    def _is_below(self, value: Bound, upper: Bound) -> bool:
        if value.number is not None and upper.number is not None:
            return value.number < upper.number if self.is_strict else value.number <= upper.number
        if value.after is not None and upper.first is not None and upper.after is not None:
            return value.after <= (upper.first if self.is_strict else upper.after)
        return False


def as_bound(text: str) -> Bound | None:
    """Read a number or a date ("2025-03-01", "2025-03", "2025"); return None for anything else."""
    number = as_number(text)
    days = _days(text)
    if number is None and days is None:
        return None
    first, after = days or (None, None)
    return Bound(number, first, after)


def is_comparison(text: str) -> bool:
    """Return whether a value is written as a comparison: ">40", "<=3", "40..50", "..2025-03"."""
    return text.startswith(("<", ">")) or _BETWEEN in text


def read_comparison(text: str) -> Comparison | None:
    """Read a comparison; return None if it cannot be one.

    It needs a bound, and two bounds must be of one kind and in order.
    """
    compared = _COMPARED.fullmatch(text)
    if compared is not None:
        bound = as_bound(compared["bound"])
        if bound is None:
            return None
        is_strict = len(compared["sign"]) == 1
        if compared["sign"].startswith(">"):
            return Comparison(bound, None, is_strict)
        return Comparison(None, bound, is_strict)
    low, between, high = text.partition(_BETWEEN)
    lower, upper = as_bound(low), as_bound(high)
    if not between or (low and lower is None) or (high and upper is None) or not (lower or upper):
        return None
    if lower is not None and upper is not None and not _are_in_order(lower, upper):
        return None
    return Comparison(lower, upper)


def _are_in_order(lower: Bound, upper: Bound) -> bool:
    if lower.number is not None and upper.number is not None:
        return lower.number <= upper.number
    return lower.first is not None and upper.first is not None and lower.first <= upper.first


def _days(text: str) -> tuple[date, date] | None:
    """Return the first day of a date, and the day after its last; None if it is none."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day = (None if part is None else int(part) for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        if day is not None:
            return first, first + timedelta(days=1)
        if month is not None:
            return first, date(first.year + month // 12, month % 12 + 1, 1)
        return first, date(first.year + 1, 1, 1)
    except (ValueError, OverflowError):
        return None
