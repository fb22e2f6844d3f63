"""The matrix as a picture to put into a report: a heat map, or bars in the same places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from quotegrid.domain.matrix.model import Base, Matrix
from quotegrid.domain.report.provenance import Provenance
from quotegrid.domain.text.normalise import one_line, visible
from quotegrid.exports.drawing import (
    Box,
    Drawing,
    Side,
    Words,
    line_height,
    png,
    stacked,
    svg,
    text_width,
    wrapped,
)
from quotegrid.exports.matrix import layout
from quotegrid.exports.matrix.layout import ALL, Header
from quotegrid.exports.matrix.picture_cells import (
    BAR_NUMBER,
    BASE,
    GREY,
    INK,
    NUMBER,
    PAD,
    RULE,
    bar_cell,
    bar_text,
    colour_of,
    heat_cell,
    heat_text,
    largest,
)
from quotegrid.exports.matrix.text import NOT_HEARD, NOT_READ
from quotegrid.exports.pictures import Picture

TITLE, NAME, SMALL_NAME, NOTE = 11.0, 9.0, 8.0, 7.5
"""The sizes of type in points."""
_MARGIN, _GAP = 10.0, 8.0
_HALF_PAGE = 454.0
"""The width in points of the text of an A4 page."""
_NARROWEST = 330.0
_LABELS = (132.0, 70.0)
_CELLS = {Picture.HEAT: (32.0, 84.0), Picture.BARS: (56.0, 110.0)}
_ROW = {Picture.HEAT: 21.0, Picture.BARS: 29.0}
_TOTAL = 40.0
_STEPS = 8
_UPRIGHT = 110.0
"""The greatest length in points of a name that stands on its side."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """The positions of the columns, in points from the left."""

    labels: tuple[float, ...]
    columns: tuple[float, ...]
    cell: float
    total: float | None
    width: float


def matrix_drawing(matrix: Matrix, provenance: Provenance, picture: Picture = Picture.HEAT) -> Drawing:
    """Return a drawing with title, measure, bases, numbers, notes and source, half a page wide if it can be.

    Names are wrapped and never cut; with many columns it becomes wider, and with many rows higher.
    """
    labels = layout.row_headers(matrix)
    grid = _grid(matrix, labels, picture)
    items: list[Words | Box] = []
    y = _MARGIN
    title = layout.matrix_title(matrix)
    y = _paragraph(items, title, y, TITLE, grid.width, INK, is_bold=True) + 2
    y = _paragraph(items, layout.measure_sentence(matrix), y, NOTE, grid.width, GREY) + _GAP
    y = _head(items, matrix, grid, picture, y)
    y = _rows(items, matrix, grid, labels, picture, y) + _GAP
    if picture is Picture.HEAT:
        y = _legend(items, matrix, grid, y)
    else:
        y = _paragraph(items, _bars_note(matrix), y, NOTE, grid.width, GREY)
    for note in (*layout.further_notes(matrix), *_source(matrix, provenance)):
        y = _paragraph(items, note, y, NOTE, grid.width, GREY)
    return Drawing(grid.width, y + _MARGIN, tuple(items), visible(title), _description(matrix, provenance))


def matrix_svg(matrix: Matrix, provenance: Provenance, picture: Picture = Picture.HEAT) -> bytes:
    """Return the drawing as a file of SVG."""
    return svg(matrix_drawing(matrix, provenance, picture))


def matrix_png(matrix: Matrix, provenance: Provenance, picture: Picture = Picture.HEAT) -> bytes:
    """Return the drawing as a file of PNG."""
    return png(matrix_drawing(matrix, provenance, picture))


def _grid(matrix: Matrix, labels: Sequence[Sequence[Header]], picture: Picture) -> _Grid:
    widths = []
    for level, most in zip(labels, _LABELS, strict=False):
        texts = [visible(one_line(header.text)) for header in level]
        widths.append(min(max(map(_name_width, texts), default=0.0), most) + _GAP)
    has_total = any(value is not None for value in matrix.totals) or bool(matrix.withheld_totals)
    totals = [ALL, f"n = {_base(matrix, matrix.total_base)}"]
    totals += layout.column_texts(matrix, len(matrix.columns))
    total = max(_TOTAL, *(text_width(text, NUMBER) + 2 * PAD for text in totals)) if has_total else 0.0
    least, most = _CELLS[picture]
    room = _HALF_PAGE - 2 * _MARGIN - sum(widths) - total
    number = max(len(matrix.columns), 1)
    cell = max(least, min(room / number, most), _widest(matrix, picture) + 2 * PAD)
    starts = [_MARGIN]
    for width in widths:
        starts.append(starts[-1] + width)
    first = starts.pop()
    end = first + cell * len(matrix.columns)
    return _Grid(
        labels=tuple(starts),
        columns=tuple(first + cell * column for column in range(len(matrix.columns))),
        cell=cell,
        total=end + total - PAD if has_total else None,
        width=max(end + total + _MARGIN, _NARROWEST),
    )


def _widest(matrix: Matrix, picture: Picture) -> float:
    """Return how wide the longest of the numbers is; that nobody was heard may be said in two lines."""
    places = [(row, column) for row in range(len(matrix.rows)) for column in range(len(matrix.columns))]
    if picture is Picture.BARS:
        return max((text_width(bar_text(matrix, *place), BAR_NUMBER) for place in places), default=0.0)
    texts = (heat_text(matrix, *place) for place in places)
    return max((text_width(text, NUMBER) for text in texts if text not in (NOT_HEARD, NOT_READ)), default=0.0)


def _name_width(text: str) -> float:
    return text_width(text, NAME)


def _paragraph(
    items: list[Words | Box],
    text: str,
    y: float,
    size: float,
    width: float,
    colour: str,
    *,
    is_bold: bool = False,
) -> float:
    """Add a text over the whole width, and return where it ends."""
    lines = wrapped(text, width - 2 * _MARGIN, partial(text_width, size=size, is_bold=is_bold))
    height = line_height(size)
    items += [
        Words(_MARGIN, y + size + number * height, line, size, colour, is_bold=is_bold)
        for number, line in enumerate(lines)
    ]
    return y + height * len(lines)


def _head(items: list[Words | Box], matrix: Matrix, grid: _Grid, picture: Picture, y: float) -> float:
    """Draw the columns' names, outer ones over a rule, and the bases under them; return where they end."""
    side: Side = "center" if picture is Picture.HEAT else "left"
    shift = grid.cell / 2 if picture is Picture.HEAT else PAD / 2
    levels = layout.column_headers(matrix, range(len(matrix.columns)))
    for headers in levels[:-1]:
        y = _outer_names(items, headers, grid, y)
    names = layout.spread(levels[-1])
    size = _size_that_fits(names, grid.cell - PAD)
    if size is not None:
        measure = partial(text_width, size=size)
        lines = [wrapped(name, grid.cell - PAD, measure) for name in names]
        height = line_height(size) * max(map(len, lines), default=1)
        for x, texts in zip(grid.columns, lines, strict=True):
            # Names end at one height, over their numbers.
            middle = y + height - line_height(size) * len(texts) / 2
            items += stacked(texts, x + shift, middle, size, side=side, colour=INK)
    else:
        height = _names_on_their_side(items, names, grid, y)
    if grid.total is not None:
        middle = y + height - line_height(NAME) / 2
        items += stacked([ALL], grid.total, middle, NAME, side="right", colour=INK)
    y += height
    middle = y + line_height(BASE) / 2 + 1
    bases = [_base(matrix, matrix.bases[name]) for name in matrix.columns]
    for x, base in zip(grid.columns, bases, strict=True):
        items += stacked([f"n = {base}"], x + shift, middle, BASE, side=side, colour=GREY)
    if grid.total is not None:
        base = _base(matrix, matrix.total_base)
        x = grid.total
        items += stacked([f"n = {base}"], x, middle, BASE, side="right", colour=GREY)
    return y + line_height(BASE) + 5


