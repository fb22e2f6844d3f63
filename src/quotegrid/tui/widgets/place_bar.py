"""The user's place: the bar with all screens and their keys, and the line of the screen on show."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from quotegrid.tui.look import plain
from quotegrid.tui.places import PLACES, Place

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
        bar = self._bar(gap, PLACES)
        here = next(number for number, place in enumerate(PLACES) if place.mode == self._mode)
        # If not all names fit, those of the farthest screens are shown as keys alone.
        far_first = sorted(PLACES, key=lambda place: abs(PLACES.index(place) - here))
        for named in range(len(PLACES) - 1, 0, -1):
            if bar.cell_length <= self.size.width:
                break
            bar = self._bar(gap, far_first[:named])
        self.update(bar)

    def _bar(self, gap: str, named: tuple[Place, ...] | list[Place]) -> Content:
        return Content(gap).join(self._tab(place, is_named=place in named) for place in PLACES)

    def _tab(self, place: Place, *, is_named: bool) -> Content:
        text = f"{place.key} {place.name}" if is_named else place.key
        if place.mode == self._mode:
            return Content(f"[{text}]").stylize("bold reverse")
        return Content.from_markup(f"[@click=app.go('{place.mode}')]{text}[/]")


class PlaceLine(Static):
    """A title, and before it in reverse what the last key did."""

    def __init__(self) -> None:
        super().__init__(id="place")

    def show(self, title: str, message: str = "") -> None:
        """Show a title, and before it a message if there is one."""
        text = plain(title)
        self.update(Content.assemble((plain(message).plain, "reverse"), "   ", text) if message else text)
