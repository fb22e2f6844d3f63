"""The field in which a cell of the grid is edited, in its place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Input

_FEWEST_CELLS = 20


class CellInput(Input):
    """A field over a cell; it says what was typed and where the cursor of the grid goes from there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "leave(1, 0)", "Save, down"),
        Binding("up", "leave(-1, 0)", "Up", show=False),
        Binding("tab", "leave(0, 1)", "Save, right"),
        Binding("shift+tab", "leave(0, -1)", "Left", show=False),
        Binding("escape", "give_up", "Leave", key_display="esc"),
    ]

    class Typed(Message):
        """A value has been typed, and the cursor of the grid is to move.

        Args:
            value: What stands in the field.
            is_changed: Whether it differs from what stood in the cell.
            move: By how many lines and columns the cursor moves.
        """

        def __init__(self, value: str, is_changed: bool, move: tuple[int, int]) -> None:
            super().__init__()
            self.value = value
            self.is_changed = is_changed
            self.move = move

    class GivenUp(Message):
        """The cell is left as it was."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False)
        self.display = False
        self._before = ""

    def edit(self, value: str, region: Region, room: int, known: Iterable[str], *, typed: str = "") -> None:
        """Stand over a cell.

        Args:
            value: What stands in the cell.
            region: Where the cell is.
            room: The width of what the field lies on.
            known: The values that are completed while typing.
            typed: What was typed already, in place of the value; empty if nothing was.
        """
        self._before = value
        self.suggester = SuggestFromList(list(known), case_sensitive=False)
        self.value = typed or value
        self.cursor_position = len(self.value)
        width = min(max(region.width, _FEWEST_CELLS), room)
        self.styles.width = width
        self.styles.offset = (max(min(region.x, room - width), 0), region.y)
        self.display = True
        self.screen.set_focus(self, scroll_visible=False)
        if not typed:
            self.select_all()

    def action_leave(self, lines: int, columns: int) -> None:
        """Say what was typed; the grid moves its cursor."""
        self.post_message(
            self.Typed(self.value.strip(), self.value.strip() != self._before, (lines, columns))
        )

    def action_give_up(self) -> None:
        """Leave the cell as it was."""
        self.post_message(self.GivenUp())
