from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from quotegrid.domain.matrix import measures
from quotegrid.domain.matrix.measures import MEASURES, Measure
from quotegrid.domain.matrix.model import Matrix, Rows, build_matrix
from quotegrid.domain.report.provenance import Provenance
from quotegrid.exports.inert import markdown_text
from quotegrid.exports.matrix.text import (
    UNCONFIRMED_COLUMNS_NOTE,
    UNCONFIRMED_NOTE,
    cell_text,
    matrix_csv,
    matrix_json,
    matrix_markdown,
    notes,
    shown,
)
from tests.exports.samples import BOOK, PROVENANCE, QUOTES, hostile_matrix, matrix

GOLDEN = Path(__file__).parents[2] / "fixtures" / "golden"
FORMATS: dict[str, Callable[[Matrix, Provenance], str]] = {
    "csv": matrix_csv,
    "json": matrix_json,
    "md": matrix_markdown,
}
MATRICES: dict[str, Matrix] = {
    "themes_by_group": matrix(),
    "shares_with_suggestions": matrix(rows=Rows.CODE, count=measures.SHARE, suggested=True),
    "hostile_names": hostile_matrix(),
    "nothing_heard": build_matrix([], BOOK, expected=("parent",)),
}
NOBODY = replace(PROVENANCE, coders=(), first_decision=None, last_decision=None, codings=0)


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", MATRICES)
def test_the_file_is_the_golden_one_to_the_letter(name: str, suffix: str) -> None:
    provenance = NOBODY if name == "nothing_heard" else PROVENANCE
    made = FORMATS[suffix](MATRICES[name], provenance)
    # newline="" keeps a carriage return visible that should not be there.
    with (GOLDEN / f"{name}.{suffix}").open(encoding="utf-8", newline="") as file:
        assert made == file.read()


def _from_csv(made: Matrix) -> tuple[list[str], list[list[str]], list[list[str]]]:
    rows = [
        row for row in csv.reader(io.StringIO(matrix_csv(made, PROVENANCE))) if not row[0].startswith("#")
    ]
    height = len(made.rows)
    return rows[0], rows[1 : height + 1], rows[height + 1 :]


def _from_markdown(made: Matrix) -> list[list[str]]:
    lines = [line for line in matrix_markdown(made, PROVENANCE).splitlines() if line.startswith("| ")]
    return [re.split(r"(?<!\\) \| ", line.removeprefix("| ").removesuffix(" |")) for line in lines]


@pytest.mark.parametrize(
    ("rows", "columns", "count", "suggested"),
    list(product(Rows, ("group", "case", "area"), MEASURES.values(), (False, True))),
)
def test_every_format_has_the_same_counts(rows: Rows, columns: str, count: Measure, suggested: bool) -> None:
    made = matrix(rows=rows, columns=columns, count=count, suggested=suggested)
    counted = [[*cells, total] for cells, total in zip(made.cells, made.totals, strict=True)]
    assert sum(bool(value) for row in counted for value in row) >= 4
    bases = [*(made.bases[column] for column in made.columns), made.total_base]
    heard = [
        [base.quotes for base in bases],
        [base.cases for base in bases],
        [base.read for base in bases],
        [base.sources for base in bases],
    ]
    width = len(made.columns) + 1

    told = json.loads(matrix_json(made, PROVENANCE))
    assert [[*cells, total] for cells, total in zip(told["cells"], told["totals"], strict=True)] == counted
    told_bases = [*(told["bases"][column] for column in made.columns), told["total_base"]]
    assert [[base[what] for base in told_bases] for what in ("quotes", "cases", "read", "sources")] == heard

    header, body, base_rows = _from_csv(made)
    assert header[: width + 1] == [rows.value, *made.columns, "all"]
    assert [row[0] for row in body] == list(made.rows)
    for row, values in zip(body, counted, strict=True):
        read = [float(value) if value else None for value in row[1 : width + 1]]
        assert read == pytest.approx(values, abs=0.0001)
    assert [[int(value) for value in row[1:]] for row in base_rows] == heard
    if suggested:
        assert made.unconfirmed is not None
        assert [[int(value) for value in row[width + 1 :]] for row in body] == [
            list(row) for row in made.unconfirmed
        ]
    else:
        assert {len(row) for row in body} == {width + 1}

    lines = _from_markdown(made)
    assert lines[0] == [rows.value.capitalize(), *made.columns, "all"]
    for number, (line, values) in enumerate(zip(lines[1:], counted, strict=False)):
        unconfirmed = made.unconfirmed[number] if made.unconfirmed is not None else (0,) * (width - 1)
        marks = (*unconfirmed, sum(unconfirmed))
        told_values = [
            f"({shown(value, count)})"
            if (number, column) in made.uncertain and value is not None
            else shown(value, count)
            for column, value in enumerate(values)
        ]
        assert line == [
            made.rows[number],
            *(value + (f" ({n}?)" if n else "") for value, n in zip(told_values, marks, strict=True)),
        ]
    assert [[int(value) for value in line[1:]] for line in lines[len(counted) + 1 :]] == heard


