"""The field in which a cell of the grid is edited, in its place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input

_FEWEST_CELLS = 20


class CellInput(Input):
    """A field over a cell; it says what was typed and where the cursor of the grid goes from there.

    Keys may come faster than the grid follows: what is typed after Enter is kept for the next cell.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "leave(1, 0)", "Save, down"),
        Binding("down", "leave(1, 0)", "Down", show=False),
        Binding("up", "leave(-1, 0)", "Up", show=False),
        Binding("tab", "leave(0, 1)", "Save, right"),
        Binding("shift+tab", "leave(0, -1)", "Left", show=False),
        Binding("escape", "give_up", "Leave", key_display="esc"),
    ]

    class Typed(Message):
        """A cell is left, and the cursor of the grid is to move.

        Args:
            value: What stands in the field; None if nothing was typed since the cell before.
            move: By how many lines and columns the cursor moves.
        """

        def __init__(self, value: str | None, move: tuple[int, int]) -> None:
            super().__init__()
            self.value = value
            self.move = move

    class Cancelled(Message):
        """The cell is left as it was."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False)
        self.display = False
        self.is_begun = False
        """Whether keys are for a cell, even if it is not shown yet."""
        self.grid: Widget | None = None
        """The grid, which has all other keys."""
        self._ahead = 0
        """The number of cells that have been begun and that the grid has not followed yet."""

    def begin(self) -> None:
        """Take the keys that come from now on for the cell that is shown next."""
        self.is_begun = True
        self._ahead = 1
        self.value = ""

    def edit(self, value: str, region: Region, room: int, known: Iterable[str]) -> None:
        """Stand over a cell, with its value unless something has been typed already.

        Args:
            value: What stands in the cell.
            region: Where the cell is.
            room: The width of what the field lies on.
            known: The values that are completed while typing.
        """
        if not self.is_begun:
            self.begin()
        self._ahead -= 1
        width = min(max(region.width, _FEWEST_CELLS), room)
        self.styles.width = width
        self.styles.offset = (max(min(region.x, room - width), 0), region.y)
        self.display = True
        if not self._ahead:
            self.suggester = SuggestFromList(list(known), case_sensitive=False)
            if not self.value:
                self.value = value
                self.cursor_position = len(value)
                self.select_all()
        self.screen.set_focus(self, scroll_visible=False)

    def close(self) -> None:
        """Go away."""
        self.is_begun = False
        self.display = False
        self.value = ""

    async def _on_key(self, event: events.Key) -> None:
        """Take the keys that leave a cell at once; as actions they would come after what is typed later."""
        if not self.is_begun:
            event.stop()
            event.prevent_default()
            if self.grid is not None:
                self.grid.post_message(events.Key(event.key, event.character))
            return
        bindings = (binding for binding in self.BINDINGS if isinstance(binding, Binding))
        binding = next((binding for binding in bindings if event.key == binding.key), None)
        if binding is None:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        await self.run_action(binding.action)

    def action_leave(self, lines: int, columns: int) -> None:
        """Say what was typed; the grid moves its cursor."""
        value = None if self._ahead and not self.value else self.value.strip()
        self.post_message(self.Typed(value, (lines, columns)))
        self._ahead += 1
        self.value = ""

    def action_give_up(self) -> None:
        """Leave the cell as it was."""
        self.is_begun = False
        self.post_message(self.Cancelled())
