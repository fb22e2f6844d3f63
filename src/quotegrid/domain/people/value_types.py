"""Tells whether the values of an attribute are numbers, dates, an ordered list or text, and orders them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
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
    LIST = "ordered list"
    """Values whose order somebody gives: "low", "middle", "high"."""
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class AttributeType:
    """The type of an attribute."""

    kind: ValueType
    order: tuple[str, ...] = ()
    """The values of an ordered list, the lowest first."""


TEXT = AttributeType(ValueType.TEXT)


def stated_type(setting: str | Sequence[str] | None) -> AttributeType | None:
    """Return the type that the settings give to an attribute: a word, or the values in their order."""
    if setting is None:
        return None
    if isinstance(setting, str):
        return AttributeType(ValueType(setting))
    return AttributeType(ValueType.LIST, tuple(setting))


def type_of(values: Iterable[str]) -> AttributeType:
    """Return the type that all values have; text where they differ in type, or there are none."""
    known = {one_line(value) for value in values} - {""}
    if known and all(as_number(value) is not None for value in known):
        return AttributeType(ValueType.NUMBER)
    if known and all(as_date(value) is not None for value in known):
        return AttributeType(ValueType.DATE)
    return TEXT


def as_date(value: str) -> date | None:
    """Read a day or a month; return None for anything else."""
    for form in _FORMATS:
        try:
            return datetime.strptime(one_line(value), form).date()
        except ValueError:
            continue
    return None


def order_of(of_type: AttributeType) -> Callable[[str], tuple[int, float, str]]:
    """Return the key by which values of a type are sorted; what is not of the type comes last, as text."""
    places = {one_line(value).casefold(): place for place, value in enumerate(of_type.order)}

    def key(value: str) -> tuple[int, float, str]:
        folded = one_line(value).casefold()
        known: float | None = None
        if of_type.kind is ValueType.NUMBER:
            known = as_number(value)
        elif of_type.kind is ValueType.DATE:
            day = as_date(value)
            known = None if day is None else day.toordinal()
        else:
            known = places.get(folded)
        return (1, 0.0, folded) if known is None else (0, known, "")

    return key
