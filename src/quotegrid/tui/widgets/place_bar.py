"""The screens of the workbench with their keys; the one that is shown stands out. A click goes to another."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from quotegrid.tui.places import PLACES

_ROOMY = 100


class PlaceBar(Static):
    """One line at the top of every screen.

    Args:
        mode: The mode of the screen that it stands on.
    """

    can_focus = False

    def __init__(self, mode: str) -> None:
        super().__init__(id="places")
        self._mode = mode

    def on_resize(self) -> None:
        """Draw it with as much room between the names as there is."""
        gap = "   " if self.size.width >= _ROOMY else " "
        self.update(Content(gap).join(self._tab(place.key, place.name, place.mode) for place in PLACES))

    def _tab(self, key: str, name: str, mode: str) -> Content:
        if mode == self._mode:
            return Content(f"[{key} {name}]").stylize("bold reverse")
        return Content.from_markup(f"[@click=app.go('{mode}')]{key} {name}[/]")
