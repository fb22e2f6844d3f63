"""Reads tables of any format as named columns and rows, however their first lines stand."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from quotegrid.corpus.answers.columns import (
    QUALTRICS,
    QUALTRICS_CASE,
    Row,
    Table,
    added_by_service,
    guess_columns,
)
from quotegrid.corpus.answers.delimited import delimited_lines
from quotegrid.corpus.answers.workbook import SheetRow, other_sheets, plain_value, sheet_rows
from quotegrid.corpus.readers.guard import guarded
from quotegrid.corpus.readers.plain import decode
from quotegrid.corpus.text.limits import Limit
from quotegrid.corpus.transcripts.columns.times import clock_time
from quotegrid.corpus.transcripts.columns.turn_columns import columns_of_names, find_turn_columns
from quotegrid.domain.sources.model import ReadWarning, WarningKind
from quotegrid.domain.text.normalise import counted, normalise, one_line, shortened
from quotegrid.domain.text.repairs import Repair, replace_halves
from quotegrid.errors import ReadError

_HEAD = 5
"""The number of lines among which the one that names the columns is looked for."""
_SAMPLE = 400
"""The number of rows that show what a table is."""


def read_rows(path: Path, told: Collection[str] = ()) -> Table:
    """Return the names of a table's columns and its rows that are not empty.

    Lines above the one that names the columns, and the lines of a Qualtrics export that repeat the questions
    and their numbers, are not counted as rows. A table of turns may have no names; its columns are numbered.

    Args:
        path: The table.
        told: Names of columns that the user gives, which must be those of the table's first line.

    Raises:
        ReadError: If the file is not a table, or has rows longer than its first line.
    """
    with guarded(path):
        return _table(path, table_lines(path), is_whole=True, told=told)


def sample_rows(path: Path) -> Table | None:
    """Return a table with its first rows only, or None if it cannot be read."""
    try:
        with guarded(path):
            return _table(path, islice(table_lines(path), _SAMPLE), is_whole=False)
    except ReadError:
        return None


def column_names(path: Path) -> list[str]:
    """Return the names of a table's columns without reading its rows; empty if the file is not a table."""
    first: list[SheetRow] = []
    try:
        with guarded(path):
            for row in table_lines(path):
                first += [row] if any(map(str.strip, row.cells)) else []
                if len(first) == _HEAD:
                    break
    except ReadError:
        # What stands above a line that cannot be read names the columns all the same.
        pass
    if not first:
        return []
    return [name for name in _named(first[_head(first)].cells) if name]


def records_named(path: Path, fits: Callable[[Sequence[str]], bool]) -> bool:
    """Return whether the names of an object of a JSON Lines file fit, reading only as much as needed."""
    try:
        with guarded(path):
            return any(fits(list(record)) for _, record in _objects(path))
    except ReadError:
        return False


def check_whole(path: Path) -> None:
    """Check that a workbook or a JSON Lines file can be opened; other tables always can.

    Raises:
        ReadError: If the file is damaged or is not of its type.
    """
    suffix = path.suffix.lower()
    with guarded(path):
        if suffix == ".xlsx":
            next(sheet_rows(path), None)
        elif suffix == ".jsonl":
            next(_objects(path), None)


def table_lines(path: Path) -> Iterator[SheetRow]:
    """Yield the rows of a file one at a time, each with the line on which it begins."""
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return _limited(sheet_rows(path))
    if suffix == ".jsonl":
        return _limited(_json_rows(path))
    return _limited(SheetRow(line, cells, {}) for line, cells in delimited_lines(path))


def _limited(rows: Iterable[SheetRow]) -> Iterator[SheetRow]:
    """Yield rows up to the limits of a table.

    Raises:
        ReadError: If there are too many rows, columns or cells, or one cell is too long.
    """
    cells = 0
    for count, row in enumerate(rows, start=1):
        cells += len(row.cells)
        Limit.ROWS.hold(count, line=row.number)
        Limit.COLUMNS.hold(len(row.cells), line=row.number)
        Limit.CELLS.hold(cells, line=row.number)
        Limit.PARAGRAPH.hold(max(map(len, row.cells), default=0), line=row.number)
        yield row


