"""The lines above and below the grid: who is there, and where the value under the cursor comes from."""

from __future__ import annotations

from textual.content import Content

from quotegrid.domain.people.sheet import NOT_KNOWN, RowOrder, SheetRow, lacking_in_words
from quotegrid.domain.people.value_types import AttributeType, ValueType
from quotegrid.domain.text.normalise import counted, shortened
from quotegrid.tui.look import plain
from quotegrid.tui.people.table import head_of
from quotegrid.workflows.people.show_case import Provenance

_PLACES = 60
_IN_WORDS = {"attribution": "beside the speaker's label"}
"""The origins whose names do not say where a value stands."""


def place_of(people: int, lacking: int, order: RowOrder | str, marked: int, near: int) -> str:
    """Return how many people there are, how many lack who they are, and in which order they stand.

    Args:
        people: How many there are.
        lacking: How many of them lack a group, a role or an area.
        order: The order, or the column by which they are sorted.
        marked: How many are marked.
        near: How many pairs may be one person.
    """
    parts = [
        "1 person" if people == 1 else f"{people:,} people",
        lacking_in_words(lacking),
    ]
    if order is not RowOrder.LACKING:
        parts.append(f"by {order.value if isinstance(order, RowOrder) else head_of(order)}")
    if marked:
        parts.append(f"✓ {marked:,} marked")
    if near:
        parts.append(f"≈ {near:,} perhaps twice: d")
    return "   ".join(parts)


def about_person(row: SheetRow, told: Provenance | None, field: str, of_type: AttributeType) -> Content:
    """Return who somebody is, and where the value of a field comes from.

    Args:
        row: The person.
        told: Where the values come from; None while it is being read.
        field: The field.
        of_type: The type of its values.
    """
    who = f"{row.name}   {counted(row.segments, 'passage')}"
    if row.sources:
        who += f" in {shortened(', '.join(row.sources), _PLACES)}"
    if told is not None and told.other_names:
        who += f"   also {shortened(', '.join(told.other_names), _PLACES)}"
    lines = [plain(who).stylize("bold")]
    if told is not None:
        lines += [plain(line) for line in _origins(told, field, of_type.kind)]
    return Content("\n").join(lines)


def _origins(told: Provenance, field: str, kind: ValueType) -> list[str]:
    head = head_of(field)
    of_type = "" if kind is ValueType.TEXT else f" ({kind.value})"
    lines = [
        f"{head}{of_type}: {value}, of the source {source}"
        for name, value, source in told.of_sources
        if name == field
    ]
    for value in told.values:
        if value.field == field:
            said_by = value.said_by
            for origin, words in _IN_WORDS.items():
                said_by = said_by.replace(origin, words, 1) if said_by.startswith(origin) else said_by
            counts = "" if value.stands else "; does not count"
            lines.append(f"{head}{of_type}: {value.value}, {said_by}{counts}")
    return lines or [f"{head}{of_type}: {NOT_KNOWN}"]
