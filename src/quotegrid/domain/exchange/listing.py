"""The columns of a listing, each declared once: as a field of a frozen dataclass, made by `column`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from enum import Enum
from functools import cache
from typing import Any, cast

Record = dict[str, Any]
"""One row of a listing: the value of each field by its name."""

_KEY = "column"
_SHORTEST = 60
_PLAIN = frozenset({str, int, float, bool, type(None)})


@dataclass(frozen=True, slots=True)
class Column:
    """The declaration of one field of a listing: its meaning, and how it is printed."""

    help: str
    """The meaning of the field, in Markdown, for docs/fields.md."""
    name: str = ""
    """The field's: the key in JSON, the heading in CSV and Markdown."""
    place: int | None = None
    """Its place among the columns of the terminal's table; None where it has none there."""
    heading: str = ""
    """The heading in the terminal's table; the name without one."""
    cell: Callable[[Record], str] | None = None
    """Tells what stands in the terminal's table, by the whole row; None for the value as it is."""
    longest: int = _SHORTEST
    """The most characters that the terminal's table shows of the value; 0 for all."""
    flat: Callable[[Any], Any] | None = None
    """Tells what stands in CSV and Markdown, by the value; None for the value as it is."""
    is_in_csv: bool = True
    """Whether it is a column of CSV and Markdown too; every field is in JSON."""
    layout: Mapping[str, Any] = field(default_factory=dict)
    """The layout of the column in the terminal's table: options of a column of `rich`."""


def column(help: str, *, default: Any = MISSING, **how: Any) -> Any:
    """Return a field of a listing's dataclass.

    Args:
        help: What it means.
        default: The field's default.
        **how: The other fields of `Column`.
    """
    return field(default=default, metadata={_KEY: Column(help, **how)})


def columns_of(listing: type[Any]) -> tuple[Column, ...]:
    """Return the columns of a listing; fields that `column` did not make are none."""
    return _columns_of(cast("Hashable", listing))


@cache
def _columns_of(listing: Any) -> tuple[Column, ...]:
    return tuple(
        replace(column.metadata[_KEY], name=column.name)
        for column in fields(listing)
        if _KEY in column.metadata
    )


def csv_fields(listing: type[Any]) -> tuple[str, ...]:
    """Return the names of the columns that a listing has in CSV."""
    return tuple(column.name for column in columns_of(listing) if column.is_in_csv)


def as_record(row: Any) -> Record:
    """Return a row of a listing as a record that goes into JSON; a record stays as it is."""
    if isinstance(row, dict):
        return row
    names = [column.name for column in columns_of(type(row)) or fields(row)]
    return {name: _plain(getattr(row, name)) for name in names}


def record_of(listing: type[Any], thing: object, **values: Any) -> Record:
    """Return the record of a thing: its attributes with the names of a listing's columns.

    Args:
        listing: The listing's dataclass.
        thing: What is listed.
        **values: What stands in columns for which the thing has no such attribute.
    """
    names = [column.name for column in columns_of(listing) if column.name not in values]
    return as_record(listing(**{name: getattr(thing, name) for name in names}, **values))


def moment(record: Record) -> str:
    """Return when something was done, to the second, as it stands in a table."""
    return str(record["at"][:19].replace("T", " "))


def _plain(value: Any) -> Any:
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return as_record(value) if is_dataclass(value) else value
