"""The meaning of the columns of a table of answers, judged by their names and their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quotegrid.corpus.text.headers import canonical
from quotegrid.domain.sources.model import ReadWarning, WarningKind
from quotegrid.domain.text.normalise import one_line, shortened
from quotegrid.domain.text.repairs import replace_halves

_TEXT_NAMES = frozenset("answer answers quote quotes response responses text verbatim".split())
_CASE_NAMES = frozenset(
    {"case", "id", "participant id", "respondent id", "response id", "responseid", "person"}
)

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
    """The meaning of each column of a table of answers."""

    text: tuple[str, ...]
    """The columns that hold answers; several open questions are several columns."""
    case: str | None = None
    group: str | None = None
    role: str | None = None
    area: str | None = None
    attributes: tuple[str, ...] = ()

    def named(self) -> tuple[str, ...]:
        """Return the names of all columns that are read."""
        single = (self.case, self.group, self.role, self.area)
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


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty: its line in the file, counted from 1, and its cells by column."""

    line: int
    cells: Mapping[str, str]


def guess_columns(names: Sequence[str]) -> Columns | None:
    """Return the meanings that the column names suggest, or None if no column is named like answers."""
    text = tuple(name for name in names if plain_name(name) in _TEXT_NAMES)
    if not text:
        return None
    found: dict[str, str] = {}
    of_service = added_by_service(names)
    for name in names:
        if name in of_service and name != QUALTRICS_CASE:
            continue
        field = "participant" if plain_name(name) in _CASE_NAMES else canonical(name)
        if field in ("participant", "group", "role", "area") and name not in text:
            found.setdefault(field, name)
    return Columns(text, found.get("participant"), found.get("group"), found.get("role"), found.get("area"))


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
        if (value := value_of(row, column)) is not None
    }
    return bool(people) and 2 * len({value for _, value in people}) <= len(people)


def warn_of_unread_columns(table: Table, columns: Columns) -> list[ReadWarning]:
    """Return a warning that names the columns with values that are not read and how to read them."""
    passed_over = {*columns.named(), *added_by_service(table.names)}
    names = [name for name in table.names if name not in passed_over]
    names = [name for name in names if any(value_of(row, name) for row in table.rows)]
    if not names:
        return []
    told = ", ".join(f'"{shortened(name, 60)}"' for name in names)
    what = (
        f"these columns were left out: {told}. To keep one as an attribute, add it to attributes under "
        "[import] in quotegrid.toml; to read one as answers too, name all that hold answers with "
        '--text "COLUMN".'
    )
    return [ReadWarning(WarningKind.TEXT, what, 1)]


def value_of(row: Row, column: str | None) -> str | None:
    """Return a row's value in a column, or None if the cell is empty or `column` is None."""
    return None if column is None else one_line(replace_halves(row.cells.get(column, ""))[0]) or None


def plain_name(name: str) -> str:
    """Return a column name for comparison: case-folded, with spaces for underscores and hyphens."""
    return one_line(name.replace("_", " ").replace("-", " ")).casefold()


def added_by_service(names: Sequence[str]) -> frozenset[str]:
    """Return the columns added by a survey service, if the names show that it made the table."""
    if {QUALTRICS_CASE, "StartDate", "EndDate"} <= set(names):
        return QUALTRICS
    return _FORMS if {"Start time", "Completion time"} <= set(names) else frozenset()
