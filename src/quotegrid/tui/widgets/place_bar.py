"""Where the user is: the bar with all screens and their keys, and the line of the screen on show."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from quotegrid.tui.look import plain
from quotegrid.tui.places import PLACES

_ROOMY = 100


class PlaceBar(Static):
    """One line at the top of every screen, with its own name marked; a click shows another screen.

    Args:
        mode: The mode of the screen that it belongs to.
    """

    can_focus = False

    def __init__(self, mode: str) -> None:
        super().__init__(id="places")
        self._mode = mode

    def on_resize(self) -> None:
        """Draw the names with as much space between them as there is room for."""
        gap = "   " if self.size.width >= _ROOMY else " "
        self.update(Content(gap).join(self._tab(place.key, place.name, place.mode) for place in PLACES))

    def _tab(self, key: str, name: str, mode: str) -> Content:
        if mode == self._mode:
            return Content(f"[{key} {name}]").stylize("bold reverse")
        return Content.from_markup(f"[@click=app.go('{mode}')]{key} {name}[/]")


class PlaceLine(Static):
    """A title, and before it in reverse what the last key did."""

    def __init__(self) -> None:
        super().__init__(id="place")

    def show(self, title: str, message: str = "") -> None:
        """Show a title, and before it a message if there is one."""
        text = plain(title)
        self.update(Content.assemble((plain(message).plain, "reverse"), "   ", text) if message else text)
