"""How a matrix is laid out on paper: its title, and headers that stand over several rows or columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotegrid.domain.matrix import Matrix
from quotegrid.exports.matrix_text import notes

ALL = "all"


@dataclass(frozen=True, slots=True)
class Header:
    """A header and how many columns, or rows, it stands for."""

    text: str
    span: int


def matrix_title(matrix: Matrix) -> str:
    """What stands in the rows and in the columns: "Themes by area within group"."""
    return f"{matrix.rows_are.value.capitalize()}s by {matrix.columns_are.replace('_', ' ')}"


def measure_sentence(matrix: Matrix) -> str:
    """What a cell counts, as a sentence."""
    return notes(matrix)[0]


def further_notes(matrix: Matrix) -> list[str]:
    """What must be said under a table whose caption has said what is counted."""
    return notes(matrix)[1:]


def column_headers(matrix: Matrix) -> list[list[Header]]:
    """The headers over the columns and over that of all, the outermost level first.

    Neighbours that share all outer values stand under one header; at the innermost level there is one for
    each column. A column with fewer names than levels has them at the innermost, and empty texts above.
    """
    return _levels(_paths(matrix.column_paths, matrix.columns), ALL)


def row_headers(matrix: Matrix) -> list[list[Header]]:
    """The same for the rows: a theme stands for as many rows as it is split into."""
    return _levels(_paths(matrix.row_paths, matrix.rows), None)


def _paths(paths: Sequence[tuple[str, ...]], names: Sequence[str]) -> list[tuple[str, ...]]:
    return list(paths) or [(name,) for name in names]


def _levels(paths: list[tuple[str, ...]], last: str | None) -> list[list[Header]]:
    depth = max((len(path) for path in paths), default=1)
    if last is not None:
        paths = [*paths, (last,)]
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
