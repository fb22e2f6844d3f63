"""Reads a column, or a few, that are pasted from a spreadsheet into the grid of people."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from quotegrid.domain.people.differences import differences
from quotegrid.domain.people.missing_values import MissingValues
from quotegrid.domain.people.sheet import SheetRow
from quotegrid.domain.text.normalise import name_key, normalise, one_line
from quotegrid.errors import UsageError

_NOTHING = "Nothing was changed."


@dataclass(frozen=True, slots=True)
class PastedValues:
    """The values that a pasted text gives for people."""

    values: Mapping[str, Mapping[str, str]]
    """The values that change, by field, by the GUID of each person."""
    lines: Sequence[str]
    """The difference in words."""
    unused: Sequence[str]
    """The lines that are about nobody, in words."""


def read_pasted(
    text: str,
    rows: Sequence[SheetRow],
    names: Mapping[str, str],
    field: str,
    *,
    below: Collection[str],
    missing: MissingValues,
) -> PastedValues:
    """Read what was pasted.

    One value a line goes down from the cursor. With tabs, the first cell of a line says whose values follow;
    a first line that names nobody names the columns. What is empty or not known changes nothing.

    Args:
        text: The text.
        rows: All people.
        names: The GUIDs of the people by all their names, by `name_key`.
        field: The column under the cursor.
        below: The GUIDs of the people from the cursor on, in the order of the grid.
        missing: The words for what is not known.

    Raises:
        UsageError: If it cannot be told whose the values are, or two lines contradict each other.
    """
    # A terminal passes line ends on as carriage returns.
    reader = csv.reader(io.StringIO(normalise(text).rstrip("\n")), delimiter="\t")
    try:
        lines = [(reader.line_num, list(map(one_line, cells))) for cells in reader]
    except csv.Error as error:
        raise UsageError(
            f"line {reader.line_num} cannot be read: {error}.",
            todo=f"Copy the cells of a spreadsheet alone. {_NOTHING}",
        ) from error
    if not any(any(cells) for _, cells in lines):
        raise UsageError("there is nothing to paste.", todo="Copy a column of a spreadsheet first.")
    if max(len(cells) for _, cells in lines) > 1:
        told, unused = _by_name(lines, names, field)
    else:
        told, unused = _downwards(lines, below, field), []
    known = {row.guid: row for row in rows}
    changed: dict[str, dict[str, str]] = {}
    for guid, values in told.items():
        new = {
            name: value
            for name, value in values.items()
            if value not in missing and known[guid].values.get(name, ("",)) != (value,)
        }
        if new:
            changed[guid] = new
    before = {known[guid].name: _shown(known[guid], values) for guid, values in changed.items()}
    after = {known[guid].name: values for guid, values in changed.items()}
    return PastedValues(changed, differences(before, after), unused)


def _shown(row: SheetRow, fields: Collection[str]) -> dict[str, str]:
    return {field: row.text(field) for field in fields if any(row.values.get(field, ("",)))}


def _downwards(
    lines: Sequence[tuple[int, list[str]]], below: Collection[str], field: str
) -> dict[str, dict[str, str]]:
    if len(lines) > len(below):
        raise UsageError(
            f"{len(lines)} values were pasted, and there are {len(below)} people from the cursor on.",
            todo=f"Put the cursor higher, or copy the names beside the values. {_NOTHING}",
        )
    return {guid: {field: cells[0] if cells else ""} for guid, (_, cells) in zip(below, lines, strict=False)}


def _by_name(
    lines: Sequence[tuple[int, list[str]]], names: Mapping[str, str], field: str
) -> tuple[dict[str, dict[str, str]], list[str]]:
    first = lines[0][1]
    has_head = len(lines) > 1 and name_key(first[0]) not in names
    fields = [name.casefold().replace(" ", "_") for name in first[1:]] if has_head else [field]
    if len(set(fields)) < len(fields) or not all(fields):
        raise UsageError(
            "the first line names a column twice, or leaves a name empty.",
            todo=f"Give each column a name of its own. {_NOTHING}",
        )
    told: dict[str, dict[str, str]] = {}
    at: dict[tuple[str, str], int] = {}
    unused: list[str] = []
    for number, cells in lines[has_head:]:
        if not any(cells):
            continue
        if len(cells) - 1 > len(fields):
            raise UsageError(
                f"line {number} has {len(cells) - 1} values, and {len(fields)} columns are named.",
                todo=f"Copy the line that names the columns as well. {_NOTHING}",
            )
        guid = names.get(name_key(cells[0]))
        if guid is None:
            unused.append(f'line {number}: nobody is called "{cells[0]}"')
            continue
        for name, value in zip(fields, cells[1:], strict=False):
            before = told.setdefault(guid, {}).get(name)
            if value and before and name_key(before) != name_key(value):
                raise UsageError(
                    f'lines {at[guid, name]} and {number} say "{before}" and "{value}" for the {name} of '
                    f'"{cells[0]}".',
                    todo=f"Leave one of them out. {_NOTHING}",
                )
            if value:
                told[guid][name] = value
                at[guid, name] = number
    return told, unused
