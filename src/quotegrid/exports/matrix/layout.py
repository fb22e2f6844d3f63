"""The layout of a matrix on paper: its title, and headers that span several rows or columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotegrid.domain.matrix.model import Matrix
from quotegrid.exports.matrix.text import cell_text, notes, total_text

ALL = "all"


@dataclass(frozen=True, slots=True)
class Header:
    """A header, and how many columns or rows it spans."""

    text: str
    span: int


def matrix_title(matrix: Matrix) -> str:
    """Say what stands in the rows and in the columns: "Themes by area within group"."""
    return f"{matrix.rows_are.value.capitalize()}s by {matrix.columns_are.replace('_', ' ')}"


def corner_names(matrix: Matrix) -> list[str]:
    """Return the heads of the rows' names: "Theme", and "Stance" where rows are split by it."""
    return [matrix.rows_are.value.capitalize(), "Stance"][: len(row_headers(matrix))]


def measure_sentence(matrix: Matrix) -> str:
    """Say in a sentence what a cell counts."""
    return notes(matrix)[0]


def further_notes(matrix: Matrix) -> list[str]:
    """Return the notes under a table whose caption has said what is counted."""
    return notes(matrix)[1:]


def column_headers(matrix: Matrix, columns: Sequence[int] | None = None) -> list[list[Header]]:
    """Return the headers over the columns, the outermost level first.

    Neighbours that share all outer values stand under one header; at the innermost level there is one for
    each column. A column with fewer names than levels has them at the innermost, and empty texts above.

    Args:
        matrix: The matrix.
        columns: The numbers of some columns; the one after the last is that of all. All where not given.
    """
    paths = [*_paths(matrix.column_paths, matrix.columns), (ALL,)]
    return _levels(paths if columns is None else [paths[number] for number in columns])


def row_headers(matrix: Matrix) -> list[list[Header]]:
    """Return the headers beside the rows: a theme stands for as many rows as it is split into."""
    return _levels(_paths(matrix.row_paths, matrix.rows))


def column_texts(matrix: Matrix, column: int) -> list[str]:
    """Return what a column's cells say, from top to bottom; the column after the last is that of all."""
    rows = range(len(matrix.rows))
    if column == len(matrix.columns):
        return [total_text(matrix, row) for row in rows]
    return [cell_text(matrix, row, column) for row in rows]


def column_blocks(widths: Sequence[int], most: int) -> list[list[int]]:
    """Return the columns in blocks, about equally wide and wider than `most` only if a column is."""
    blocks = filled(widths, most)
    narrowest = -(-sum(widths) // len(blocks))
    return next(
        (even for width in range(narrowest, most) if len(even := filled(widths, width)) == len(blocks)),
        blocks,
    )


def filled(widths: Sequence[int], most: int) -> list[list[int]]:
    """Return the columns in blocks, each filled in turn and wider than `most` only if a column is."""
    blocks: list[list[int]] = [[]]
    used = 0
    for number, width in enumerate(widths):
        if blocks[-1] and used + width > most:
            blocks.append([])
            used = 0
        blocks[-1].append(number)
        used += width
    return blocks


def spread(headers: Sequence[Header]) -> list[str]:
    """Return the text of the header over each column, or beside each row."""
    return [header.text for header in headers for _ in range(header.span)]


def _paths(paths: Sequence[tuple[str, ...]], names: Sequence[str]) -> list[tuple[str, ...]]:
    return list(paths) or [(name,) for name in names]


def _levels(paths: Sequence[tuple[str, ...]]) -> list[list[Header]]:
    depth = max((len(path) for path in paths), default=1)
    named = [tuple(name for name in path if name) for path in paths]
    paths = [(*[""] * (depth - len(path)), *path) for path in named]
    levels = []
    for level in range(depth):
        headers: list[Header] = []
        for number, path in enumerate(paths):
            is_innermost = level == depth - 1
            same = number > 0 and path[level] and paths[number - 1][: level + 1] == path[: level + 1]
            if same and not is_innermost:
                headers[-1] = Header(headers[-1].text, headers[-1].span + 1)
            else:
                headers.append(Header(path[level], 1))
        levels.append(headers)
    return levels