def _table(path: Path, lines: Iterator[SheetRow], *, is_whole: bool, told: Collection[str] = ()) -> Table:
    rows = [row for row in lines if any(map(str.strip, row.cells)) or row.merged]
    if not rows:
        raise ReadError("the first line names no columns.", file=path, line=1)
    head = _head(rows)
    first = rows[head]
    names = _named(first.cells)
    unsure = [_left_above(rows[:head])] if head else []
    # Sheets that are printed repeat the names on each page.
    heading = list(map(one_line, first.cells))
    below = [row for row in rows[head + 1 :] if list(map(one_line, row.cells)) != heading]
    may_be_nameless = head == 0 and path.suffix.lower() != ".jsonl" and not {*told} & {*names}
    if may_be_nameless and _is_nameless(names, rows):
        names, below = [f"column {place + 1}" for place in range(_usual_width(rows))], rows
        unsure.append(_nameless(rows[0]))
    is_workbook = path.suffix.lower() == ".xlsx"
    if is_workbook and is_whole and (others := other_sheets(path)):
        unsure.append(_unread_sheets(others))
    unsure += _strays(path, names, below, widest=None if is_workbook else len(first.cells))
    escapes = sum(row.escapes for row in rows)
    counts = Counter(heading)
    table = Table(
        [name for name in names if name],
        [_row(row, names) for row in below if any(map(str.strip, row.cells))],
        warnings=tuple(unsure),
        is_nameless=below is rows,
        repairs={Repair.ESCAPED.value: escapes} if escapes else {},
        doubled=tuple(name for name, count in counts.items() if name and count > 1),
    )
    return _without_questions(table)


def _row(row: SheetRow, names: Sequence[str]) -> Row:
    cells = {name: cell for name, cell in zip(names, row.cells, strict=False) if name}
    merged = {
        names[place]: value for place, value in row.merged.items() if place < len(names) and names[place]
    }
    return Row(row.number, cells, merged)


def _named(cells: Sequence[str]) -> list[str]:
    """Return the names of the columns, each one time: a second "Remark" is called "Remark (2)"."""
    names = [one_line(replace_halves(cell)[0]) for cell in cells]
    while names and not names[-1]:
        names.pop()
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return found


def _head(rows: Sequence[SheetRow]) -> int:
    """Return the place of the row that names the columns: the first, unless lines of text stand above it."""
    filled = [sum(bool(cell.strip()) for cell in row.cells) for row in rows[:_HEAD]]
    for place in range(1, len(filled)):
        names = list(map(one_line, rows[place].cells))
        if max(filled[:place]) == 1 < filled[place] and _says_something(names):
            return place
    return 0


def _says_something(names: Sequence[str]) -> bool:
    return guess_columns(names) is not None or columns_of_names(names) is not None


def _is_nameless(names: Sequence[str], rows: Sequence[SheetRow]) -> bool:
    """Return whether even the first row of a table is a turn, so that nothing names the columns."""
    if _says_something(names):
        return False
    cells = padded([row.cells for row in rows], _usual_width(rows))
    found = find_turn_columns([""] * len(cells[0]), cells)
    if found is None:
        return False
    first, rest = cells[0], cells[1:]
    if found.time is not None and first[found.time].strip():
        return clock_time(first[found.time]) is not None or first[found.time].strip()[0].isdecimal()
    return found.speaker is not None and any(
        first[found.speaker].strip().casefold() == row[found.speaker].strip().casefold() for row in rest
    )


def _usual_width(rows: Sequence[SheetRow]) -> int:
    """Return the number of columns that most rows have, without empty ones at their ends."""
    widths = Counter(
        max((place + 1 for place, cell in enumerate(row.cells) if cell.strip()), default=0) for row in rows
    )
    return max(widths, key=lambda width: (widths[width], width))


