"""A table of any number of cells, of which only those in view are drawn."""

from __future__ import annotations

import textwrap
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from quotegrid.domain.text.normalise import shortened, visible
from quotegrid.exports.matrix.colours import ink_on
from quotegrid.tui.matrix.grid import Cell, Grid
from quotegrid.tui.widgets.grid_view import HERE, GridView

_HEAD_WIDTH = 12
_HEAD_LINES = 3
_NAMES = (14, 36)
"""The fewest and the most cells that the names of the lines take."""


class MatrixTable(GridView):
    """A table of numbers with a cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "matrix-table--head",
        "matrix-table--base",
        "matrix-table--cursor",
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.grid = Grid("", (), (), ())
        self._heads: list[list[str]] = []
        self.names_width = _NAMES[0]

    def show(self, grid: Grid, origin: tuple[int, int] | None = None) -> None:
        """Show another grid, with the cursor on a cell of the matrix, or near where it was."""
        self.grid = grid
        self._heads = [_wrapped(visible(head)) for head in grid.heads]
        self.widths = [
            max(
                max(map(cell_len, head), default=0),
                max((cell_len(line[column].text) for line in grid.lines), default=0),
            )
            + 2
            for column, head in enumerate(self._heads)
        ]
        longest = max((cell_len(visible(name)) for name in (*grid.names, grid.corner)), default=0)
        self.names_width = min(max(longest + 1, _NAMES[0]), _NAMES[1], max(self.size.width // 3, _NAMES[0]))
        place = None if origin is None else grid.place_of(origin)
        self.cursor = place or self.cursor
        self.measure()
        self.refresh()

    @property
    def chosen(self) -> Cell | None:
        """The cell under the cursor; None in a table without cells."""
        line, column = self.cursor
        if line < len(self.grid.lines) and column < len(self.grid.heads):
            return self.grid.lines[line][column]
        return None

    @property
    def line_count(self) -> int:
        """The number of lines, without the heads."""
        return len(self.grid.lines)

    @property
    def head_height(self) -> int:
        """The number of lines of the heads."""
        return max(map(len, self._heads), default=1)

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen: part of the heads, or the cells in view of one line."""
        base = self.rich_style
        columns, offset = self.columns_in_view()
        if y < self.head_height:
            style = base + self.get_component_rich_style("matrix-table--head")
            name = visible(self.grid.corner) if y == self.head_height - 1 else ""
            heads = [
                Segment(_right(_line(self._heads[column], y, self.head_height), self.widths[column]), style)
                for column in columns
            ]
            return self.placed(name, heads, style, offset)
        number = y - self.head_height + round(self.scroll_y)
        if number >= len(self.grid.lines):
            return Strip.blank(self.size.width, base)
        line = self.grid.lines[number]
        is_base = all(cell.origin is None for cell in line)
        style = base
        if is_base:
            style += self.get_component_rich_style("matrix-table--base")
        elif number == self.cursor[0]:
            style += Style(bold=True)
        cells = []
        for column in columns:
            cell = line[column]
            text = f"{HERE}{cell.text}" if (number, column) == self.cursor else cell.text
            cells.append(
                Segment(_right(text, self.widths[column]), self._style(cell, style, (number, column)))
            )
        return self.placed(visible(self.grid.names[number]), cells, style, offset)

    def _style(self, cell: Cell, style: Style, place: tuple[int, int]) -> Style:
        if cell.fill:
            style += Style(color=ink_on(cell.fill), bgcolor=cell.fill)
        elif cell.origin is None:
            style += self.get_component_rich_style("matrix-table--base")
        if place == self.cursor:
            style += self.get_component_rich_style("matrix-table--cursor")
            style += Style(bold=True, underline=not self.has_focus)
        return style


def _right(text: str, width: int) -> str:
    """Return a text flush right in that many cells, with one blank cell behind it."""
    return " " * (width - 1 - cell_len(text)) + text + " "


def _wrapped(name: str) -> list[str]:
    """Break a column's name into lines, at most three."""
    lines = textwrap.wrap(name, _HEAD_WIDTH) or [""]
    if len(lines) > _HEAD_LINES:
        lines = [*lines[: _HEAD_LINES - 1], shortened(" ".join(lines[_HEAD_LINES - 1 :]), _HEAD_WIDTH)]
    return lines


def _line(head: list[str], number: int, height: int) -> str:
    """Return one line of a head that is aligned to the bottom of the given height."""
    place = number - (height - len(head))
    return head[place] if place >= 0 else ""
