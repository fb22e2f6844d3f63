"""The matrix as a tidy CSV: one line a cell, one field a variable, and nothing else in the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from quotegrid.domain.matrix.model import Base, Matrix, Tally
from quotegrid.domain.report.provenance import Provenance
from quotegrid.exports.inert import csv_text

_MEASURES = ("quotes", "cases", "sources")
_FIELDS = (
    "measure",
    "value",
    *_MEASURES,
    "cases_read",
    "unconfirmed",
    "expected_cases",
    "uncertain",
    *(f"base_{measure}" for measure in _MEASURES),
    "base_cases_read",
    "heard",
    "withheld",
)


def matrix_tidy(matrix: Matrix, provenance: Provenance) -> str:
    """Return a header line, then a line for each cell, row by row; totals are left out: they are no cells.

    A field is empty where nothing is known, or where the matrix has no such thing. In a published matrix all
    numbers of a withheld cell are empty, and the reason does not tell whether the count is small or
    protects one that is.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    attributes = [
        f"column_{name}" if name in {"row", "stance", *_FIELDS} else name for name in _attributes(matrix)
    ]
    row_fields = ["row", "stance"] if any(len(path) > 1 for path in matrix.row_paths) else ["row"]
    writer.writerow([csv_text(name) for name in (*row_fields, *attributes, *_FIELDS)])
    for row, row_name in enumerate(matrix.rows):
        row_path = matrix.row_paths[row] if matrix.row_paths else (row_name,)
        for column, column_name in enumerate(matrix.columns):
            column_path = matrix.column_paths[column] if matrix.column_paths else (column_name,)
            numbers = _numbers(matrix, row, column, provenance)
            writer.writerow(
                [
                    *map(csv_text, _padded(row_path, len(row_fields))),
                    *map(csv_text, _padded(column_path, len(attributes))),
                    *(numbers[name] for name in _FIELDS),
                ]
            )
    return out.getvalue()


def _attributes(matrix: Matrix) -> list[str]:
    """Return the columns' attributes, the outer one first."""
    return matrix.columns_are.split(" within ")[::-1]


def _padded(path: tuple[str, ...], length: int) -> tuple[str, ...]:
    return (*path, *[""] * (length - len(path)))


def _numbers(matrix: Matrix, row: int, column: int, provenance: Provenance) -> Mapping[str, str]:
    base: Base = matrix.bases[matrix.columns[column]]
    is_withheld = (row, column) in matrix.withheld
    tally: Tally | None = None
    if matrix.tallies and not is_withheld:
        tally = matrix.tallies[row][column]
    expected = matrix.expected_cases[row] if matrix.expected_cases else ()
    unconfirmed = matrix.unconfirmed[row][column] if matrix.unconfirmed is not None else None
    return {
        "measure": matrix.count.name,
        "value": "" if is_withheld else _text(matrix.cells[row][column]),
        **{name: "" if tally is None else str(getattr(tally, name)) for name in _MEASURES},
        "cases_read": "" if tally is None or not matrix.is_of_read else str(tally.read),
        "unconfirmed": "" if is_withheld else _text(unconfirmed),
        "expected_cases": _text(expected[column]) if expected and not is_withheld else "",
        "uncertain": _yes(matrix, (row, column) in matrix.uncertain) if not is_withheld else "",
        **{f"base_{name}": str(getattr(base, name)) for name in _MEASURES},
        "base_cases_read": str(base.read),
        "heard": "yes" if base.quotes else "no",
        "withheld": withheld_reason(provenance) if is_withheld else "",
    }


def _yes(matrix: Matrix, is_so: bool) -> str:
    if not matrix.expected_cases:
        return ""
    return "yes" if is_so else "no"


def withheld_reason(provenance: Provenance) -> str:
    """Say why a cell is withheld, without telling which of the two reasons it is."""
    return (
        f"fewer than {provenance.minimum_cases} cases, or so that no other cell of the row can be worked out"
    )


def _text(value: float | int | None) -> str:
    if value is None:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value)
