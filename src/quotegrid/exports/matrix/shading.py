"""The shades of a matrix's cells in pages: classes, and the rules that colour them."""

from __future__ import annotations

from quotegrid.domain.matrix.model import Count, Matrix
from quotegrid.exports.matrix.heat import diverging, ink_on, single
from quotegrid.exports.matrix.text import SHARES

_STEPS = 8
_MOST_ERRORS = 4
"""Residuals beyond so many standard errors are as dark as can be."""
_DARKER = "The darker a cell, the higher its number."
_SIGNED = "Orange cells are below what is expected, purple ones above it."


def shade(matrix: Matrix, row: int, column: int) -> str:
    """The class of a cell's colour: how its value stands to the highest, or a residual to nothing.

    Empty for a cell that has no colour: not known, withheld, or resting on too few cases.
    """
    value = matrix.cells[row][column]
    if value is None:
        return ""
    if matrix.count is Count.RESIDUAL:
        step = round(min(max(value / _MOST_ERRORS, -1), 1) * (_STEPS // 2))
        return f"apart-{step + _STEPS // 2}" if (row, column) not in matrix.uncertain else ""
    values = [one or 0 for cells in matrix.cells for one in cells]
    highest = 1 if matrix.count in SHARES else max(values, default=0)
    return f"heat-{round(_STEPS * value / highest)}" if highest else "heat-0"


def shading_note(matrix: Matrix) -> str:
    """What the colours say, as a sentence."""
    return _SIGNED if matrix.count is Count.RESIDUAL else _DARKER


def heat_styles() -> str:
    """The rules for all classes, in a table of the class "matrix"."""
    rules = []
    for step in range(_STEPS + 1):
        for name, colour in (("heat", single(step / _STEPS)), ("apart", diverging(step / _STEPS * 2 - 1))):
            rules.append(f".matrix .{name}-{step} {{ background: {colour}; color: {ink_on(colour)}; }}")
    return "\n".join(rules)
