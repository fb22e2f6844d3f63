"""The meaning of the columns of a table of answers, judged by their names and their values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from quotegrid.corpus.text.headers import canonical
from quotegrid.corpus.transcripts.columns.names import names_end, names_interviews, names_start
from quotegrid.domain.people.missing_values import MissingValues
from quotegrid.domain.sources.model import ReadWarning, WarningKind
from quotegrid.domain.text.normalise import one_line, shortened
from quotegrid.domain.text.repairs import replace_halves

_TEXT_NAMES = frozenset("answer answers quote quotes response responses text verbatim".split())
_CASE_NAMES = frozenset(
    {"case", "id", "participant id", "respondent id", "response id", "responseid", "person"}
)

_NUMBERED = re.compile(r" \(\d+\)\Z")
_NUMBERED_ANSWER = re.compile(r"(?<=[a-z])[ _-]?\d{1,2}\Z", re.IGNORECASE)

_USUALLY_MISSING = MissingValues()

QUALTRICS_CASE = "ResponseId"
QUALTRICS = frozenset(
    """
    StartDate EndDate Status IPAddress Progress Finished RecordedDate RecipientLastName RecipientFirstName
    RecipientEmail ExternalReference LocationLatitude LocationLongitude DistributionChannel UserLanguage
    """.split()
) | {"Duration (in seconds)", QUALTRICS_CASE}
_FORMS = frozenset({"ID", "Id", "Email", "Name", "Start time", "Completion time", "Last modified time"})
"""Columns that survey services add to the questions.

Microsoft Forms numbers the answers of each form from 1 and may call every respondent "anonymous", so none of
its columns identifies a case.
"""


@dataclass(frozen=True, slots=True)
class Columns:
    """The meaning of each column of a table of answers or of turns."""

    text: tuple[str, ...]
    """The columns that hold answers, several for several open questions; of turns, the one of the words."""
    speaker: str | None = None
    """The column of who speaks each turn."""
    time: str | None = None
    """The column of when each turn begins."""
    case: str | None = None
    group: str | None = None
    role: str | None = None
    area: str | None = None
    attributes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    """The columns that the user leaves out."""

    @property
    def are_of_turns(self) -> bool:
        """Return whether the rows are turns of a conversation rather than people's answers."""
        return self.speaker is not None or self.time is not None

    def named(self) -> tuple[str, ...]:
        """Return the names of all columns that are read."""
        single = (self.speaker, self.time, self.case, self.group, self.role, self.area)
        return (*self.text, *(name for name in single if name is not None), *self.attributes)


@dataclass(frozen=True, slots=True)
class Table:
    """The content of a file of rows and columns."""

    names: Sequence[str]
    """The column names, in order."""
    rows: Sequence[Row]
    """The rows that are not empty."""
    questions: Mapping[str, str] = field(default_factory=dict)
    """The question asked in each column, where a service prints it below the column's name."""
    warnings: tuple[ReadWarning, ...] = ()
    """Warnings about lines and cells that are not read."""
    is_nameless: bool = False
    """Whether nothing names the columns, so that they are numbered."""
    doubled: tuple[str, ...] = ()
    """The names that several columns have."""
    repairs: Mapping[str, int] = field(default_factory=dict)
    """The number of changes to the file's characters of each `domain.text.repairs.Repair`."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty: its line in the file, counted from 1, and its cells by column."""

    line: int
    cells: Mapping[str, str]
    merged: Mapping[str, str] = field(default_factory=dict)
    """The values of cells merged with one above them, by column."""


def guess_columns(names: Sequence[str]) -> Columns | None:
    """Return the meanings that the column names suggest, or None if no column is named like answers."""
    found = guess_people(
        names, tuple(name for name in names if _plain(_NUMBERED_ANSWER.sub("", name)) in _TEXT_NAMES)
    )
    return found if found.text else None


def guess_people(names: Sequence[str], text: tuple[str, ...]) -> Columns:
    """Return the meanings of the columns beside those of the answers, as far as their names suggest them."""
    found: dict[str, str] = {}
    of_service = added_by_service(names)
    for name in names:
        if name in of_service and name != QUALTRICS_CASE:
            continue
        field = "participant" if _plain(name) in _CASE_NAMES else canonical(name)
        if field in ("participant", "group", "role", "area") and name not in text:
            found.setdefault(field, name)
    return Columns(
        text,
        case=found.get("participant"),
        group=found.get("group"),
        role=found.get("role"),
        area=found.get("area"),
    )


