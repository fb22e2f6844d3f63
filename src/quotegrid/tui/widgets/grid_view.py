"""A grid of any number of cells with a cursor, of which only those in view are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from quotegrid.domain.text.normalise import shortened

HERE = "\N{BLACK RIGHT-POINTING SMALL TRIANGLE}"
"""Marks the cell under the cursor, also where there are no colours."""


class GridView(ScrollView, can_focus=True):
    """Lines of cells with a name in front of each; names and heads stay in place when it scrolls.

    A subclass says how many lines there are, sets the widths of the names and columns, and draws.
    """

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

    class Moved(Message):
        """The cursor has moved to another cell."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor = (0, 0)
        """The line and the column under the cursor, from 0."""
        self.names_width = 0
        self.widths: Sequence[int] = ()
        """The widths of the columns."""

    @property
    def line_count(self) -> int:
        """The number of lines, without the heads."""
        raise NotImplementedError

    @property
    def head_height(self) -> int:
        """The number of lines of the heads."""
        return 1

    def measure(self) -> None:
        """Take in how much there is to show, and keep the cursor in it and in view."""
        self.virtual_size = Size(self.names_width + sum(self.widths), self.head_height + self.line_count)
        self.cursor = self._within(*self.cursor)
        self._bring_into_view()

    def cell_region(self) -> Region:
        """Return where the cell under the cursor stands in the widget."""
        line, column = self.cursor
        left = self.names_width + sum(self.widths[:column]) - round(self.scroll_x)
        return Region(left, self.head_height + line - round(self.scroll_y), self.widths[column], 1)

    def _within(self, line: int, column: int) -> tuple[int, int]:
        return (
            min(max(line, 0), max(self.line_count - 1, 0)),
            min(max(column, 0), max(len(self.widths) - 1, 0)),
        )

    def _bring_into_view(self, *, at_once: bool = False) -> None:
        line, column = self.cursor
        left = sum(self.widths[:column])
        width = self.widths[column] if self.widths else 0
        region = Region(left, line, width + self.names_width, 1 + self.head_height)
        self.scroll_to_region(region, animate=False, force=True, immediate=at_once)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self.measure()

    def action_move(self, lines: int, columns: int) -> None:
        """Move the cursor."""
        self.move_to(self.cursor[0] + lines, self.cursor[1] + columns)

    def action_page(self, pages: int) -> None:
        """Move the cursor by as many lines as can be seen."""
        self.move_to(self.cursor[0] + pages * max(self.size.height - self.head_height, 1), self.cursor[1])

    def action_edge(self, side: int) -> None:
        """Move the cursor to the first or the last column."""
        self.move_to(self.cursor[0], 0 if side < 0 else len(self.widths) - 1)

    def move_to(self, line: int, column: int) -> None:
        """Move the cursor to a cell, or to the nearest one that there is."""
        left, offset = self.cursor[0], self.scroll_offset
        self.cursor = self._within(line, column)
        # A widget laid over the cell has to know where the cell is afterwards.
        self._bring_into_view(at_once=True)
        if self.scroll_offset == offset:
            self.refresh_grid_lines({left, self.cursor[0]})
        else:
            self.refresh()
        self.post_message(self.Moved())

    def refresh_grid_lines(self, lines: Iterable[int]) -> None:
        """Paint lines anew; painting all takes as long as all else that an edit does."""
        for line in lines:
            self.refresh_lines(self.head_height + line)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the cell; open it if the cursor was there already."""
        line = event.y - self.head_height + round(self.scroll_y)
        across = event.x - self.names_width + round(self.scroll_x)
        if event.y < self.head_height or event.x < self.names_width or line >= self.line_count:
            return
        for column, width in enumerate(self.widths):
            if across < width:
                if (line, column) == self.cursor:
                    self.post_message(self.Opened())
                self.move_to(line, column)
                return
            across -= width

    def columns_in_view(self) -> tuple[range, int]:
        """Return the columns of which something can be seen, and how far left of the view they begin."""
        left, right = round(self.scroll_x), round(self.scroll_x) + max(self.size.width - self.names_width, 0)
        begin = 0
        first: int | None = None
        offset = 0
        for column, width in enumerate(self.widths):
            if begin + width > left and first is None:
                first, offset = column, left - begin
            if begin >= right:
                return range(first or 0, column), offset
            begin += width
        return range(len(self.widths) if first is None else first, len(self.widths)), offset

    def placed(self, name: str, cells: list[Segment], style: Style, offset: int, *, mark: str = "") -> Strip:
        """Return a line: its name, then the cells in view.

        Args:
            name: The name.
            cells: The cells of `columns_in_view`.
            style: What is between and behind them.
            offset: How far left of the view they begin.
            mark: What stands before the name.
        """
        shown = shortened(name, self.names_width - 1 - len(mark))
        fixed = Strip([Segment(f"{mark}{shown}", style)])
        fixed = fixed.adjust_cell_length(self.names_width, style)
        room = max(self.size.width - self.names_width, 0)
        return Strip.join([fixed, Strip(cells).crop_extend(offset, offset + room, style)])
