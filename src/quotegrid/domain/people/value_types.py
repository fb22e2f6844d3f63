"""Tells whether the values of an attribute are numbers, dates or text, and orders them accordingly."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from enum import StrEnum

from quotegrid.domain.text.normalise import one_line
from quotegrid.domain.text.numbers import as_number

_FORMATS = ("%Y-%m-%d", "%Y-%m", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%B %Y")
"""Ways of writing a date. Where day and month could be swapped, the day comes first, as in Britain."""


class ValueType(StrEnum):
    """A type of an attribute's values."""

    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


def type_of(values: Iterable[str]) -> ValueType:
    """Return the type that all values have; text where they differ in type, or there are none."""
    known = {one_line(value) for value in values} - {""}
    if known and all(as_number(value) is not None for value in known):
        return ValueType.NUMBER
    if known and all(as_date(value) is not None for value in known):
        return ValueType.DATE
    return ValueType.TEXT


def as_date(value: str) -> date | None:
    """Read a day or a month; return None for anything else."""
    for form in _FORMATS:
        try:
            return datetime.strptime(one_line(value), form).date()
        except ValueError:
            continue
    return None


def order_of(kind: ValueType) -> Callable[[str], tuple[int, float, str]]:
    """Return the key by which values of a type are sorted; what is not of the type comes last, as text."""

    def key(value: str) -> tuple[int, float, str]:
        number = as_number(value) if kind is ValueType.NUMBER else None
        if number is not None:
            return 0, number, ""
        day = as_date(value) if kind is ValueType.DATE else None
        return (0, day.toordinal(), "") if day is not None else (1, 0.0, one_line(value).casefold())

    return key
