"""The layout of a matrix on the screen: lines and columns of texts that know which cell they show."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from quotegrid.domain.matrix.model import Matrix
from quotegrid.exports.matrix.shading import fill
from quotegrid.exports.matrix.text import base_rows, cell_text, total_text

SUMMARISED = "\N{PILCROW SIGN}"
"""The mark behind the number of a cell that has a summary."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One number on the screen."""

    text: str
    value: float | None = None
    """The number that it is sorted by; None where nothing is known."""
    fill: str = ""
    """Its shade, "#rrggbb"; empty for none."""
    origin: tuple[int, int] | None = None
    """Its row and column in the matrix; the column after the last is the total. None for a base."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines of cells with a name for each line and each column."""

    corner: str
    heads: tuple[str, ...]
    names: tuple[str, ...]
    lines: tuple[tuple[Cell, ...], ...]

    def place_of(self, origin: tuple[int, int]) -> tuple[int, int] | None:
        """Return the line and column in which a cell of the matrix is; None if it is not shown."""
        for number, line in enumerate(self.lines):
            for column, cell in enumerate(line):
                if cell.origin == origin:
                    return number, column
        return None


def grid_of(matrix: Matrix, *, summarised: Collection[tuple[int, int]] = (), shaded: bool = False) -> Grid:
    """Lay out the rows of a matrix with their totals, and below them the bases."""
    last = len(matrix.columns)
    lines = []
    for row in range(len(matrix.rows)):
        cells = [
            Cell(
                cell_text(matrix, row, column) + (SUMMARISED if (row, column) in summarised else ""),
                matrix.cells[row][column],
                fill(matrix, row, column) if shaded else "",
                (row, column),
            )
            for column in range(last)
        ]
        total = matrix.totals[row] if matrix.totals else None
        lines.append((*cells, Cell(total_text(matrix, row), total, "", (row, last))))
    bases = base_rows(matrix)
    lines += [tuple(Cell(str(base), base) for base in values) for _, values in bases]
    return Grid(
        matrix.rows_are.value,
        (*matrix.columns, "all"),
        (*matrix.rows, *(label for label, _ in bases)),
        tuple(lines),
    )


def transposed(grid: Grid) -> Grid:
    """Return a grid with lines and columns swapped."""
    return Grid(f"{grid.corner} in columns", grid.names, grid.heads, tuple(zip(*grid.lines, strict=True)))


def sorted_by(grid: Grid, column: int, *, descending: bool = True) -> Grid:
    """Return a grid with its lines in the order of one column; unknown values come last, then the bases."""
    counted = [number for number, line in enumerate(grid.lines) if any(cell.origin for cell in line)]
    bases = [number for number in range(len(grid.lines)) if number not in counted]

    def rank(number: int) -> tuple[bool, float]:
        value = grid.lines[number][column].value
        return value is None, 0 if value is None else -value if descending else value

    order = [*sorted(counted, key=rank), *bases]
    return replace(
        grid,
        names=tuple(grid.names[number] for number in order),
        lines=tuple(grid.lines[number] for number in order),
    )