def _size_that_fits(names: Sequence[str], room: float) -> float | None:
    """Return the size of type in which no word is wider than a column."""
    words = [word for name in names for word in visible(name).split()]
    sizes = (NAME, SMALL_NAME)
    return next((size for size in sizes if all(text_width(word, size) <= room for word in words)), None)


def _outer_names(items: list[Words | Box], headers: Sequence[Header], grid: _Grid, y: float) -> float:
    spans = []
    column = 0
    for header in headers:
        spans.append((grid.columns[column], header.span * grid.cell, header.text))
        column += header.span
    lines = [wrapped(text, width - PAD, _name_width) for _, width, text in spans]
    height = line_height(NAME) * max(map(len, lines), default=1)
    for (x, width, text), texts in zip(spans, lines, strict=True):
        if text:
            middle = y + height - line_height(NAME) * len(texts) / 2
            items += stacked(texts, x + width / 2, middle, NAME, side="center", colour=INK, is_bold=False)
            items.append(Box(x + PAD / 2, y + height + 2, width - PAD, 0.8, RULE))
    return y + height + 6


def _names_on_their_side(items: list[Words | Box], names: Sequence[str], grid: _Grid, y: float) -> float:
    lines = [wrapped(name, _UPRIGHT, _name_width) for name in names]
    height = max(_name_width(line) for texts in lines for line in texts) + 2
    step = line_height(NAME)
    for x, texts in zip(grid.columns, lines, strict=True):
        first = x + grid.cell / 2 - step * (len(texts) - 1) / 2 + NAME * 0.35
        items += [
            Words(first + number * step, y + height - 2, text, NAME, INK, is_upright=False)
            for number, text in enumerate(texts)
        ]
    return height


