"""The cells of a picture of a matrix: boxes in the colour of their number, or bars as long as it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from quotegrid.domain.matrix.model import Matrix
from quotegrid.exports.drawing import Box, Words, stacked, text_width, wrapped
from quotegrid.exports.matrix.colours import DIVERGING_ENDS, SINGLE_ENDS, diverging, ink_on, single
from quotegrid.exports.matrix.text import NOT_HEARD, NOT_READ, cell_text

NUMBER, BAR_NUMBER, BASE = 9.0, 8.0, 7.5
"""The sizes of type in points."""
INK, GREY, RULE, PALE = "#1f2937", "#595959", "#8c8c8c", "#f3f3f3"
PAD = 4.0
_BAR = 8.0


def heat_cell(matrix: Matrix, row: int, column: int, place: Box) -> list[Words | Box]:
    """Return a box in the colour of the number in it; greyed where uncertain or not known."""
    value = matrix.cells[row][column]
    is_uncertain = (row, column) in matrix.uncertain
    if value is None or is_uncertain:
        box = replace(place, fill=PALE, edge="#ffffff")
        if is_uncertain:
            box = replace(box, edge="#d4d4d4", is_hatched=True)
        colour = GREY
    else:
        fill = colour_of(matrix, value / largest(matrix))
        box = replace(place, fill=fill, edge="#ffffff")
        colour = ink_on(fill)
    text = heat_text(matrix, row, column)
    size = _size(text)
    lines = wrapped(text, place.width - PAD, partial(text_width, size=size))
    middle = place.y + place.height / 2
    return [box, *stacked(lines, place.x + place.width / 2, middle, size, side="center", colour=colour)]


def colour_of(matrix: Matrix, share: float) -> str:
    """Return the colour of a share of the largest value; below 0 for what is less than expected."""
    return diverging(share) if matrix.count.scale.is_signed else single(share)


def largest(matrix: Matrix) -> float:
    """Return the value that has the darkest colour or the longest bar."""
    return matrix.count.scale.end([value for row in matrix.cells for value in row if value is not None])


def bar_cell(matrix: Matrix, row: int, column: int, place: Box) -> list[Words | Box]:
    """Return a bar from a line at zero, with the number over it; hatched where uncertain."""
    value = matrix.cells[row][column]
    is_uncertain = (row, column) in matrix.uncertain
    base_line = place.y + (place.height - _BAR) / 2 + NUMBER * 0.35 - 1
    colour = GREY if value is None or is_uncertain else INK
    items: list[Words | Box] = [
        Words(place.x + PAD / 2, base_line, bar_text(matrix, row, column), BAR_NUMBER, colour)
    ]
    top = base_line + 3
    room = place.width - 2 * PAD
    is_signed = matrix.count.scale.is_signed
    zero = place.x + PAD / 2 + (room / 2 if is_signed else 0)
    if value is not None:
        length = abs(value) / largest(matrix) * (room / 2 if is_signed else room)
        fill = (DIVERGING_ENDS[0] if value < 0 else DIVERGING_ENDS[1]) if is_signed else SINGLE_ENDS[1]
        bar = Box(zero - length if value < 0 else zero, top, length, _BAR, fill)
        items.append(replace(bar, fill=PALE, edge=RULE, is_hatched=True) if is_uncertain else bar)
    items.append(Box(zero - 0.4, top - 1, 0.8, _BAR + 2, RULE))
    return items


def heat_text(matrix: Matrix, row: int, column: int) -> str:
    """Return what stands in a box."""
    return cell_text(matrix, row, column).replace("-", "\N{MINUS SIGN}")


def bar_text(matrix: Matrix, row: int, column: int) -> str:
    """Return what stands over a bar: a share with the counts behind it."""
    return f"{heat_text(matrix, row, column)}{_of_how_many(matrix, row, column)}"


def _size(text: str) -> float:
    return BASE if text in (NOT_HEARD, NOT_READ) else NUMBER


def _of_how_many(matrix: Matrix, row: int, column: int) -> str:
    """Return the counts behind a share: " 2/3"."""
    tally = matrix.tallies[row][column] if matrix.tallies else None
    if tally is None or matrix.cells[row][column] is None:
        return ""
    measure = matrix.count
    base, total = matrix.bases[matrix.columns[column]], matrix.total_tallies[row]
    whole = measure.whole(matrix.counting(base), None if total is None else matrix.counting(total))
    return "" if whole is None else f" {getattr(matrix.counting(tally), measure.base)}/{whole}"
