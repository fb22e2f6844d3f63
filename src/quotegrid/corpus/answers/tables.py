"""Reads tables of answers (surveys, lists of quotes): a row is one answer, or one person with several."""

from __future__ import annotations

import csv
import io
import json
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from quotegrid.corpus.answers.columns import (
    QUALTRICS,
    QUALTRICS_CASE,
    Columns,
    Row,
    Table,
    added_by_service,
    attribute_columns,
    guess_columns,
    plain_name,
    value_of,
    warn_of_unread_columns,
)
from quotegrid.corpus.readers.guard import BROKEN_PACKAGE, guarded
from quotegrid.corpus.readers.plain import decode
from quotegrid.domain.sources.model import ReadText, ReadWarning, Speaker, Turn, WarningKind
from quotegrid.domain.text.normalise import normalise, one_line, shortened
from quotegrid.domain.text.repairs import add_counts, repair_text, replace_halves
from quotegrid.errors import ReadError


def is_answers_table(path: Path) -> bool:
    """Return whether a table has a column named like one of answers, reading only as much as needed."""
    if path.suffix.lower() != ".jsonl":
        return guess_columns(column_names(path)) is not None
    try:
        with guarded(path):
            return any(guess_columns(list(record)) is not None for _, record in _objects(path))
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
            next(_sheet(path), None)
        elif suffix == ".jsonl":
            next(_objects(path), None)


def column_names(path: Path) -> list[str]:
    """Return the names in a table's first line without reading its rows; empty if the file is not a table."""
    try:
        with guarded(path):
            _, first = next(_lines(path), (1, []))
    except ReadError:
        return []
    return [name for name in map(one_line, first) if name]


def read_table(path: Path, columns: Columns | None, attributes: Sequence[str] = ()) -> ReadText:
    """Read the answers of a table as turns, each by the person of its row.

    The stored text has one paragraph per answer. A row's person is named by its case column, or else after
    the table and the row's line.

    Args:
        path: A .csv, .tsv, .xlsx or .jsonl file.
        columns: What the columns mean; None to judge by their names.
        attributes: Columns to keep as attributes if `columns` is None and the table has them, whatever they
            hold; other columns are kept if several people share their values.

    Raises:
        ReadError: If the file is not a table, lacks a column, holds no answers, or does not show which column
            holds them.
    """
    table = read_rows(path)
    names = table.names
    unsure: list[ReadWarning] = []
    if columns is None:
        columns = guess_columns(names)
        if columns is None:
            raise ReadError(
                "it is not clear which column holds the answers.",
                file=path,
                line=1,
                todo=f'Say so: --text "COLUMN". The columns are {_asked(table)}.',
            )
        columns = replace(columns, attributes=attribute_columns(table, columns, attributes))
        unsure += warn_of_unread_columns(table, columns)
    for name in columns.named():
        if name not in names:
            raise ReadError(
                f'there is no column "{name}".',
                file=path,
                line=1,
                todo=f"The columns are {', '.join(names)}.",
            )
    if columns.case is None and added_by_service(names) is QUALTRICS:
        columns = replace(columns, case=QUALTRICS_CASE)
    text = ""
    turns: list[Turn] = []
    speakers: dict[str, Speaker] = {}
    repairs: dict[str, int] = {}
    for row in table.rows:
        label = value_of(row, columns.case) or f"{path.stem} row {row.line}"
        for question in columns.text:
            said, changed = repair_text(row.cells.get(question, ""))
            said = said.strip()
            if not said:
                continue
            repairs = add_counts(repairs, changed)
            heading = table.questions.get(question, question) if len(columns.text) > 1 else None
            turns.append(Turn(len(text), len(text) + len(said), label, heading=heading))
            text += said + "\n\n"
            speaker = _speaker(label, row, columns)
            first = speakers.setdefault(label, speaker)
            unsure += [
                ReadWarning(
                    WarningKind.CONFLICT,
                    f'the {field} of "{label}" is "{other}", but "{earlier}" on line {first.line}.',
                    row.line,
                )
                for field, earlier, other in first.differs_from(speaker)
            ]
            speakers[label] = first.filled_by(speaker)
    if not turns:
        raise ReadError("there are no answers in this table.", file=path, todo="Leave it out of the import.")
    read = ReadText(
        text=text,
        turns=tuple(turns),
        speakers=tuple(speakers.values()),
        warnings=tuple(dict.fromkeys(unsure)),
        repairs=repairs,
    )
    return read if path.suffix.lower() == ".xlsx" else decode(path).told_in(read)


