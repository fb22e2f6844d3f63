"""Reads plan tables: how many people of which group, area or other attribute are to be interviewed."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from quotegrid.corpus.answers.rows import column_names, read_rows
from quotegrid.corpus.people.attributes import meaning_of
from quotegrid.corpus.readers.guard import guarded
from quotegrid.domain.matrix.coverage import Planned
from quotegrid.domain.text.normalise import one_line
from quotegrid.errors import ReadError

PLAN_SUFFIXES = (".csv", ".tsv", ".xlsx")
NUMBER_COLUMNS = frozenset(
    "planned plan target to_interview to_be_interviewed planned_interviews interviews_planned".split()
)
_WHO = frozenset({"group", "area", "role"})
_ABOUT_SOMEBODY = frozenset({"source", "speaker"})


def is_plan_file(path: Path, attributes: Collection[str]) -> bool:
    """Return whether a table's columns are those of a plan and cannot be those of an attributes table.

    Args:
        path: The table.
        attributes: The study's own attributes; a plan may use these, and group, area and role.
    """
    if path.suffix.lower() not in PLAN_SUFFIXES:
        return False
    columns = [meaning_of(name) for name in column_names(path)]
    others = set(columns) - NUMBER_COLUMNS
    if sum(name in NUMBER_COLUMNS for name in columns) != 1 or not others <= _WHO.union(attributes):
        return False
    return "group" in others or others == {"area"} or (bool(others) and "area" not in others)


def read_plan(path: Path) -> tuple[Planned, ...]:
    """Read a plan: one column gives the number planned, the others say which cases it is for.

    Raises:
        ReadError: If the file is not a table, does not have exactly one column of numbers, leaves a cell
            empty, or gives the same values twice.
    """
    with guarded(path):
        return _read_plan(path)


def _read_plan(path: Path) -> tuple[Planned, ...]:
    table = read_rows(path)
    columns, rows = table.names, table.rows
    for name in table.doubled:
        raise ReadError(f'there are two columns "{name}".', file=path, line=1, todo="Leave one of them out.")
    meanings = {name: meaning_of(name) for name in columns}
    numbers = [name for name in columns if meanings[name] in NUMBER_COLUMNS]
    others = [name for name in columns if name not in numbers]
    if len(numbers) != 1:
        said = "no column says" if not numbers else "more than one column says"
        raise ReadError(
            f"{said} how many are to be interviewed.", file=path, line=1, todo="Call one of them planned."
        )
    if not others or _ABOUT_SOMEBODY & {meanings[name] for name in others}:
        raise ReadError(
            "a plan says how many of which group, area or other attribute are to be interviewed.",
            file=path,
            line=1,
            todo="Give it the columns group, area and planned.",
        )
    for name in others:
        if [meanings[other] for other in others].count(meanings[name]) > 1:
            raise ReadError(f'there are two columns for "{meanings[name]}".', file=path, line=1)
    lines: dict[tuple[str, ...], Planned] = {}
    for row in rows:
        values = {meanings[name]: one_line(row.cells.get(name, "")) for name in others}
        for name, value in values.items():
            if not value:
                raise ReadError(f"this row does not say which {name}.", file=path, line=row.line)
        number = one_line(row.cells.get(numbers[0], ""))
        if not (number.isascii() and number.isdigit()):
            raise ReadError(
                f'"{number}" is not a number of people to interview.',
                file=path,
                line=row.line,
                todo="Write a whole number, 0 for nobody.",
            )
        key = tuple(value.casefold() for value in values.values())
        if key in lines:
            raise ReadError(f"the same values are on line {lines[key].line}.", file=path, line=row.line)
        lines[key] = Planned(values, int(number), path.name, row.line)
    if not lines:
        raise ReadError("this plan is empty.", file=path, todo="Leave it out of the import.")
    return tuple(lines.values())