def _rows(
    items: list[Words | Box],
    matrix: Matrix,
    grid: _Grid,
    labels: Sequence[Sequence[Header]],
    picture: Picture,
    y: float,
) -> float:
    ends = [*grid.labels[1:], grid.columns[0] if grid.columns else grid.width - _MARGIN]
    rooms = [end - start - _GAP / 2 for start, end in zip(grid.labels, ends, strict=True)]
    innermost = [wrapped(text, rooms[-1], _name_width) for text in layout.spread(labels[-1])]
    heights = [max(_ROW[picture], line_height(NAME) * len(texts) + PAD) for texts in innermost]
    _stretch(heights, labels[:-1], rooms)
    tops = [y + sum(heights[:row]) for row in range(len(heights) + 1)]
    for level, x, room in zip(labels, grid.labels, rooms, strict=True):
        row = 0
        for header in level:
            middle = (tops[row] + tops[row + header.span]) / 2
            texts = wrapped(header.text, room, _name_width)
            items += stacked(texts, x, middle, NAME, side="left", colour=INK)
            row += header.span
    draw = heat_cell if picture is Picture.HEAT else bar_cell
    for column, x in enumerate(grid.columns):
        for row in range(len(matrix.rows)):
            place = Box(x, tops[row], grid.cell, heights[row], "#ffffff")
            items += draw(matrix, row, column, place)
    if grid.total is not None:
        for row, text in enumerate(layout.column_texts(matrix, len(matrix.columns))):
            middle = (tops[row] + tops[row + 1]) / 2
            items += stacked([text], grid.total, middle, NUMBER, side="right", colour=INK)
    return tops[-1]


def _stretch(heights: list[float], outer: Sequence[Sequence[Header]], rooms: Sequence[float]) -> None:
    """Make rows higher whose theme's name would not fit beside them."""
    for level, room in zip(outer, rooms, strict=False):
        row = 0
        for header in level:
            needed = line_height(NAME) * len(wrapped(header.text, room, _name_width)) + PAD
            missing = needed - sum(heights[row : row + header.span])
            if missing > 0:
                for number in range(row, row + header.span):
                    heights[number] += missing / header.span
            row += header.span


def _legend(items: list[Words | Box], matrix: Matrix, grid: _Grid, y: float) -> float:
    """Draw a strip of the scale between its ends, and return where it ends."""
    least_text, most_text = _ends(matrix)
    least_text = f"{matrix.count.name}: {least_text}"
    middle = y + 5
    items += stacked([least_text], _MARGIN, middle, NOTE, side="left", colour=GREY)
    x = _MARGIN + text_width(least_text, NOTE) + 5
    least = -1.0 if matrix.count.scale.is_signed else 0.0
    for step in range(_STEPS + 1):
        share = least + (1 - least) * step / _STEPS
        items.append(Box(x, y, 14, 10, colour_of(matrix, share), "#d4d4d4"))
        x += 14
    items += stacked([most_text], x + 5, middle, NOTE, side="left", colour=GREY)
    return y + 10 + _GAP


def _bars_note(matrix: Matrix) -> str:
    """Say which number a bar shows, and how long it can be."""
    least, most = _ends(matrix)
    whole = f"from {least} to {most}" if matrix.count.scale.is_signed else f"the whole room is {most}"
    return f"The length of a bar is the {matrix.count.name} over it; {whole}."


def _ends(matrix: Matrix) -> tuple[str, str]:
    most, measure = largest(matrix), matrix.count
    least = measure.text(-most if measure.scale.is_signed else 0)
    return least.replace("-", "\N{MINUS SIGN}"), measure.text(most)


def _source(matrix: Matrix, provenance: Provenance) -> list[str]:
    """Say what n is, where the numbers come from, and what may be done with them."""
    said = dict(provenance.lines())
    filters = f" Filters: {'; '.join(provenance.filters)}." if provenance.filters else ""
    return [
        f"n: {_whose_base(matrix)} in the column.{filters}",
        f"Source: {provenance.study}. Made {provenance.made_at[:10]} by quotegrid {provenance.version}; "
        f"coded by {said['Coded by']}; codebook {provenance.codebook_hash}.",
        said["Use"],
    ]


def _description(matrix: Matrix, provenance: Provenance) -> str:
    """Return the picture in words: every number with its row and column."""
    headers = (*matrix.columns, ALL)
    columns = [layout.column_texts(matrix, column) for column in range(len(headers))]
    rows = [
        f"{name}: "
        + ", ".join(f"{header} {texts[row]}" for header, texts in zip(headers, columns, strict=True))
        + "."
        for row, name in enumerate(matrix.rows)
    ]
    bases = ", ".join(f"{name} {_base(matrix, matrix.bases[name])}" for name in matrix.columns)
    told = [
        layout.measure_sentence(matrix),
        *rows,
        f"Base ({_whose_base(matrix)}): {bases}.",
        *layout.further_notes(matrix),
        *_source(matrix, provenance)[1:],
    ]
    return visible(" ".join(told))


def _base(matrix: Matrix, base: Base) -> int:
    """Return what a column's cells are to be read against."""
    return int(getattr(matrix.counting(base), matrix.count.base))


def _whose_base(matrix: Matrix) -> str:
    return "cases read to the end" if matrix.is_of_read else f"{matrix.count.base} heard"