def _speaker(label: str, row: Row, columns: Columns) -> Speaker:
    own = {_attribute(name): value for name in columns.attributes if (value := value_of(row, name))}
    speaker = Speaker(
        name=label,
        group=value_of(row, columns.group),
        role=value_of(row, columns.role),
        area=value_of(row, columns.area),
        attributes=own,
        line=row.line,
    )
    return replace(speaker, said=speaker.values())


def _attribute(column: str) -> str:
    return plain_name(column).replace(" ", "_")


def _asked(table: Table) -> str:
    """Return, for a message, the columns that may hold answers, each with its question if known."""
    of_service = added_by_service(table.names)
    asked = {
        name: table.questions.get(name, "") for name in table.names if name not in of_service
    } or dict.fromkeys(table.names, "")
    return ", ".join(f'{name} ("{shortened(said, 60)}")' if said else name for name, said in asked.items())


def read_rows(path: Path) -> Table:
    """Return the names of a table's columns and its rows that are not empty.

    The lines of a Qualtrics export that repeat the questions and their numbers are not counted as rows.

    Raises:
        ReadError: If the file is not a table, has a column twice, or has values without a column name above
            them.
    """
    with guarded(path):
        return _read_rows(path)


def _read_rows(path: Path) -> Table:
    suffix = path.suffix.lower()
    if suffix == ".jsonl":
        return _json_lines(path)
    lines = _lines(path)
    number, first = next(lines, (1, []))
    names = [one_line(name) for name in first]
    while names and not names[-1]:
        names.pop()
    if not any(names):
        raise ReadError("the first line names no columns.", file=path, line=number)
    for name in names:
        if name and names.count(name) > 1:
            raise ReadError(f'there are two columns "{name}".', file=path, line=number)
    rows = []
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(names) :]):
            raise ReadError(
                f"this row has {len(cells)} columns, the first line {len(names)}.",
                file=path,
                line=number,
                todo="Put text that holds a separator into quotation marks.",
            )
        rows.append(Row(number, {name: cell for name, cell in zip(names, cells, strict=False) if name}))
    return _without_questions(Table([name for name in names if name], rows))


def _without_questions(table: Table) -> Table:
    """Return the table with Qualtrics's lines of questions and question numbers taken out of its rows."""
    if added_by_service(table.names) is not QUALTRICS or not table.rows:
        return table
    first, rest = table.rows[0], list(table.rows[1:])
    if one_line(first.cells.get(QUALTRICS_CASE, "")).casefold() not in ("response id", "responseid"):
        return table
    if rest and any(cell.startswith('{"ImportId"') for cell in rest[0].cells.values()):
        rest = rest[1:]
    return Table(table.names, rest, {name: one_line(cell) for name, cell in first.cells.items()})


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which each row begins, and its cells, one row at a time."""
    return _sheet(path) if path.suffix.lower() == ".xlsx" else _delimited(path)


def _delimited(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which each row of a delimited file begins, and its cells."""
    text = normalise(decode(path).text)
    first = text.split("\n", 1)[0]
    separator = "\t" if path.suffix.lower() == ".tsv" else max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise ReadError(f"this is not a valid table ({error}).", file=path, line=line) from error


def _sheet(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of each row of a workbook's first sheet, and its cells."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    if path.stat().st_size == 0:
        raise ReadError("the file is empty.", file=path, todo="Leave it out of the import.")
    try:
        with warnings.catch_warnings():
            # openpyxl warns of missing styles, which do not concern the answers.
            warnings.simplefilter("ignore")
            book = load_workbook(path, read_only=True, data_only=True)
        try:
            for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
                yield number, [_cell(value) for value in row]
        finally:
            book.close()
    except (InvalidFileException, *BROKEN_PACKAGE) as error:
        raise ReadError(
            "this workbook is broken or is not one.",
            file=path,
            todo="Open it in Excel or LibreOffice and save it again as .xlsx.",
        ) from error


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _json_lines(path: Path) -> Table:
    names: dict[str, None] = {}
    rows = []
    for number, record in _objects(path):
        cells = {replace_halves(name)[0]: _cell(value) for name, value in record.items()}
        names |= dict.fromkeys(cells)
        rows.append(Row(number, cells))
    return Table(list(names), rows)


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
