"""The shades of a matrix's cells in pages: classes, and the rules that colour them."""

from __future__ import annotations

from quotegrid.domain.matrix.model import Matrix
from quotegrid.exports.matrix.colours import diverging, ink_on, single

_STEPS = 8


def shade(matrix: Matrix, row: int, column: int) -> str:
    """Return the class of a cell's colour, by where its value stands on the measure's scale.

    Empty for a cell that has no colour: not known, withheld, or resting on too few cases.
    """
    if matrix.cells[row][column] is None or (row, column) in matrix.uncertain:
        return ""
    depth = cell_depth(matrix, row, column) or 0
    if matrix.count.scale.is_signed:
        return f"apart-{round(depth * (_STEPS // 2)) + _STEPS // 2}"
    return f"heat-{round(depth * _STEPS)}"


def fill(matrix: Matrix, row: int, column: int) -> str:
    """Return a cell's colour, "#rrggbb"; empty for a cell that has none."""
    depth = cell_depth(matrix, row, column)
    if depth is None:
        return ""
    return diverging(depth) if matrix.count.scale.is_signed else single(depth)


def cell_depth(matrix: Matrix, row: int, column: int) -> float | None:
    """Return how dark a cell is, from -1 to 1; None for one without colour, and where all are 0."""
    value = matrix.cells[row][column]
    if value is None or (row, column) in matrix.uncertain:
        return None
    return matrix.count.scale.depth(value, [other or 0 for cells in matrix.cells for other in cells])


def shading_note(matrix: Matrix) -> str:
    """Say from which number a cell has its colour, and what the colours mean."""
    scale, name = matrix.count.scale, matrix.count.name
    if scale.is_signed:
        return f"Orange cells are below what is expected, purple ones above it; the colour shows the {name}."
    end = "the largest number" if scale.full is None else matrix.count.text(scale.full)
    return f"The darker a cell, the higher its number ({name}): white is 0, the darkest {end}."


def heat_styles() -> str:
    """Return the rules for all classes, in a table of the class "matrix"."""
    rules = []
    for step in range(_STEPS + 1):
        for name, colour in (("heat", single(step / _STEPS)), ("apart", diverging(step / _STEPS * 2 - 1))):
            rules.append(f".matrix .{name}-{step} {{ background: {colour}; color: {ink_on(colour)}; }}")
    return "\n".join(rules)