@pytest.mark.parametrize(
    ("value", "count", "text"),
    [
        (None, measures.CASES, "\N{EN DASH}"),
        (None, measures.SHARE, "\N{EN DASH}"),
        (0, measures.QUOTES, "0"),
        (12, measures.SOURCES, "12"),
        (0.0, measures.SHARE, "0%"),
        (2 / 3, measures.SHARE, "67%"),
        (1.0, measures.SHARE, "100%"),
    ],
)
def test_nothing_known_is_a_dash_and_silence_a_zero(value: float | None, count: Measure, text: str) -> None:
    assert shown(value, count) == text


def test_only_a_cell_with_suggestions_is_marked() -> None:
    made = matrix(suggested=True)
    assert [cell_text(made, 0, column) for column in range(3)] == ["2", "2 (1?)", "1"]
    assert [cell_text(made, 1, column) for column in range(3)] == ["1 (1?)", "2", "0"]
    assert cell_text(matrix(), 0, 1) == "1"


@pytest.mark.parametrize("count", MEASURES.values(), ids=str)
@pytest.mark.parametrize("suggested", [False, True])
def test_what_is_counted_and_what_is_not_is_said_in_every_format(count: Measure, suggested: bool) -> None:
    made = matrix(count=count, suggested=suggested)
    said = notes(made)
    of_read = "; only cases read to the end count" if count.is_proportion else ""
    assert said[0] == f"Counted: {count.counts}{of_read}."
    assert "Not heard: health." in said
    assert (UNCONFIRMED_NOTE in said) is suggested
    unnamed = "1 quote names a role but no person, and is not counted by cases."
    assert (unnamed in said) is (count.base == "cases")
    assert json.loads(matrix_json(made, PROVENANCE))["notes"] == said
    first_cells = [row[0] for row in csv.reader(io.StringIO(matrix_csv(made, PROVENANCE)))]
    lines = matrix_markdown(made, PROVENANCE).splitlines()
    for note in said:
        in_csv = UNCONFIRMED_COLUMNS_NOTE if note == UNCONFIRMED_NOTE else note
        assert f"# {in_csv}" in first_cells
        assert f"{markdown_text(note)}  " in lines


def test_every_format_says_where_its_numbers_come_from() -> None:
    told = json.loads(matrix_json(matrix(), PROVENANCE))["provenance"]
    assert told == dict(PROVENANCE.lines())
    first_cells = [row[0] for row in csv.reader(io.StringIO(matrix_csv(matrix(), PROVENANCE)))]
    lines = matrix_markdown(matrix(), PROVENANCE).splitlines()
    for label, value in PROVENANCE.lines():
        assert f"# {label}: {value}" in first_cells
        assert f"{label}: {value}  " in lines


def test_the_quotes_behind_the_golden_table_are_those_it_counts() -> None:
    made = MATRICES["themes_by_group"]
    texts = {quote.id: quote.text for quote in QUOTES}
    assert [texts[number] for number in made.members[0, 0]] == ["We had room to plan.", "Months of waiting."]
