"""The grid of people by their values: what a cell shows, who lacks what, and the orders of the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quotegrid.domain.people.case_values import WHO
from quotegrid.domain.people.value_types import TEXT, AttributeType, order_of
from quotegrid.domain.text.normalise import name_key

NOT_KNOWN = "not known"


class RowOrder(StrEnum):
    """An order of the rows that is not that of a column."""

    LACKING = "who lacks the most"
    NAME = "name"
    PASSAGES = "who says the most"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A person in the grid."""

    guid: str
    """The GUID of the case."""
    name: str
    values: Mapping[str, tuple[str, ...]]
    """The values by field: one, or those of the interviews where they differ, an empty one where some
    interviews have none."""
    sources: tuple[str, ...] = ()
    """The sources in which the person speaks."""
    segments: int = 0
    """The number of passages that are the person's words."""

    def text(self, field: str) -> str:
        """Return what the cell of a field shows."""
        return "; ".join(value or NOT_KNOWN for value in self.values.get(field, ("",)))

    def lacks(self, field: str) -> bool:
        """Return whether a value is not known, or not of every interview."""
        return "" in self.values.get(field, ("",))

    def lacking(self, fields: Iterable[str]) -> list[str]:
        """Return the fields whose values are not known."""
        return [field for field in fields if self.lacks(field)]


def lacking_in_words(people: int) -> str:
    """Return in words how many people lack what says who they are, for a line that names people or cases."""
    return f"{people:,} {'lacks' if people == 1 else 'lack'} a group, a role or an area"


def fields_of(rows: Iterable[SheetRow], more: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the columns of the grid: group, role and area, then the attributes by name.

    Args:
        rows: The people.
        more: Attributes that are shown although nobody has them yet.
    """
    named = {field for row in rows for field in row.values}.union(more)
    return (*WHO, *sorted(named - set(WHO)))


def in_order(
    rows: Iterable[SheetRow],
    fields: Sequence[str],
    order: RowOrder | str,
    types: Mapping[str, AttributeType] | None = None,
) -> list[SheetRow]:
    """Return the rows in an order; whoever lacks the value of a column comes first in the order of that.

    Args:
        rows: The people.
        fields: The columns.
        order: An order, or a column.
        types: The types of the columns' values; text where nothing is said.
    """
    by_name = sorted(rows, key=lambda row: name_key(row.name))
    key: Callable[[SheetRow], object]
    if order is RowOrder.LACKING:
        key = lambda row: -len(row.lacking(fields))  # noqa: E731 - each order has a key of its own
    elif order is RowOrder.PASSAGES:
        key = lambda row: -row.segments  # noqa: E731 - as above
    elif order is RowOrder.NAME:
        return by_name
    else:
        of_value = order_of((types or {}).get(order, TEXT))
        key = lambda row: (not row.lacks(order), of_value(row.text(order)))  # noqa: E731 - as above
    return sorted(by_name, key=key)