def completed(said: Columns, found: Columns) -> Columns:
    """Return the meanings that the user gives, and those found for columns that the user does not name."""
    taken = {*said.named(), *said.left_out}

    def other(column: str | None) -> str | None:
        return None if column in taken else column

    text = said.text or tuple(name for name in found.text if name not in taken)
    free = replace(
        found,
        text=text,
        left_out=said.left_out,
        speaker=said.speaker or (other(found.speaker) if said.case is None else None),
        time=said.time or other(found.time),
        case=said.case or (other(found.case) if said.speaker is None else None),
        group=said.group or other(found.group),
        role=said.role or other(found.role),
        area=said.area or other(found.area),
    )
    attributes = dict.fromkeys((*said.attributes, *(name for name in found.attributes if name not in taken)))
    return replace(free, attributes=tuple(name for name in attributes if name not in text))


def attribute_columns(table: Table, columns: Columns, named: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the columns to keep as attributes when the user has not said what the columns mean.

    A column is kept if it groups people: on average, each of its values is shared by two people or more. A
    column in which everybody has their own value (an address, a time, a remark) identifies people and is not
    kept.

    Args:
        table: The table.
        columns: What the other columns mean.
        named: Columns to keep whatever they hold.
    """
    wanted, taken = {plain_name(name) for name in named}, {*columns.named(), *added_by_service(table.names)}
    return tuple(
        name
        for name in table.names
        if name not in columns.named()
        and (plain_name(name) in wanted or (name not in taken and _is_shared(table, columns.case, name)))
    )


def _is_shared(table: Table, case: str | None, column: str) -> bool:
    people = {
        (value_of(row, case) or row.line, value.casefold())
        for row in table.rows
        if (value := value_of(row, column)) is not None and value not in _USUALLY_MISSING
    }
    return bool(people) and 2 * len({value for _, value in people}) <= len(people)


def warn_of_unread_columns(table: Table, columns: Columns) -> list[ReadWarning]:
    """Return a warning that names the columns with values that are not read and how to read them.

    In a table of turns, columns of times are not missed.
    """
    passed_over = {*columns.named(), *added_by_service(table.names), interview_column(table, columns)}
    names = [name for name in table.names if name not in passed_over]
    if columns.are_of_turns:
        names = [name for name in names if not (names_start(name) or names_end(name))]
    names = [name for name in names if any(value_of(row, name) for row in table.rows)]
    if not names:
        return []
    told = ", ".join(f'"{shortened(name, 60)}"' for name in names)
    if columns.are_of_turns:
        what = f'these columns were left out: {told}. To read the words of another one, say --text "COLUMN".'
        return [ReadWarning(WarningKind.TEXT, what, 1)]
    what = (
        f"these columns were left out: {told}. To keep one as an attribute, add it to attributes under "
        "[import] in quotegrid.toml; to read one as answers too, name all that hold answers with "
        '--text "COLUMN".'
    )
    return [ReadWarning(WarningKind.TEXT, what, 1)]


def interview_column(table: Table, columns: Columns) -> str | None:
    """Return the column that names the interviews of a table of turns, if it holds several.

    The rows of each must stand together.
    """
    if columns.speaker is None:
        return None
    for name in table.names:
        if name in columns.named() or not names_interviews(name):
            continue
        values = [value for row in table.rows if (value := value_of(row, name))]
        together = [value for value, _ in groupby(values)]
        if 1 < len(together) == len(set(values)) and 2 * len(together) <= len(table.rows):
            return name
    return None


def value_of(row: Row, column: str | None) -> str | None:
    """Return a row's value in a column, or None if the cell is empty or `column` is None."""
    if column is None:
        return None
    written = row.cells.get(column, "").strip() or row.merged.get(column, "")
    return one_line(replace_halves(written)[0]) or None


def plain_name(name: str) -> str:
    """Return a column name for comparison: case-folded, with spaces for underscores and hyphens."""
    return one_line(name.replace("_", " ").replace("-", " ")).casefold()


def _plain(name: str) -> str:
    """Return a column name for comparison, without the number of a further column of that name."""
    return plain_name(_NUMBERED.sub("", name))


def added_by_service(names: Sequence[str]) -> frozenset[str]:
    """Return the columns added by a survey service, if the names show that it made the table."""
    if {QUALTRICS_CASE, "StartDate", "EndDate"} <= set(names):
        return QUALTRICS
    return _FORMS if {"Start time", "Completion time"} <= set(names) else frozenset()
