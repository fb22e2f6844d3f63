"""A table of any number of cells, of which only those in view are drawn."""

from __future__ import annotations

import textwrap
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from quotegrid.domain.text.normalise import shortened, visible
from quotegrid.exports.matrix.heat import ink_on
from quotegrid.tui.matrix.grid import Cell, Grid

_HEAD_WIDTH = 12
_HEAD_LINES = 3
_NAMES = (14, 36)
"""The fewest and the most cells that the names of the lines take."""
_HERE = "\N{BLACK RIGHT-POINTING SMALL TRIANGLE}"
"""Marks the cell under the cursor, also where there are no colours."""


class MatrixTable(ScrollView, can_focus=True):
    """A table of numbers with a cursor; names and heads stay in place when it scrolls."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "matrix-table--head",
        "matrix-table--base",
        "matrix-table--cursor",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", "Up", show=False),
        Binding("down", "move(1, 0)", "Down", show=False),
        Binding("left", "move(0, -1)", "Left", show=False),
        Binding("right", "move(0, 1)", "Right", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "edge(-1)", "First column", show=False),
        Binding("end", "edge(1)", "Last column", show=False),
    ]

    class Opened(Message):
        """The cell under the cursor has been clicked on."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.grid = Grid("", (), (), ())
        self.cursor = (0, 0)
        """The line and the column under the cursor, from 0."""
        self._heads: list[list[str]] = []
        self._widths: list[int] = []
        self._names_width = _NAMES[0]
        self._pressed: tuple[int, int] | None = None

    def show(self, grid: Grid, origin: tuple[int, int] | None = None) -> None:
        """Show another grid, with the cursor on a cell of the matrix, or near where it was."""
        self.grid = grid
        self._heads = [_wrapped(visible(head)) for head in grid.heads]
        self._widths = [
            max(
                max(map(cell_len, head), default=0),
                max((cell_len(line[column].text) for line in grid.lines), default=0),
            )
            + 2
            for column, head in enumerate(self._heads)
        ]
        longest = max((cell_len(visible(name)) for name in (*grid.names, grid.corner)), default=0)
        self._names_width = min(max(longest + 1, _NAMES[0]), _NAMES[1], max(self.size.width // 3, _NAMES[0]))
        place = None if origin is None else grid.place_of(origin)
        line, column = place or self.cursor
        self.cursor = (
            min(line, max(len(grid.lines) - 1, 0)),
            min(column, max(len(grid.heads) - 1, 0)),
        )
        self._measure()
        self.refresh()

    @property
    def chosen(self) -> Cell | None:
        """The cell under the cursor; None in a table without cells."""
        line, column = self.cursor
        if line < len(self.grid.lines) and column < len(self.grid.heads):
            return self.grid.lines[line][column]
        return None

    @property
    def head_height(self) -> int:
        """The number of lines of the heads."""
        return max(map(len, self._heads), default=1)

    def _measure(self) -> None:
        width = self._names_width + sum(self._widths)
        self.virtual_size = Size(width, self.head_height + len(self.grid.lines))
        self._bring_into_view()

    def _bring_into_view(self) -> None:
        line, column = self.cursor
        top = self.head_height
        left = sum(self._widths[:column])
        width = self._widths[column] if self._widths else 0
        self.scroll_to_region(
            Region(left, line, width + self._names_width, 1 + top), animate=False, force=True
        )

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._measure()

    def action_move(self, lines: int, columns: int) -> None:
        """Move the cursor."""
        self._move_to(self.cursor[0] + lines, self.cursor[1] + columns)

    def action_page(self, pages: int) -> None:
        """Move the cursor by as many lines as can be seen."""
        self._move_to(self.cursor[0] + pages * max(self.size.height - self.head_height, 1), self.cursor[1])

    def action_edge(self, side: int) -> None:
        """Move the cursor to the first or the last column."""
        self._move_to(self.cursor[0], 0 if side < 0 else len(self.grid.heads) - 1)

    def _move_to(self, line: int, column: int) -> None:
        self.cursor = (
            min(max(line, 0), max(len(self.grid.lines) - 1, 0)),
            min(max(column, 0), max(len(self.grid.heads) - 1, 0)),
        )
        self._bring_into_view()
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the cell; open it if the cursor was there already."""
        line = event.y - self.head_height + round(self.scroll_y)
        across = event.x - self._names_width + round(self.scroll_x)
        if event.y < self.head_height or event.x < self._names_width or line >= len(self.grid.lines):
            return
        for column, width in enumerate(self._widths):
            if across < width:
                if (line, column) == self.cursor:
                    self.post_message(self.Opened())
                self._move_to(line, column)
                return
            across -= width

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen: part of the heads, or the cells in view of one line."""
        base = self.rich_style
        if y < self.head_height:
            style = base + self.get_component_rich_style("matrix-table--head")
            name = visible(self.grid.corner) if y == self.head_height - 1 else ""
            cells = [
                Segment(_right(_line(head, y, self.head_height), width), style)
                for head, width in zip(self._heads, self._widths, strict=True)
            ]
            return self._placed(name, cells, style)
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
        cells = [
            Segment(
                _right(f"{_HERE}{cell.text}" if (number, column) == self.cursor else cell.text, width),
                self._style(cell, style, (number, column)),
            )
            for column, (cell, width) in enumerate(zip(line, self._widths, strict=True))
        ]
        return self._placed(visible(self.grid.names[number]), cells, style)

    def _style(self, cell: Cell, style: Style, place: tuple[int, int]) -> Style:
        if cell.fill:
            style += Style(color=ink_on(cell.fill), bgcolor=cell.fill)
        elif cell.origin is None:
            style += self.get_component_rich_style("matrix-table--base")
        if place == self.cursor:
            style += self.get_component_rich_style("matrix-table--cursor")
            style += Style(bold=True, underline=not self.has_focus)
        return style

    def _placed(self, name: str, cells: list[Segment], style: Style) -> Strip:
        """Return a line's name, then those of its cells that are in view."""
        fixed = Strip([Segment(shortened(name, self._names_width - 1), style)])
        fixed = fixed.adjust_cell_length(self._names_width, style)
        left, room = round(self.scroll_x), max(self.size.width - self._names_width, 0)
        return Strip.join([fixed, Strip(cells).crop_extend(left, left + room, style)])


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
