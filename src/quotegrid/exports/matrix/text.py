"""The matrix as CSV, JSON and Markdown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from quotegrid.domain.matrix.labels import numbered
from quotegrid.domain.matrix.measures import BASE_ROWS, Measure
from quotegrid.domain.matrix.model import Base, Matrix, Tally
from quotegrid.domain.report.provenance import Provenance
from quotegrid.domain.text.normalise import visible
from quotegrid.exports.inert import csv_text, markdown_text

UNCERTAIN_NOTE = (
    "Residuals in brackets rest on an expected count under 5 on one side or the other: too few cases to read "
    "anything into them."
)
NOT_HEARD = "not heard"
"""The text of a cell for a value from which somebody was expected and nobody was heard."""
NOT_READ = "not read yet"
"""The text of a cell whose column's cases were heard, and none of them read to the end."""
UNCONFIRMED_NOTE = "(n?) marks a cell in which n quotes are only suggested and not confirmed by anybody."
NOT_KNOWN = "\u2013"
WITHHELD = "[c]"
"""The sign for confidential in tables of the Government Statistical Service."""
UNCONFIRMED_COLUMNS_NOTE = "The columns (unconfirmed) say how many quotes of a cell are only suggested."


def base_values(matrix: Matrix, field: str) -> list[int]:
    """Return one of the bases for each column and for all."""
    bases: list[Base] = [matrix.bases[column] for column in matrix.columns]
    return [getattr(base, field) for base in (*bases, matrix.total_base)]


def base_rows(matrix: Matrix) -> list[tuple[str, list[int]]]:
    """Return what each base is called, and its values for each column and for all."""
    return [(label, base_values(matrix, field)) for label, field in BASE_ROWS]


def shown(value: float | int | None, measure: Measure) -> str:
    """Return a cell's value as text: nothing known as a dash."""
    return NOT_KNOWN if value is None else measure.text(value)


def cell_text(matrix: Matrix, row: int, column: int) -> str:
    """Return a cell with the mark for what is only suggested, or for being withheld."""
    if (row, column) in matrix.withheld:
        return WITHHELD
    base = matrix.bases[matrix.columns[column]]
    if not base.quotes:
        return NOT_HEARD
    if matrix.is_not_read(base):
        return NOT_READ
    text = shown(matrix.cells[row][column], matrix.count)
    if (row, column) in matrix.uncertain and matrix.cells[row][column] is not None:
        text = f"({text})"
    unconfirmed = matrix.unconfirmed[row][column] if matrix.unconfirmed is not None else 0
    return f"{text} ({unconfirmed}?)" if unconfirmed else text


def total_text(matrix: Matrix, row: int) -> str:
    """Return a row's total with the mark for what is only suggested, or for being withheld."""
    if row in matrix.withheld_totals:
        return WITHHELD
    if matrix.is_not_read(matrix.total_base):
        return NOT_READ
    text = shown(matrix.totals[row], matrix.count)
    unconfirmed = total_unconfirmed(matrix, row)
    return f"{text} ({unconfirmed}?)" if unconfirmed else text


def total_unconfirmed(matrix: Matrix, row: int) -> int:
    """Return how many quotes of a row are only suggested."""
    return sum(matrix.unconfirmed[row]) if matrix.unconfirmed is not None else 0


def notes(matrix: Matrix, unconfirmed_note: str = UNCONFIRMED_NOTE) -> list[str]:
    """Return what must be said under the table."""
    of = "; only cases read to the end count" if matrix.is_of_read else ""
    said = [f"Counted: {matrix.count.counts}{of}.", *matrix.notes]
    if matrix.uncertain:
        said.append(UNCERTAIN_NOTE)
    if matrix.unconfirmed is not None:
        said.append(unconfirmed_note)
    return said


