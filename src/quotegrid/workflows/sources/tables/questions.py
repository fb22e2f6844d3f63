"""The questions to ask about a table before its answers can be imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from quotegrid.corpus.answers.columns import Columns, guess_people
from quotegrid.corpus.answers.recognise import find_columns, is_turns_table, worded_columns
from quotegrid.corpus.answers.rows import read_rows, sample_rows
from quotegrid.corpus.people.attributes import meaning_of
from quotegrid.corpus.readers import TABLES
from quotegrid.domain.text.normalise import one_line
from quotegrid.workflows.sources.tables.columns import (
    Rows,
    kind_of_table,
    remembered_columns,
    table_of_same_form,
)
from quotegrid.workflows.study.folder import StudyFolder

_MOST_EXAMPLES = 3


class Meaning(StrEnum):
    """The meaning of a table's column."""

    LEFT_OUT = "left out"
    ANSWER = "answer"
    CASE = "case"
    SPEAKER = "speaker"
    TIME = "time"
    GROUP = "group"
    ROLE = "role"
    AREA = "area"
    ATTRIBUTE = "attribute"


_OF_ONE = (Meaning.SPEAKER, Meaning.TIME, Meaning.CASE, Meaning.GROUP, Meaning.ROLE, Meaning.AREA)


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its first values."""

    name: str
    examples: tuple[str, ...]
    meaning: Meaning
    """Its likely meaning."""


def asks_for_columns(study: StudyFolder, path: Path) -> bool:
    """Return whether a file is a table whose columns the user must explain.

    Tables of turns explain themselves, and those of attributes and plans are no sources.
    """
    if not path.is_file() or path.suffix.lower() not in TABLES:
        return False
    is_known = remembered_columns(study.settings, path.name) or table_of_same_form(study.settings, path)
    if is_known is not None or is_turns_table(path):
        return False
    kind = kind_of_table(study, path, path.name, [meaning_of(name) for name in study.settings.attributes])
    return kind is not None and kind.rows in (Rows.SOURCE, Rows.UNCLEAR)


def table_columns(path: Path, said: Columns | None = None) -> list[Column]:
    """Return the columns of a table, in their order, each with its likely meaning.

    Args:
        path: The table.
        said: What the columns mean, where that is known.

    Raises:
        ReadError: If it is no table.
    """
    table = sample_rows(path) or read_rows(path)
    found = said or find_columns(table) or guess_people(table.names, tuple(worded_columns(table)))
    columns: list[Column] = []
    for name in table.names:
        values = dict.fromkeys(one_line(row.cells.get(name, "")) for row in table.rows)
        examples = tuple(text for text in values if text)[:_MOST_EXAMPLES]
        columns.append(Column(name, examples, _guess(name, found)))
    return columns


def _guess(name: str, found: Columns) -> Meaning:
    if name in found.text:
        return Meaning.ANSWER
    if name in found.attributes:
        return Meaning.ATTRIBUTE
    known = {
        found.case: Meaning.CASE,
        found.speaker: Meaning.SPEAKER,
        found.time: Meaning.TIME,
        found.group: Meaning.GROUP,
        found.role: Meaning.ROLE,
        found.area: Meaning.AREA,
    }
    return known.get(name, Meaning.LEFT_OUT)


def with_meaning(columns: Sequence[Column], place: int, meaning: Meaning) -> list[Column]:
    """Return columns of which one has another meaning; where only one can have it, another loses it."""
    return [
        replace(column, meaning=meaning)
        if number == place
        else replace(column, meaning=Meaning.LEFT_OUT)
        if column.meaning is meaning and meaning in _OF_ONE
        else column
        for number, column in enumerate(columns)
    ]


def columns_from_meanings(columns: Sequence[Column]) -> Columns | None:
    """Return the meanings of a table's columns; None where none of them holds answers."""
    by_meaning: dict[Meaning, list[str]] = {meaning: [] for meaning in Meaning}
    for column in columns:
        by_meaning[column.meaning].append(column.name)
    if not by_meaning[Meaning.ANSWER]:
        return None

    def last_with(meaning: Meaning) -> str | None:
        return by_meaning[meaning][-1] if by_meaning[meaning] else None

    return Columns(
        tuple(by_meaning[Meaning.ANSWER]),
        speaker=last_with(Meaning.SPEAKER),
        time=last_with(Meaning.TIME),
        case=last_with(Meaning.CASE),
        group=last_with(Meaning.GROUP),
        role=last_with(Meaning.ROLE),
        area=last_with(Meaning.AREA),
        attributes=tuple(by_meaning[Meaning.ATTRIBUTE]),
        left_out=tuple(by_meaning[Meaning.LEFT_OUT]),
    )
