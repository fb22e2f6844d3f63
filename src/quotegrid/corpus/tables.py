"""Tables of answers (surveys, lists of quotes): a row is an answer, or a person with several."""

from __future__ import annotations

import csv
import io
import json
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from quotegrid.corpus.guard import BROKEN_PACKAGE, guarded
from quotegrid.corpus.headers import canonical
from quotegrid.corpus.readers.plain import decode
from quotegrid.domain.repairs import added, repaired, whole
from quotegrid.domain.sources import ReadText, ReadWarning, Speaker, Turn, WarningKind
from quotegrid.domain.text import normalise, one_line, shortened
from quotegrid.errors import ReadError

_TEXT_NAMES = frozenset("answer answers quote quotes response responses text verbatim".split())
_CASE_NAMES = frozenset(
    {"case", "id", "participant id", "respondent id", "response id", "responseid", "person"}
)

_QUALTRICS_CASE = "ResponseId"
_QUALTRICS = frozenset(
    """
    StartDate EndDate Status IPAddress Progress Finished RecordedDate RecipientLastName RecipientFirstName
    RecipientEmail ExternalReference LocationLatitude LocationLongitude DistributionChannel UserLanguage
    """.split()
) | {"Duration (in seconds)", _QUALTRICS_CASE}
_FORMS = frozenset({"ID", "Id", "Email", "Name", "Start time", "Completion time", "Last modified time"})
"""What survey services add to the questions. Microsoft Forms numbers the answers of each form from 1 and may
call everybody "anonymous", so that none of its columns tells who somebody is."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table mean what."""

    text: tuple[str, ...]
    """The columns that hold what people said; several open questions are several columns."""
    case: str | None = None
    group: str | None = None
    role: str | None = None
    area: str | None = None
    attributes: tuple[str, ...] = ()

    def named(self) -> tuple[str, ...]:
        """Every column that is read."""
        single = (self.case, self.group, self.role, self.area)
        return (*self.text, *(name for name in single if name is not None), *self.attributes)


@dataclass(frozen=True, slots=True)
class Table:
    """What a file of rows and columns holds."""

    names: Sequence[str]
    """The columns, in order."""
    rows: Sequence[Row]
    """The rows that are not empty."""
    questions: Mapping[str, str] = field(default_factory=dict)
    """What was asked, by column, where a service prints it below the column's name."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not empty: the line it stands on, and its cells by column."""

    line: int
    cells: Mapping[str, str]


def is_answers_table(path: Path) -> bool:
    """Whether a table has a column that is called like one of answers; no more than need be is read."""
    if path.suffix.lower() != ".jsonl":
        return guessed(column_names(path)) is not None
    try:
        with guarded(path):
            return any(guessed(list(record)) is not None for _, record in _objects(path))
    except ReadError:
        return False


def check_whole(path: Path) -> None:
    """Make sure that a workbook or a file of JSON lines can be opened at all; other tables always can.

    Raises:
        ReadError: If it is damaged, or is none.
    """
    suffix = path.suffix.lower()
    with guarded(path):
        if suffix == ".xlsx":
            next(_sheet(path), None)
        elif suffix == ".jsonl":
            next(_objects(path), None)


def column_names(path: Path) -> list[str]:
    """The names in a table's first line, whose rows are not read; none where it is no table."""
    try:
        with guarded(path):
            _, first = next(_lines(path), (1, []))
    except ReadError:
        return []
    return [name for name in map(one_line, first) if name]


def guessed(names: Sequence[str]) -> Columns | None:
    """What the columns' names say they mean; None if none of them is called like one of answers."""
    text = tuple(name for name in names if _plain(name) in _TEXT_NAMES)
    if not text:
        return None
    found: dict[str, str] = {}
    added_by_service = _added_by_service(names)
    for name in names:
        if name in added_by_service and name != _QUALTRICS_CASE:
            continue
        field = "participant" if _plain(name) in _CASE_NAMES else canonical(name)
        if field in ("participant", "group", "role", "area") and name not in text:
            found.setdefault(field, name)
    return Columns(text, found.get("participant"), found.get("group"), found.get("role"), found.get("area"))