def matrix_csv(matrix: Matrix, provenance: Provenance) -> str:
    """Return the table, the bases, then lines that begin with # and say where the numbers come from."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    marks = [f"{column} (unconfirmed)" for column in matrix.columns] if matrix.unconfirmed is not None else []
    header = numbered((matrix.rows_are.value, *matrix.columns, "all", *marks))
    writer.writerow([csv_text(name) for name in header])
    for number, name in enumerate(matrix.rows):
        values = [
            cell_text(matrix, number, column) if _is_said_in_words(matrix, number, column) else _number(value)
            for column, value in enumerate(matrix.cells[number])
        ]
        is_in_words = number in matrix.withheld_totals or matrix.is_not_read(matrix.total_base)
        total = total_text(matrix, number) if is_in_words else _number(matrix.totals[number])
        unconfirmed = list(matrix.unconfirmed[number]) if matrix.unconfirmed is not None else []
        writer.writerow([csv_text(_row_label(name)), *values, total, *unconfirmed])
    writer.writerows([label, *values] for label, values in base_rows(matrix))
    for note in notes(matrix, UNCONFIRMED_COLUMNS_NOTE):
        writer.writerow([f"# {visible(note)}"])
    for label, value in provenance.lines():
        writer.writerow([f"# {label}: {visible(value)}"])
    return out.getvalue()


def _row_label(name: str) -> str:
    """Return a row's name: in quotation marks where a code is called what a base is."""
    return f'"{name}"' if name.casefold() in {label.casefold() for label, _ in BASE_ROWS} else name


def _is_said_in_words(matrix: Matrix, row: int, column: int) -> bool:
    base = matrix.bases[matrix.columns[column]]
    return (row, column) in matrix.withheld or not base.quotes or matrix.is_not_read(base)


def _number(value: float | int | None) -> str:
    if value is None:
        return ""
    if not isinstance(value, float):
        return str(value)
    text = f"{value:.4f}"
    # A share that is neither 0 nor all must not be read as one of them.
    return text if float(text) not in {0, 1} or float(text) == value else repr(value)


def matrix_json(matrix: Matrix, provenance: Provenance) -> str:
    """Return an object with rows, columns, cells (a list a row), bases by column, count, and the rest."""
    return json.dumps(matrix_object(matrix, provenance), ensure_ascii=False, indent=2) + "\n"


def matrix_object(matrix: Matrix, provenance: Provenance) -> dict[str, object]:
    """Return what `matrix_json` writes."""
    return {
        "rows": list(matrix.rows),
        "columns": list(matrix.columns),
        "cells": [list(row) for row in matrix.cells],
        "bases": {column: _base(matrix.bases[column]) for column in matrix.columns},
        "count": matrix.count.name,
        "rows_are": matrix.rows_are.value,
        "columns_are": matrix.columns_are,
        "totals": list(matrix.totals),
        "total_base": _base(matrix.total_base),
        "unconfirmed": None if matrix.unconfirmed is None else [list(row) for row in matrix.unconfirmed],
        "withheld": [list(place) for place in sorted(matrix.withheld)],
        "withheld_totals": sorted(matrix.withheld_totals),
        "row_paths": [list(path) for path in matrix.row_paths],
        "column_paths": [list(path) for path in matrix.column_paths],
        "tallies": [[_tally(matrix, tally) for tally in row] for row in matrix.tallies],
        "expected_cases": [list(row) for row in matrix.expected_cases],
        "uncertain": [list(place) for place in sorted(matrix.uncertain)],
        "not_heard": list(matrix.not_heard),
        "shares_of": matrix.of.value,
        "notes": notes(matrix),
        "provenance": dict(provenance.lines()),
    }


def _base(base: Base) -> dict[str, int]:
    return {
        "quotes": base.quotes,
        "cases": base.cases,
        "read": base.read,
        "sources": base.sources,
        "unnamed": base.unnamed,
    }


def _tally(matrix: Matrix, tally: Tally | None) -> dict[str, int] | None:
    if tally is None:
        return None
    counts = {"quotes": tally.quotes, "cases": tally.cases, "sources": tally.sources}
    # Beside a count that is published, how many of its cases are read would be one number more to go by.
    return {**counts, "read": tally.read} if matrix.is_of_read else counts


def matrix_markdown(matrix: Matrix, provenance: Provenance) -> str:
    """Return a Markdown table with its bases and, under it, where the numbers come from."""
    header = [matrix.rows_are.value.capitalize(), *matrix.columns, "all"]
    lines = [_line(header), "|---|" + "---:|" * (len(header) - 1)]
    for number, name in enumerate(matrix.rows):
        cells = [cell_text(matrix, number, column) for column in range(len(matrix.columns))]
        lines.append(_line([_row_label(name), *cells, total_text(matrix, number)]))
    lines += [*(_line([label, *map(str, values)]) for label, values in base_rows(matrix)), ""]
    lines += [f"{markdown_text(note)}  " for note in notes(matrix)]
    lines += [f"{label}: {markdown_text(value)}  " for label, value in provenance.lines()]
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(markdown_text(cell) for cell in cells)} |"