def padded(rows: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    """Return the cells of rows, each cut or filled to the same number."""
    return [[*row[:width], *[""] * (width - len(row))] for row in rows]


def _strays(
    path: Path, names: Sequence[str], rows: Sequence[SheetRow], *, widest: int | None
) -> list[ReadWarning]:
    """Return a warning about the cells in columns without a name, except for numbers that count the rows.

    Args:
        path: The table's file.
        names: The names of its columns, without empty ones at their end.
        rows: Its rows.
        widest: The most cells that a row may have, those of the first line, in a file in which a separator
            may be meant as text; None if none can.

    Raises:
        ReadError: If a row has more cells than that, or if one beyond the names goes on with a sentence.
    """
    found: list[tuple[int, str]] = []
    for row in rows:
        beyond = [cell for cell in row.cells[len(names) :] if cell.strip()]
        if beyond and widest is not None and (len(row.cells) > widest or beyond[0].startswith(" ")):
            raise ReadError(
                f"this row has {len(row.cells)} columns, the first line {len(names)}.",
                file=path,
                line=row.number,
                todo="Put text that holds a separator into quotation marks.",
            )
        found += [(row.number, cell) for cell in beyond]
    for place, name in enumerate(names):
        below = [(row.number, row.cells[place]) for row in rows if place < len(row.cells)]
        filled = [(line, cell) for line, cell in below if cell.strip()]
        if not name and not _counts_rows([cell for _, cell in filled]):
            found += filled
    if not found:
        return []
    line, cell = min(found)
    cells = counted(len(found), "cell")
    what = f'left out: {cells} in columns without a name, first "{shortened(cell, 60)}".'
    return [ReadWarning(WarningKind.TEXT, what, line)]


def _counts_rows(cells: Sequence[str]) -> bool:
    numbers = [int(cell) for cell in map(str.strip, cells) if cell.isascii() and cell.isdigit()]
    return len(numbers) == len(cells) and numbers == sorted(set(numbers))


def _left_above(rows: Sequence[SheetRow]) -> ReadWarning:
    words = " ".join(cell for row in rows for cell in row.cells if cell.strip())
    what = f'"{shortened(words, 60)}" above the names of the columns is left out.'
    return ReadWarning(WarningKind.TEXT, what, rows[0].number)


def _nameless(row: SheetRow) -> ReadWarning:
    what = (
        "nothing names the columns, and the first row looks like the others; it is read as one of them. If "
        'it does name them, say which holds the words: --text "COLUMN".'
    )
    return ReadWarning(WarningKind.TEXT, what, row.number)


def _unread_sheets(names: Sequence[str]) -> ReadWarning:
    told = ", ".join(f'"{shortened(name, 40)}"' for name in names)
    what = f"only the first sheet is read; save each of the others as a file of its own: {told}."
    return ReadWarning(WarningKind.TEXT, what)


def _without_questions(table: Table) -> Table:
    """Return the table with Qualtrics's lines of questions and question numbers taken out of its rows."""
    if added_by_service(table.names) is not QUALTRICS or not table.rows:
        return table
    first, rest = table.rows[0], list(table.rows[1:])
    if one_line(first.cells.get(QUALTRICS_CASE, "")).casefold() not in ("response id", "responseid"):
        return table
    if rest and any(cell.startswith('{"ImportId"') for cell in rest[0].cells.values()):
        rest = rest[1:]
    return replace(table, rows=rest, questions={name: one_line(cell) for name, cell in first.cells.items()})


def _json_rows(path: Path) -> Iterator[SheetRow]:
    """Yield the names of all objects of a file as one row, and then the values of each."""
    records = list(_objects(path))
    names = list(dict.fromkeys(replace_halves(name)[0] for _, record in records for name in record))
    if records:
        yield SheetRow(records[0][0], names, {})
    for number, record in records:
        values = {replace_halves(name)[0]: plain_value(value) for name, value in record.items()}
        yield SheetRow(number, [values.get(name, "") for name in names], {})


def _objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(normalise(decode(path).text).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise ReadError("this line is not JSON.", file=path, line=number) from error
        except RecursionError as error:
            raise ReadError("this line is nested too deeply.", file=path, line=number) from error
        if not isinstance(record, dict) or any(isinstance(value, dict | list) for value in record.values()):
            raise ReadError("this line is not a JSON object of single values.", file=path, line=number)
        yield number, record