def read_table(path: Path, columns: Columns | None, attributes: Sequence[str] = ()) -> ReadText:
    """The answers of a table as turns, each of the person of its row.

    The stored text is one paragraph an answer. A row's person is called as its case column says, or
    after the table and the row's line.

    Args:
        path: A .csv, .tsv, .xlsx or .jsonl file.
        columns: Which columns mean what; None to go by their names.
        attributes: Columns to keep as attributes where `columns` is None and the table has them.

    Raises:
        ReadError: If it is no table, lacks a column, holds no answers, or nobody can tell which column
            holds them.
    """
    table = read_rows(path)
    names = table.names
    if columns is None:
        columns = guessed(names)
        if columns is None:
            raise ReadError(
                "nobody has said which column holds the answers.",
                file=path,
                line=1,
                todo=f'Say so: --text "COLUMN". The columns are {_asked(table)}.',
            )
        taken = columns.named()
        wanted = {_plain(name) for name in attributes}
        own = tuple(name for name in names if _plain(name) in wanted and name not in taken)
        columns = Columns(columns.text, columns.case, columns.group, columns.role, columns.area, own)
    for name in columns.named():
        if name not in names:
            raise ReadError(
                f'there is no column "{name}".',
                file=path,
                line=1,
                todo=f"The columns are {', '.join(names)}.",
            )
    if columns.case is None and _added_by_service(names) is _QUALTRICS:
        columns = replace(columns, case=_QUALTRICS_CASE)
    text = ""
    turns: list[Turn] = []
    speakers: dict[str, Speaker] = {}
    unsure: list[ReadWarning] = []
    repairs: dict[str, int] = {}
    for row in table.rows:
        label = _value(row, columns.case) or f"{path.stem} row {row.line}"
        for question in columns.text:
            said, changed = repaired(row.cells.get(question, ""))
            said = said.strip()
            if not said:
                continue
            repairs = added(repairs, changed)
            heading = table.questions.get(question, question) if len(columns.text) > 1 else None
            turns.append(Turn(len(text), len(text) + len(said), label, heading=heading))
            text += said + "\n\n"
            speaker = _speaker(label, row, columns)
            first = speakers.setdefault(label, speaker)
            unsure += [
                ReadWarning(
                    WarningKind.CONFLICT,
                    f'the {field} of "{label}" is "{other}", but "{one}" on line {first.line}.',
                    row.line,
                )
                for field, one, other in first.differs_from(speaker)
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
    own = {_attribute(name): value for name in columns.attributes if (value := _value(row, name))}
    speaker = Speaker(
        name=label,
        group=_value(row, columns.group),
        role=_value(row, columns.role),
        area=_value(row, columns.area),
        attributes=own,
        line=row.line,
    )
    return replace(speaker, said=speaker.values())


def _value(row: Row, column: str | None) -> str | None:
    return None if column is None else one_line(whole(row.cells.get(column, ""))[0]) or None


def _attribute(column: str) -> str:
    return _plain(column).replace(" ", "_")


def _plain(name: str) -> str:
    return one_line(name.replace("_", " ").replace("-", " ")).casefold()


def _added_by_service(names: Sequence[str]) -> frozenset[str]:
    """The columns that a survey service has added, where they show that a table comes from one."""
    if {_QUALTRICS_CASE, "StartDate", "EndDate"} <= set(names):
        return _QUALTRICS
    return _FORMS if {"Start time", "Completion time"} <= set(names) else frozenset()


def _asked(table: Table) -> str:
    """The columns that may hold answers, with what was asked where the file tells."""
    added_by_service = _added_by_service(table.names)
    asked = {
        name: table.questions.get(name, "") for name in table.names if name not in added_by_service
    } or dict.fromkeys(table.names, "")
    return ", ".join(f'{name} ("{shortened(said, 60)}")' if said else name for name, said in asked.items())


def read_rows(path: Path) -> Table:
    """The names of a table's columns and its rows that are not empty.

    The lines of a Qualtrics export that say what was asked, and how the service numbers it, are no rows.

    Raises:
        ReadError: If it is no table, or has a column twice or without cells above its values.
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
    """The table without the lines in which Qualtrics prints what was asked and its own numbers of it."""
    if _added_by_service(table.names) is not _QUALTRICS or not table.rows:
        return table
    first, rest = table.rows[0], list(table.rows[1:])
    if one_line(first.cells.get(_QUALTRICS_CASE, "")).casefold() not in ("response id", "responseid"):
        return table
    if rest and any(cell.startswith('{"ImportId"') for cell in rest[0].cells.values()):
        rest = rest[1:]
    return Table(table.names, rest, {name: one_line(cell) for name, cell in first.cells.items()})


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The line on which each row begins and its cells, read as they are asked for."""
    return _sheet(path) if path.suffix.lower() == ".xlsx" else _delimited(path)


def _delimited(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The line on which each row begins, and its cells."""
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
    """The rows of a workbook's first sheet."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    if path.stat().st_size == 0:
        raise ReadError("the file is empty.", file=path, todo="Leave it out of the import.")
    try:
        with warnings.catch_warnings():
            # What openpyxl finds missing in a workbook's looks says nothing of its answers.
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
        cells = {whole(name)[0]: _cell(value) for name, value in record.items()}
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
        if not isinstance(record, dict) or any(isinstance(one, dict | list) for one in record.values()):
            raise ReadError("this line is not one object of single values.", file=path, line=number)
        yield number, record
