"""Reads tables of answers (surveys, lists of quotes): a row is one answer, or one person with several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from quotegrid.corpus.answers.columns import (
    QUALTRICS,
    QUALTRICS_CASE,
    Columns,
    Row,
    Table,
    added_by_service,
    plain_name,
    value_of,
    warn_of_unread_columns,
)
from quotegrid.corpus.answers.own_values import (
    contradictions,
    differing_attributes,
    only,
    warn_of_differing,
    without,
)
from quotegrid.corpus.answers.recognise import advice, find_columns, talk_of_one_column
from quotegrid.corpus.answers.rows import read_rows
from quotegrid.corpus.answers.turn_tables import read_turns
from quotegrid.corpus.readers.plain import decode
from quotegrid.domain.people.missing_values import MissingValues
from quotegrid.domain.sources.model import ReadText, ReadWarning, Speaker, Turn
from quotegrid.domain.text.repairs import add_counts, repair_text, replace_references
from quotegrid.errors import ReadError

_USUAL = MissingValues()


def read_table(
    path: Path,
    columns: Columns | None,
    attributes: Sequence[str] = (),
    missing: MissingValues = _USUAL,
) -> ReadText:
    """Read the rows of a table as turns: those of a conversation, or answers, each by the person of its row.

    The stored text has one paragraph per turn. The person of an answer is named by the case column, or else
    after the table and the row's line.

    Args:
        path: A .csv, .tsv, .xlsx or .jsonl file.
        columns: What the columns mean; None to judge by their names and cells.
        attributes: Columns to keep as attributes if `columns` is None and the table has them, whatever they
            hold; other columns are kept if several people share their values.
        missing: The words for a value that is not known.

    Raises:
        ReadError: If the file is not a table, lacks a column, holds no answers, or does not show which column
            holds them.
    """
    table = read_rows(path, () if columns is None else columns.named())
    found = columns or find_columns(table, attributes)
    talk = talk_of_one_column(table) if found is None else None
    if talk is not None:
        return ReadText(text=talk)
    if found is None or not found.text:
        raise ReadError(
            "it is not clear which column holds the answers.", file=path, line=1, todo=advice(table)
        )
    for name in found.named():
        if name not in table.names:
            raise ReadError(
                f'there is no column "{name}".',
                file=path,
                line=1,
                todo=f"The columns are {', '.join(table.names)}.",
            )
    table = _without_missing(table, found, missing)
    unsure = [*table.warnings, *(warn_of_unread_columns(table, found) if columns is None else [])]
    read = read_turns(path, table, found) if found.are_of_turns else _read_answers(path.stem, table, found)
    if not read.turns:
        raise ReadError("there are no answers in this table.", file=path, todo="Leave it out of the import.")
    read = replace(
        read,
        warnings=tuple(dict.fromkeys([*unsure, *read.warnings])),
        repairs=add_counts(dict(table.repairs), dict(read.repairs)),
    )
    return read if path.suffix.lower() == ".xlsx" else decode(path, stray_controls=True).told_in(read)


def _without_missing(table: Table, columns: Columns, missing: MissingValues) -> Table:
    """Return a table whose cells are empty where a value of a person is not known; words stay."""
    told = (columns.case, columns.group, columns.role, columns.area, *columns.attributes)
    names = frozenset(name for name in told if name is not None) - {*columns.text}
    rows = [
        replace(row, cells=missing.cells(row.cells, names), merged=missing.cells(row.merged, names))
        for row in table.rows
    ]
    return replace(table, rows=rows)


def _read_answers(name: str, table: Table, columns: Columns) -> ReadText:
    """Return the answers of a table; a row without a case is called by the table's name and its line."""
    if columns.case is None and added_by_service(table.names) is QUALTRICS:
        columns = replace(columns, case=QUALTRICS_CASE)
    unsure: list[ReadWarning] = []
    text = ""
    turns: list[Turn] = []
    speakers: dict[str, Speaker] = {}
    repairs: dict[str, int] = {}
    for row in table.rows:
        label = value_of(row, columns.case) or f"{name} row {row.line}"
        for question in columns.text:
            said, references = replace_references(row.cells.get(question, ""))
            said, changed = repair_text(said)
            said = said.strip()
            if not said:
                continue
            repairs = add_counts(repairs, changed, references)
            heading = table.questions.get(question, question) if len(columns.text) > 1 else None
            speaker = _speaker(label, row, columns)
            turns.append(
                Turn(len(text), len(text) + len(said), label, heading=heading, attributes=speaker.attributes)
            )
            text += said + "\n\n"
            first = speakers.setdefault(label, speaker)
            unsure += contradictions(first, speaker)
            speakers[label] = first.filled_by(speaker)
    differing = differing_attributes(turns)
    unsure += warn_of_differing(differing, "answer")
    return ReadText(
        text=text,
        turns=tuple(
            replace(turn, attributes=only(turn.attributes, differing.get(turn.label or "", ())))
            for turn in turns
        ),
        speakers=tuple(without(speaker, differing.get(speaker.name, ())) for speaker in speakers.values()),
        warnings=tuple(unsure),
        repairs=repairs,
    )


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
